// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

#include <QSslConfiguration>

namespace keywheel {

/// TLS to the upstream: 1.2 or later, HTTP/1.1 by ALPN, sessions that can be resumed, and the
/// system's authorities with those of the PEM file `caFile` (empty: none). Fails when that cannot
/// be read or holds no certificate. The first call loads the TLS library.
Expected<QSslConfiguration> tlsSettings(const QString &caFile);

} // namespace keywheel
