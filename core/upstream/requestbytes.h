// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upstream/rawhead.h"

namespace keywheel {

/// The start of a request as it goes on the wire (RFC 9112 §3): request line, Host, the fields in
/// their order, Content-Length. It has room for a short body behind it.
QByteArray requestBytes(const RawRequestHead &head, const QByteArray &authority,
                        qsizetype bodySize);

/// Whether sending the request twice does what sending it once does (RFC 9110 §9.2.2).
bool isIdempotent(const QByteArray &method);

} // namespace keywheel
