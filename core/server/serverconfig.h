// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace keywheel {

/// What the settings say about the client's side. A value; it holds a secret.
struct ServerConfig
{
    QByteArray authKey; ///< empty: clients need none
    bool enableCors = true;
    QStringList allowedOrigins;
    qint64 maxBodySize = qint64{100} * 1024 * 1024;
    int maxConnections = 10'000;
};

} // namespace keywheel
