// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/random.h"
#include "common/redact.h"
#include "proxy/forwarding.h"

#include <QByteArray>
#include <QUrl>

class QNetworkAccessManager;

namespace keywheel {

class AccessLog;
class KeyPool;

/// What the settings say about forwarding. A value, usable in every thread.
struct ProxyConfig
{
    QUrl baseUrl;
    int maxRetries = 3;
};

/// Where a request goes: a ProxyConfig whose base URL has been taken apart once.
struct ProxyTarget
{
    QUrl baseUrl;
    BasePath basePath;
    int maxRetries = 3;
};

inline ProxyTarget proxyTarget(const ProxyConfig &config)
{
    return {config.baseUrl, BasePath(config.baseUrl.path(QUrl::FullyEncoded).toLatin1()),
            config.maxRetries};
}

/// What exchanges and key checks work with. All of it must outlive whoever is given it. Thread: the
/// core's.
struct ProxyServices
{
    QNetworkAccessManager &network;
    KeyPool &keys;
    AccessLog &log;
    Clock &clock;
    const Redactor &redactor;
    Random random;
};

} // namespace keywheel
