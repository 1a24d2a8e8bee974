// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyfileedit.h"

#include "common/redact.h"
#include "secrets/keyfile.h"

#include <QSet>

namespace keywheel {
namespace {

const QByteArray Bom("\xEF\xBB\xBF");

/// Null when the line holds no key.
QByteArray keyOf(const QByteArray &line)
{
    const QList<ApiKey> keys = parseKeyFile(line).keys;
    return keys.isEmpty() ? QByteArray() : keys.constFirst().secret;
}

/// Without a line end; null when no line can hold the key. A key that begins with # or stands in
/// quotes of its own needs a pair around it.
QByteArray lineOf(const ApiKey &key)
{
    const QString label = key.label.simplified();
    const QByteArray comment = label.isEmpty() ? QByteArray() : " # " + label.toUtf8();
    for (const QByteArray &line : {key.secret + comment, '"' + key.secret + '"' + comment}) {
        if (keyOf(line) == key.secret)
            return line;
    }
    return {};
}

/// Where the line that begins at `from` ends, with its LF, CR or CRLF.
qsizetype endOfLine(const QByteArray &text, qsizetype from)
{
    qsizetype at = from;
    while (at < text.size() && text.at(at) != '\n' && text.at(at) != '\r')
        ++at;
    if (text.mid(at, 2) == "\r\n")
        return at + 2;
    return qMin(at + 1, text.size());
}

} // namespace

Expected<QByteArray> withKeys(const QByteArray &text, const QList<ApiKey> &keys)
{
    QSet<QByteArray> there;
    for (const ApiKey &key : parseKeyFile(text).keys)
        there.insert(key.secret);
    const QByteArray lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    const bool open =
        !text.isEmpty() && text != Bom && !text.endsWith('\n') && !text.endsWith('\r');
    QByteArray lines;
    for (const ApiKey &key : keys) {
        if (there.contains(key.secret))
            continue;
        const QByteArray line = lineOf(key);
        if (line.isNull())
            return failure(QStringLiteral("The key %1 cannot be stored: a key has 8 to 512 "
                                          "characters of visible ASCII")
                               .arg(keyPreview(key.secret)));
        there.insert(key.secret);
        lines += line + lineEnd;
    }
    const QByteArray after = open && !lines.isEmpty() ? text + lineEnd + lines : text + lines;
    if (!lines.isEmpty() && parseKeyFile(after).keys.size() != there.size())
        return failure(QStringLiteral("The keys cannot be stored: what stands above them in the "
                                      "file changes their meaning"));
    return after;
}

Expected<QByteArray> asOneKeyALine(const QByteArray &text)
{
    const KeyFile file = readKeyFile(text);
    if (file.oneALine)
        return text;
    if (file.firstLeftOut > 0)
        return failure(
            QStringLiteral("Line %1 of the key file holds more than keys, which would be "
                           "lost: take it out first")
                .arg(file.firstLeftOut));
    return withKeys({}, file.list.keys);
}

QByteArray withoutKeys(const QByteArray &text, const QStringList &fingerprints)
{
    const QSet<QString> leaving(fingerprints.cbegin(), fingerprints.cend());
    QByteArray result;
    qsizetype from = 0;
    if (text.startsWith(Bom)) {
        result = Bom;
        from = Bom.size();
    }
    while (from < text.size()) {
        const qsizetype end = endOfLine(text, from);
        const QByteArray line = text.mid(from, end - from);
        const QByteArray key = keyOf(line);
        if (key.isNull() || !leaving.contains(keyFingerprint(key)))
            result += line;
        from = end;
    }
    return result;
}

} // namespace keywheel
