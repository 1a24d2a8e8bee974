// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstreamconfig.h"

namespace keywheel {

UpstreamConfig upstreamConfig(const Settings &settings)
{
    UpstreamConfig config;
    config.maxSockets = settings.maxSockets;
    config.maxFreeSockets = settings.maxFreeSockets;
    config.requestTimeout = settings.requestTimeout;
    config.responseTimeout = settings.responseTimeout;
    config.proxy = settings.upstreamProxy;
    config.caFile = settings.upstreamCaFile;
    config.http2 = settings.upstreamHttp2;
    return config;
}

} // namespace keywheel
