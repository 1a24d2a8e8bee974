// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyfile.h"

#include "common/redact.h"
#include "secrets/keysyntax.h"

#include <QHash>

namespace keywheel {
namespace {

/// So that a file that is no list of keys does not flood the log.
constexpr qsizetype MostWarnings = 20;

/// Where the comment begins; the length of the line when there is none.
qsizetype commentStart(const QByteArray &line)
{
    for (qsizetype at = 0; at < line.size(); ++at) {
        const bool first = at == 0 || line.at(at - 1) == ' ' || line.at(at - 1) == '\t';
        if (line.at(at) == '#' && first)
            return at;
    }
    return line.size();
}

QByteArray withoutQuotes(const QByteArray &token)
{
    const bool quoted = token.size() >= 2 && token.front() == token.back() &&
                        (token.front() == '"' || token.front() == '\'');
    return quoted ? token.mid(1, token.size() - 2).trimmed() : token;
}

/// A label is shown, and a comment might name another key.
QString labelOf(const QByteArray &comment)
{
    return Redactor().redact(QString::fromUtf8(comment).simplified());
}

void limitWarnings(QStringList *warnings)
{
    const qsizetype more = warnings->size() - MostWarnings;
    if (more <= 0)
        return;
    warnings->resize(MostWarnings);
    warnings->append(QStringLiteral("%1 more lines are left out").arg(more));
}

} // namespace

KeyList parseKeyFile(const QByteArray &text)
{
    QByteArray lines = text.startsWith("\xEF\xBB\xBF") ? text.mid(3) : text;
    lines.replace("\r\n", "\n").replace('\r', '\n');

    KeyList list;
    QHash<QByteArray, int> firstLine;
    int number = 0;
    for (const QByteArray &line : lines.split('\n')) {
        ++number;
        const qsizetype comment = commentStart(line);
        const QByteArray token = withoutQuotes(line.left(comment).trimmed());
        if (token.isEmpty())
            continue;
        const QString reason = whyNotAKey(token);
        if (!reason.isEmpty()) {
            list.warnings.append(QStringLiteral("line %1 is left out: %2").arg(number).arg(reason));
        } else if (const int first = firstLine.value(token); first > 0) {
            list.warnings.append(
                QStringLiteral("line %1 is left out: it repeats the key of line %2")
                    .arg(number)
                    .arg(first));
        } else {
            firstLine.insert(token, number);
            list.keys.append({token, number, labelOf(line.mid(comment + 1))});
        }
    }
    limitWarnings(&list.warnings);
    return list;
}

} // namespace keywheel
