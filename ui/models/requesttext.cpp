// SPDX-License-Identifier: GPL-3.0-or-later
#include "requesttext.h"

#include "widgets/signicon.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace keywheel {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("RequestText", text);
}

struct StatusWords
{
    int status;
    const char *text;
};

constexpr std::array statusWords{
    StatusWords{200, QT_TRANSLATE_NOOP("RequestText", "OK")},
    StatusWords{201, QT_TRANSLATE_NOOP("RequestText", "Created")},
    StatusWords{202, QT_TRANSLATE_NOOP("RequestText", "Accepted")},
    StatusWords{204, QT_TRANSLATE_NOOP("RequestText", "Done")},
    StatusWords{301, QT_TRANSLATE_NOOP("RequestText", "Moved")},
    StatusWords{302, QT_TRANSLATE_NOOP("RequestText", "Moved")},
    StatusWords{304, QT_TRANSLATE_NOOP("RequestText", "Not changed")},
    StatusWords{307, QT_TRANSLATE_NOOP("RequestText", "Moved")},
    StatusWords{308, QT_TRANSLATE_NOOP("RequestText", "Moved")},
    StatusWords{400, QT_TRANSLATE_NOOP("RequestText", "Bad request")},
    StatusWords{401, QT_TRANSLATE_NOOP("RequestText", "Key not accepted")},
    StatusWords{402, QT_TRANSLATE_NOOP("RequestText", "Payment needed")},
    StatusWords{403, QT_TRANSLATE_NOOP("RequestText", "Not allowed")},
    StatusWords{404, QT_TRANSLATE_NOOP("RequestText", "Not found")},
    StatusWords{405, QT_TRANSLATE_NOOP("RequestText", "Method not allowed")},
    StatusWords{408, QT_TRANSLATE_NOOP("RequestText", "Timed out")},
    StatusWords{409, QT_TRANSLATE_NOOP("RequestText", "Conflict")},
    StatusWords{413, QT_TRANSLATE_NOOP("RequestText", "Too large")},
    StatusWords{415, QT_TRANSLATE_NOOP("RequestText", "Format not accepted")},
    StatusWords{422, QT_TRANSLATE_NOOP("RequestText", "Content not accepted")},
    StatusWords{429, QT_TRANSLATE_NOOP("RequestText", "Too many requests")},
    StatusWords{500, QT_TRANSLATE_NOOP("RequestText", "Server error")},
    StatusWords{502, QT_TRANSLATE_NOOP("RequestText", "Service not reached")},
    StatusWords{503, QT_TRANSLATE_NOOP("RequestText", "Not available")},
    StatusWords{504, QT_TRANSLATE_NOOP("RequestText", "No answer in time")},
};

QString faultMeaning(FaultClass fault)
{
    switch (fault) {
    case FaultClass::Success:
        return translated(QT_TRANSLATE_NOOP("RequestText", "The answer was passed on."));
    case FaultClass::Permanent:
        return translated(QT_TRANSLATE_NOOP(
            "RequestText", "The service does not accept this key; it was set aside."));
    case FaultClass::Quota:
        return translated(
            QT_TRANSLATE_NOOP("RequestText", "This key has no quota left; it was set aside."));
    case FaultClass::Temporary:
        return translated(QT_TRANSLATE_NOOP("RequestText", "This key is over its limit for now."));
    case FaultClass::NotWithThisKey:
        return translated(QT_TRANSLATE_NOOP(
            "RequestText", "This key may not be used for this request; it stays available."));
    case FaultClass::Upstream:
        return translated(QT_TRANSLATE_NOOP(
            "RequestText", "The service or the network failed; not the fault of this key."));
    case FaultClass::Client:
        return translated(QT_TRANSLATE_NOOP(
            "RequestText",
            "The service did not accept the request itself; its answer was passed on."));
    case FaultClass::Cancelled:
        return translated(
            QT_TRANSLATE_NOOP("RequestText", "It was ended before an answer was complete."));
    }
    return {};
}

bool isFailure(FaultClass fault)
{
    return fault != FaultClass::Success && fault != FaultClass::Client &&
           fault != FaultClass::Cancelled;
}

} // namespace

ShownOutcome shownOutcome(const RequestRecord &record)
{
    if (record.clientLeft)
        return ShownOutcome::ClientLeft;
    if (record.brokenOff || record.status == 0)
        return ShownOutcome::Interrupted;
    if (record.status >= 500)
        return ShownOutcome::Failed;
    return record.status >= 400 ? ShownOutcome::Refused : ShownOutcome::Succeeded;
}

QString outcomeText(const RequestRecord &record)
{
    switch (shownOutcome(record)) {
    case ShownOutcome::ClientLeft:
        return translated(QT_TRANSLATE_NOOP("RequestText", "Client left"));
    case ShownOutcome::Interrupted:
        return translated(QT_TRANSLATE_NOOP("RequestText", "Broken off"));
    default:
        return statusText(record.status);
    }
}

QIcon outcomeIcon(ShownOutcome outcome, const QPalette &palette)
{
    switch (outcome) {
    case ShownOutcome::Succeeded:
        return signIcon(Sign::Tick, Tone::Good, palette);
    case ShownOutcome::Refused:
        return signIcon(Sign::Exclamation, Tone::Caution, palette);
    case ShownOutcome::Failed:
    case ShownOutcome::Interrupted:
        return signIcon(Sign::Cross, Tone::Bad, palette);
    case ShownOutcome::ClientLeft:
        break;
    }
    return signIcon(Sign::Bar, Tone::Neutral, palette);
}

QString statusText(int status)
{
    const auto *known =
        std::find_if(statusWords.begin(), statusWords.end(),
                     [status](const StatusWords &words) { return words.status == status; });
    const QString number = QString::number(status);
    return known == statusWords.end() ? number
                                      : number + QLatin1Char(' ') + translated(known->text);
}

QString attemptAnswer(const AttemptRecord &attempt)
{
    if (attempt.status != 0)
        return statusText(attempt.status);
    return attempt.fault == FaultClass::Cancelled
               ? translated(QT_TRANSLATE_NOOP("RequestText", "Ended early"))
               : translated(QT_TRANSLATE_NOOP("RequestText", "No answer"));
}

QString attemptMeaning(const AttemptRecord &attempt, bool last)
{
    QString text = faultMeaning(attempt.fault);
    if (!isFailure(attempt.fault))
        return text;
    text += QLatin1Char(' ');
    if (last)
        return text + translated(QT_TRANSLATE_NOOP("RequestText", "No further key was tried."));
    return text +
           (attempt.fault == FaultClass::Upstream
                ? translated(QT_TRANSLATE_NOOP("RequestText",
                                               "After a short pause the next key was tried."))
                : translated(QT_TRANSLATE_NOOP("RequestText", "The next key was tried at once.")));
}

QString choiceText(const LeaseReason &reason)
{
    if (reason.affinity)
        return translated(QT_TRANSLATE_NOOP("RequestText", "It made what the request refers to."));
    if (reason.trial)
        return translated(QT_TRANSLATE_NOOP(
            "RequestText", "Its quota was used up; now and then one request tries it again."));
    QString text;
    switch (reason.strategy) {
    case KeyStrategy::RoundRobin:
        text = translated(QT_TRANSLATE_NOOP("RequestText", "It was the next in turn."));
        break;
    case KeyStrategy::LeastUsed:
        text = translated(QT_TRANSLATE_NOOP("RequestText", "It had been used least."));
        break;
    case KeyStrategy::FillFirst:
        text = translated(QT_TRANSLATE_NOOP("RequestText", "It was the first usable one."));
        break;
    case KeyStrategy::Headroom:
        text =
            reason.headroomUnknown
                ? translated(QT_TRANSLATE_NOOP("RequestText",
                                               "It was the next in turn; no limits were known."))
                : translated(QT_TRANSLATE_NOOP("RequestText", "It had most left of its limits."));
        break;
    }
    if (reason.otherOrganization)
        text += QLatin1Char(' ') +
                translated(QT_TRANSLATE_NOOP(
                    "RequestText", "Keys of an organisation over its limit were passed over."));
    return text;
}

QString durationText(std::chrono::microseconds duration)
{
    const QLocale locale;
    const double seconds = double(duration.count()) / 1e6;
    if (seconds < 0.9995)
        return translated(QT_TRANSLATE_NOOP("RequestText", "%1 ms"))
            .arg(locale.toString(seconds * 1000, 'f', 0));
    if (seconds < 59.95)
        return translated(QT_TRANSLATE_NOOP("RequestText", "%1 s"))
            .arg(locale.toString(seconds, 'f', 1));
    const qint64 whole = qRound64(seconds);
    return translated(QT_TRANSLATE_NOOP("RequestText", "%1 min %2 s"))
        .arg(locale.toString(whole / 60))
        .arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QByteArray pathOnly(const QByteArray &path)
{
    const qsizetype query = path.indexOf('?');
    return query < 0 ? path : path.left(query);
}

} // namespace keywheel
