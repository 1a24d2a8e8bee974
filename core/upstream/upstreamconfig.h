// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxy>
#include <QString>

#include <chrono>

namespace keywheel {

/// How AccessManager connects to the upstream. A value, usable in every thread.
struct UpstreamConfig
{
    int maxSockets = 50;
    int maxFreeSockets = 10;
    /// For a free connection; then for connecting, TLS and hand-over.
    std::chrono::milliseconds requestTimeout{30'000};
    std::chrono::milliseconds responseTimeout{600'000}; ///< silence after that
    QNetworkProxy proxy{QNetworkProxy::DefaultProxy};   ///< DefaultProxy: as the system says
    QString caFile;     ///< PEM, added to the system's authorities; empty: none
    bool http2 = false; ///< where the upstream speaks it over TLS
};

} // namespace keywheel
