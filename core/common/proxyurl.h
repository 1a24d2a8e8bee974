// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

#include <QString>

namespace keywheel {

/// How a proxy is written down: http://, socks5://, socks5h:// or socks://, which are one here
/// since names are always looked up by the proxy, then perhaps `user:password@`, a host and a port.
struct ProxyUrl
{
    bool socks = false;
    QString host;
    int port = -1; ///< -1: none is named
    QString user;
    QString password;
};

/// Without a scheme it is http://, as curl has it. An `@` in a password need not be encoded. The
/// error is a reason without any of the text, empty where there is no more to say.
Expected<ProxyUrl, QString> parseProxyUrl(const QString &text);

/// What may be shown of a proxy that parseProxyUrl() refuses: nothing that could be credentials.
QString shownProxy(const QString &text);

} // namespace keywheel
