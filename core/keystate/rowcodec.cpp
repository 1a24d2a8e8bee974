// SPDX-License-Identifier: GPL-3.0-or-later
#include "keystate/rowcodec.h"

#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace keywheel::rowcodec {

namespace {

// In the order of the enumerations.
const QStringList &stateWords()
{
    static const QStringList words{QStringLiteral("healthy"), QStringLiteral("cooling"),
                                   QStringLiteral("permanent"), QStringLiteral("disabled")};
    return words;
}

const QStringList &faultWords()
{
    static const QStringList words{QStringLiteral("success"),
                                   QStringLiteral("permanent"),
                                   QStringLiteral("quota"),
                                   QStringLiteral("temporary"),
                                   QStringLiteral("not with this key"),
                                   QStringLiteral("upstream"),
                                   QStringLiteral("client"),
                                   QStringLiteral("cancelled")};
    return words;
}

template <class Enum>
QString toWord(Enum value, const QStringList &words)
{
    return words.at(static_cast<qsizetype>(value));
}

template <class Enum>
Enum fromWord(const QVariant &word, const QStringList &words)
{
    return static_cast<Enum>(std::max<qsizetype>(0, words.indexOf(word.toString())));
}

QVariant toMsecs(const QDateTime &time)
{
    return time.isNull() ? QVariant() : QVariant(time.toMSecsSinceEpoch());
}

QDateTime fromMsecs(const QVariant &msecs)
{
    return msecs.isNull() ? QDateTime()
                          : QDateTime::fromMSecsSinceEpoch(msecs.toLongLong()).toUTC();
}

} // namespace

QString columns()
{
    return QStringLiteral("fingerprint, state, fault, code, last_error, reason, since, until, "
                          "successes, failures, failures_in_row, cooldowns_in_row, last_used, "
                          "label, organization");
}

QString placeholders()
{
    const qsizetype count = columns().count(QLatin1Char(',')) + 1;
    return QStringList(count, QStringLiteral("?")).join(QLatin1Char(','));
}

void bind(QSqlQuery &query, const KeyRecord &record)
{
    const QVariantList values{record.fingerprint,
                              toWord(record.state, stateWords()),
                              toWord(record.fault, faultWords()),
                              QString::fromUtf8(record.code),
                              record.lastError,
                              record.reason,
                              toMsecs(record.since),
                              toMsecs(record.until),
                              record.successes,
                              record.failures,
                              record.failuresInRow,
                              record.cooldownsInRow,
                              toMsecs(record.lastUsed),
                              record.label,
                              QString::fromUtf8(record.organization)};
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values.at(i));
}

KeyRecord read(const QSqlQuery &query)
{
    int at = 0;
    const auto next = [&] {
        return query.value(at++);
    };
    KeyRecord record;
    record.fingerprint = next().toString();
    record.state = fromWord<KeyState>(next(), stateWords());
    record.fault = fromWord<FaultClass>(next(), faultWords());
    record.code = next().toString().toUtf8();
    record.lastError = next().toString();
    record.reason = next().toString();
    record.since = fromMsecs(next());
    record.until = fromMsecs(next());
    record.successes = next().toULongLong();
    record.failures = next().toULongLong();
    record.failuresInRow = next().toInt();
    record.cooldownsInRow = next().toInt();
    record.lastUsed = fromMsecs(next());
    record.label = next().toString();
    record.organization = next().toString().toUtf8();
    return record;
}

} // namespace keywheel::rowcodec
