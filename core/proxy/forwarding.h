// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <QUrl>

/// What changes in a message on its way through; everything else stays as it is. Pure functions.
namespace keywheel {

/// The request target at the upstream: the base URL's path before the client's target. A `/v1` at
/// the end of the one and the start of the other is not doubled, since base URLs are given both
/// ways.
QByteArray upstreamTarget(const QByteArray &basePath, const QByteArray &target);

/// The client's end-to-end fields, without what belongs to this hop (Host, framing, Expect) and
/// without the client's credentials; `key` goes where the client had put its own: `Authorization`
/// (also when it sent none), `x-api-key` or `api-key`.
Headers upstreamHeaders(const Headers &client, const QByteArray &key);

/// The upstream's end-to-end fields, with our request id where the upstream gave none.
ResponseHead clientHead(ResponseHead upstream, const QByteArray &requestId);

} // namespace keywheel
