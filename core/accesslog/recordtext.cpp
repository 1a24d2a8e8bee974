// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/recordtext.h"

#include "common/redact.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>

namespace keywheel {

namespace {

using std::chrono::microseconds;

constexpr qsizetype MaxReason = 80; ///< characters of an upstream's text in a line

QString faultName(FaultClass fault)
{
    switch (fault) {
    case FaultClass::Success:
        return QStringLiteral("success");
    case FaultClass::Permanent:
        return QStringLiteral("permanent");
    case FaultClass::Quota:
        return QStringLiteral("quota");
    case FaultClass::Temporary:
        return QStringLiteral("temporary");
    case FaultClass::NotWithThisKey:
        return QStringLiteral("not with this key");
    case FaultClass::Upstream:
        return QStringLiteral("upstream");
    case FaultClass::Client:
        return QStringLiteral("client");
    case FaultClass::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

QString durationText(microseconds duration)
{
    if (duration < std::chrono::seconds(1))
        return QStringLiteral("%1 ms").arg(duration.count() / 1000);
    return QStringLiteral("%1 s").arg(static_cast<double>(duration.count()) / 1e6, 0, 'f', 1);
}

/// Text of others must not begin a line of its own or steer a terminal.
QString printable(QString text)
{
    for (QChar &c : text) {
        const auto category = c.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format ||
            category == QChar::Separator_Line || category == QChar::Separator_Paragraph)
            c = u' ';
    }
    return text.simplified();
}

QString failureText(const AttemptRecord &attempt)
{
    QStringList words;
    if (attempt.status != 0)
        words += QString::number(attempt.status);
    QString reason = printable(attempt.reason);
    if (reason.size() > MaxReason)
        reason = reason.left(MaxReason) + u'…';
    words += reason.isEmpty() ? faultName(attempt.fault) : reason;
    return words.join(u' ');
}

/// `2 attempts (429 rate limit) key #3 sk-ab…wxyz`
void addAttempts(QStringList &words, const QList<AttemptRecord> &attempts)
{
    if (attempts.isEmpty())
        return;
    words += attempts.size() == 1 ? QStringLiteral("1 attempt")
                                  : QStringLiteral("%1 attempts").arg(attempts.size());
    QStringList failures;
    for (const AttemptRecord &attempt : attempts) {
        if (attempt.fault != FaultClass::Success && attempt.fault != FaultClass::Cancelled)
            failures += failureText(attempt);
    }
    if (!failures.isEmpty())
        words += u'(' + failures.join(QStringLiteral("; ")) + u')';
    if (const AttemptRecord &last = attempts.last(); last.keyIndex >= 0)
        words += QStringLiteral("key #%1 %2").arg(last.keyIndex).arg(last.keyPreview);
}

QJsonValue milliseconds(microseconds duration)
{
    return duration.count() == 0 ? QJsonValue(QJsonValue::Null)
                                 : QJsonValue(static_cast<double>(duration.count()) / 1000.0);
}

} // namespace

QString toLine(const RequestRecord &record)
{
    QStringList words{
        printable(QString::fromUtf8(record.method)),
        printable(QString::fromUtf8(record.path)),
        record.status == 0 ? QStringLiteral("-") : QString::number(record.status),
    };
    if (record.clientLeft)
        words += QStringLiteral("client left");
    if (record.brokenOff)
        words += QStringLiteral("broken off");
    if (record.firstByte.count() > 0)
        words += QStringLiteral("first ") + durationText(record.firstByte);
    words += QStringLiteral("total ") + durationText(record.total);
    addAttempts(words, record.attempts);
    words += QStringLiteral("from ") + record.peer;
    words += QStringLiteral("id ") + QString::fromUtf8(record.id);
    if (!record.upstreamId.isEmpty())
        words += QStringLiteral("upstream id ") + printable(QString::fromUtf8(record.upstreamId));
    return words.join(u' ');
}

QByteArray toJson(const RequestRecord &record)
{
    QJsonArray attempts;
    for (const AttemptRecord &attempt : record.attempts) {
        attempts.append(QJsonObject{
            {QStringLiteral("keyIndex"), attempt.keyIndex},
            {QStringLiteral("keyPreview"), attempt.keyPreview},
            {QStringLiteral("status"), attempt.status},
            {QStringLiteral("fault"), faultName(attempt.fault)},
            {QStringLiteral("reason"), attempt.reason},
            {QStringLiteral("choice"), toText(attempt.choice)},
            {QStringLiteral("beganMs"), static_cast<double>(attempt.began.count()) / 1000.0},
            {QStringLiteral("queuedUntilMs"), milliseconds(attempt.queuedUntil)},
            {QStringLiteral("sentMs"), milliseconds(attempt.sent)},
            {QStringLiteral("answeredMs"), milliseconds(attempt.answered)},
            {QStringLiteral("endedMs"), static_cast<double>(attempt.ended.count()) / 1000.0},
        });
    }
    const QJsonObject object{
        {QStringLiteral("id"), QString::fromUtf8(record.id)},
        {QStringLiteral("startedAt"), record.startedAt.toUTC().toString(Qt::ISODateWithMs)},
        {QStringLiteral("method"), QString::fromUtf8(record.method)},
        {QStringLiteral("path"), QString::fromUtf8(record.path)},
        {QStringLiteral("peer"), record.peer},
        {QStringLiteral("status"), record.status},
        {QStringLiteral("clientLeft"), record.clientLeft},
        {QStringLiteral("brokenOff"), record.brokenOff},
        {QStringLiteral("firstByteMs"), milliseconds(record.firstByte)},
        {QStringLiteral("totalMs"), static_cast<double>(record.total.count()) / 1000.0},
        {QStringLiteral("bytesIn"), record.bytesIn},
        {QStringLiteral("bytesOut"), record.bytesOut},
        {QStringLiteral("upstreamId"), QString::fromUtf8(record.upstreamId)},
        {QStringLiteral("attempts"), attempts},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray loggablePath(const QByteArray &target)
{
    qsizetype at = target.indexOf('?') + 1;
    if (at == 0)
        return target;
    QByteArray path = target.left(at);
    while (at < target.size()) {
        const auto stop = std::find_if(target.cbegin() + at, target.cend(),
                                       [](char c) { return c == '&' || c == ';'; });
        const qsizetype end = stop - target.cbegin();
        const qsizetype equals = target.indexOf('=', at);
        const bool hasValue = equals >= 0 && equals < end;
        const bool secret =
            hasValue &&
            isSecretParameter(QByteArray::fromPercentEncoding(target.mid(at, equals - at)));
        path += secret ? target.mid(at, equals + 1 - at) + "…" : target.mid(at, end - at);
        if (end < target.size())
            path += target[end];
        at = end + 1;
    }
    return path;
}

} // namespace keywheel
