// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/envfile.h"

#include "common/commitfile.h"

#include <QByteArrayList>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace keywheel {

EnvFile EnvFile::parse(const QByteArray &text)
{
    const TextEncoding encoding = TextEncoding::of(text);
    const QByteArray utf8 = encoding.toUtf8(text);
    // What is no valid UTF-16 could not be written back byte by byte.
    return encoding.fromUtf8(utf8) == text ? parse(utf8, encoding) : parse(text, {});
}

EnvFile EnvFile::parse(const QByteArray &text, const TextEncoding &encoding)
{
    EnvFile file;
    file.text_ = text;
    file.encoding_ = encoding;
    file.syntax_ = parseEnv(text);
    return file;
}

Expected<EnvFile> EnvFile::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(QStringLiteral("%1 cannot be read: %2")
                           .arg(QDir::toNativeSeparators(path), file.errorString()));
    const QByteArray text = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure(QStringLiteral("%1 cannot be read: %2")
                           .arg(QDir::toNativeSeparators(path), file.errorString()));
    return parse(text);
}

const EnvEntry *EnvFile::find(const QString &name) const
{
    const QList<EnvEntry> &all = syntax_.entries;
    const auto found = std::find_if(all.crbegin(), all.crend(),
                                    [&](const EnvEntry &entry) { return entry.name == name; });
    return found == all.crend() ? nullptr : &*found;
}

std::optional<QString> EnvFile::value(const QString &name) const
{
    const EnvEntry *entry = find(name);
    return entry ? std::optional(entry->value) : std::nullopt;
}

Expected<void> EnvFile::set(const QString &name, const QString &value)
{
    const EnvEntry *entry = find(name);
    if (entry && entry->value == value)
        return {};
    const qsizetype index = entry ? entry - syntax_.entries.constData() : syntax_.entries.size();
    for (const QByteArray &bytes : encodeEnvValue(value, entry ? entry->quote : 0)) {
        EnvFile changed = entry ? with(entry->valueBegin, entry->valueEnd, bytes)
                                : with(text_.size(), text_.size(), newLine(name, bytes));
        const EnvEntry *written = changed.find(name);
        if (written && written == changed.syntax_.entries.constData() + index &&
            written->value == value && changed.outline(index) == outline(index)) {
            *this = changed;
            return {};
        }
    }
    return tl::unexpected(refusal(name));
}

Expected<void> EnvFile::remove(const QString &name)
{
    EnvFile changed = *this;
    while (const EnvEntry *entry = changed.find(name)) {
        const qsizetype index = entry - changed.syntax_.entries.constData();
        const QByteArrayList expected = changed.outline(index);
        changed = changed.with(entry->begin, entry->end, {});
        if (changed.outline(-1) != expected)
            return tl::unexpected(refusal(name));
    }
    *this = changed;
    return {};
}

Expected<void> EnvFile::save(const QString &path) const
{
    const bool isNew = !QFile::exists(path);
    QSaveFile file(path);
    bool done = file.open(QIODevice::WriteOnly);
    if (done && isNew)
        done = file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QByteArray bytes = toText();
    done = done && file.write(bytes) == bytes.size() && commitFile(file);
    if (done)
        return {};
    return failure(QStringLiteral("%1 cannot be written: %2")
                       .arg(QDir::toNativeSeparators(path), file.errorString()));
}

EnvFile EnvFile::with(qsizetype begin, qsizetype end, const QByteArray &bytes) const
{
    return parse(text_.left(begin) + bytes + text_.mid(end), encoding_);
}

/// Ends lines as the file does.
QByteArray EnvFile::newLine(const QString &name, const QByteArray &value) const
{
    const QByteArray lineEnd = text_.contains("\r\n") ? QByteArray("\r\n") : QByteArray("\n");
    const bool isOpen = !text_.isEmpty() && !text_.endsWith('\n') && !text_.endsWith('\r') &&
                        text_ != "\xEF\xBB\xBF";
    return (isOpen ? lineEnd : QByteArray()) + name.toUtf8() + '=' + value + lineEnd;
}

/// The other entries as they stand in the file, and the number of malformed lines: what a change
/// must leave alone.
QByteArrayList EnvFile::outline(qsizetype skipped) const
{
    QByteArrayList lines{QByteArray::number(syntax_.errors.size())};
    for (qsizetype i = 0; i < syntax_.entries.size(); ++i) {
        const EnvEntry &entry = syntax_.entries.at(i);
        if (i != skipped)
            lines.append(entry.name.toUtf8() + '=' +
                         text_.mid(entry.valueBegin, entry.valueEnd - entry.valueBegin));
    }
    return lines;
}

Error EnvFile::refusal(const QString &name) const
{
    if (syntax_.errors.isEmpty())
        return {QStringLiteral("%1 cannot stand in a .env file with this value").arg(name)};
    return {QStringLiteral("%1 cannot be changed safely: %2 of the .env file; correct that first")
                .arg(name, syntax_.errors.constFirst().message)};
}

} // namespace keywheel
