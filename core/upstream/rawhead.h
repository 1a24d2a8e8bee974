// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "http/message.h"

#include <QMetaType>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <optional>

namespace keywheel {

/// QNetworkRequest and QNetworkReply cannot carry a request target byte by byte, or repeated fields
/// in their order. These attributes do; AccessManager honours the first and provides the second,
/// and the base class does neither.
struct RawRequestHead
{
    QByteArray method;
    QByteArray target; ///< origin form, sent as it is
    Headers headers;   ///< end-to-end fields; Host, Content-Length and Connection are added
};

inline constexpr auto RawRequestAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 1);
/// A ResponseHead, valid from metaDataChanged() on.
inline constexpr auto RawResponseAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 2);
/// A bool: the request had been handed over whole to the connection when the reply failed.
inline constexpr auto HandedOverAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 3);
/// A qint64, nanoseconds of Clock::Instant: when a connection took the request; unset before.
inline constexpr auto SentAtAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 4);

/// A qint64 like it: when the request had waited its turn, and a connection was there or was opened
/// for it; unset before.
inline constexpr auto QueuedUntilAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 6);

/// A bool: no connection became free for it in time.
inline constexpr auto NoFreeConnectionAttribute =
    QNetworkRequest::Attribute(QNetworkRequest::User + 5);

/// The response's head, from the attribute or, with the base class, from what it kept.
ResponseHead responseHead(const QNetworkReply &reply);

/// To and from the attributes that are instants.
QVariant instantValue(Clock::Instant instant);
std::optional<Clock::Instant> instantOf(const QNetworkReply &reply,
                                        QNetworkRequest::Attribute attribute);

} // namespace keywheel

Q_DECLARE_METATYPE(keywheel::RawRequestHead)
Q_DECLARE_METATYPE(keywheel::ResponseHead)
