// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/rawhead.h"

namespace keywheel {

ResponseHead responseHead(const QNetworkReply &reply)
{
    if (const QVariant raw = reply.attribute(RawResponseAttribute); raw.isValid())
        return raw.value<ResponseHead>();
    ResponseHead head;
    head.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    head.reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray();
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        for (const QByteArray &line : value.split('\n')) // Qt joins repeated Set-Cookie fields so
            head.headers.append(name, line);
    }
    return head;
}

QVariant instantValue(Clock::Instant instant)
{
    return qint64(std::chrono::nanoseconds(instant.time_since_epoch()).count());
}

std::optional<Clock::Instant> instantOf(const QNetworkReply &reply,
                                        QNetworkRequest::Attribute attribute)
{
    const QVariant value = reply.attribute(attribute);
    if (!value.isValid())
        return std::nullopt;
    return Clock::Instant(std::chrono::nanoseconds(value.toLongLong()));
}

} // namespace keywheel
