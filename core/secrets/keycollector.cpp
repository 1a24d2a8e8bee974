// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keycollector.h"

#include "common/redact.h"
#include "secrets/keysyntax.h"

namespace keywheel {
namespace {

constexpr qsizetype LongestLabel = 100;

void remark(ImportRemarks *remarks, int line, const QString &reason)
{
    ++remarks->count;
    if (remarks->kept.size() < ImportRemarks::MostKept)
        remarks->kept.append({line, reason});
}

} // namespace

std::optional<qsizetype> KeyCollector::add(const QByteArray &token, int line)
{
    if (const QString reason = whyNotAKey(token); !reason.isEmpty()) {
        reject(line, reason);
        return std::nullopt;
    }
    if (const int first = firstLine_.value(token); first > 0) {
        remark(&found_.duplicates, line,
               QStringLiteral(QT_TRANSLATE_NOOP("ImportRemark", "it repeats the key of line %1"))
                   .arg(first));
        return std::nullopt;
    }
    if (const QString reason = whyUnusualKey(token); !reason.isEmpty())
        remark(&found_.warnings, line, QStringLiteral("this key is unusual: ") + reason);
    firstLine_.insert(token, line);
    found_.keys.append({token, line, {}});
    return found_.keys.size() - 1;
}

void KeyCollector::reject(int line, const QString &reason)
{
    remark(&found_.rejected, line, reason);
}

void KeyCollector::setLabel(qsizetype index, const QByteArray &label)
{
    const QString text = QString::fromUtf8(label.left(4 * LongestLabel)).simplified();
    found_.keys[index].label = Redactor().redact(text).left(LongestLabel);
}

} // namespace keywheel
