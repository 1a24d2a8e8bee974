// SPDX-License-Identifier: GPL-3.0-or-later
// The input's first line is a change, NAME=value with | for a line end; the rest is a .env file.
// After the change the file says so, and every other byte is as it was.
#include "fuzz/fuzzinput.h"
#include "settings/envfile.h"

using namespace keywheel;
using keywheel::fuzz::require;

namespace {

void checkEntries(const EnvFile &file)
{
    qsizetype at = 0;
    for (const EnvEntry &entry : file.entries()) {
        require(entry.begin >= at && entry.begin <= entry.valueBegin &&
                    entry.valueBegin <= entry.valueEnd && entry.valueEnd <= entry.end &&
                    entry.end <= file.toText().size(),
                "entries stand in the text, one after the other");
        at = entry.end;
    }
}

/// The bytes of every entry but the one that counts for `name`.
QByteArrayList others(const EnvFile &file, const QString &name)
{
    QByteArrayList lines;
    for (const EnvEntry &entry : file.entries()) {
        if (&entry != file.find(name))
            lines.append(file.toText().mid(entry.begin, entry.end - entry.begin));
    }
    return lines;
}

void checkSet(const EnvFile &file, const QString &name, const QString &value)
{
    EnvFile changed = file;
    const bool done = changed.set(name, value).has_value();
    const QByteArray before = file.toText();
    const QByteArray after = changed.toText();
    if (!done || file.value(name) == value) {
        require(before == after, "nothing to change, nothing changed");
        return;
    }
    const EnvFile again = EnvFile::parse(after);
    checkEntries(again);
    require(again.value(name) == value, "the change is read back");
    require(again.errors().size() == file.errors().size(), "no line becomes malformed");
    if (const EnvEntry *entry = file.find(name)) {
        require(again.entries().size() == file.entries().size(), "no line comes or goes");
        require(after.startsWith(before.left(entry->valueBegin)), "all before it stays");
        require(after.endsWith(before.mid(entry->valueEnd)), "all behind it stays");
        require(others(again, name) == others(file, name), "the other lines stay");
    } else {
        require(again.entries().size() == file.entries().size() + 1, "one line is added");
        require(after.startsWith(before), "what was there stays");
    }
}

void checkRemove(const EnvFile &file, const QString &name)
{
    EnvFile changed = file;
    if (!changed.remove(name)) {
        require(changed.toText() == file.toText(), "nothing changed");
        return;
    }
    const EnvFile again = EnvFile::parse(changed.toText());
    require(!again.find(name), "it is gone");
    require(again.errors().size() == file.errors().size(), "no line becomes malformed");
    const auto hasName = [&](const EnvEntry &entry) {
        return entry.name == name;
    };
    const auto removed = std::count_if(file.entries().cbegin(), file.entries().cend(), hasName);
    require(again.entries().size() == file.entries().size() - removed, "no other line goes");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArray text = fuzz::toBytes(data, size);
    const QByteArray change = fuzz::takeLine(text);
    const qsizetype equals = change.indexOf('=');
    const QString name = QString::fromUtf8(change.left(equals));
    const QString value =
        QString::fromUtf8(equals < 0 ? QByteArray() : change.mid(equals + 1).replace('|', '\n'));

    const EnvFile file = EnvFile::parse(text);
    require(file.toText() == text, "reading changes nothing");
    checkEntries(file);
    checkSet(file, name, value);
    checkRemove(file, name);
    return 0;
}
