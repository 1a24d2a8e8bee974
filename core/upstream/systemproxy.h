// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

#include <QNetworkProxy>
#include <QProcessEnvironment>

#include <optional>

namespace keywheel {

/// Where a proxy would lead to.
struct ProxyTarget
{
    bool tls = false;
    QString host; ///< an IPv6 address without brackets
    quint16 port = 0;
};

/// Which proxy the environment names, by curl's rules: http_proxy or https_proxy (HTTPS_PROXY) by
/// the scheme, else all_proxy (ALL_PROXY); an empty variable counts as none, a proxy without a
/// scheme is http://, one without a port has 1080. HTTP_PROXY in capitals is not read: a web server
/// would take it from a header (CVE-2016-5385); it counts as set. Where no_proxy (NO_PROXY) covers
/// the target, and where another of the variables is set but none for this scheme, it is NoProxy.
/// nullopt: the environment says nothing.
///
/// no_proxy holds names, which cover their subdomains, with or without a leading dot or `*.`, IP
/// addresses, CIDR ranges, and `*`, separated by commas or blanks; each perhaps with `:port`.
///
/// The error names the variable, and no password.
Expected<std::optional<QNetworkProxy>> environmentProxy(const QProcessEnvironment &environment,
                                                        const ProxyTarget &target);

/// The environment's proxy, else the desktop's. Can be slow. Thread: any.
Expected<QNetworkProxy> systemProxy(const ProxyTarget &target);

} // namespace keywheel
