// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/errorbody.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>
#include <QList>
#include <QStringList>

#include <optional>

namespace keywheel {

/// The list ALLOWED_ORIGINS. An entry is `*` (every origin), `null`, `scheme://` (every origin of
/// that scheme), `scheme://host`, `scheme://host:port` or `scheme://host:*` (any port or none).
/// Case does not matter, and a scheme's own port may be left out. A value.
///
/// Sandboxed frames and pages from files send `null`, so any page can send it. It is allowed only
/// when the list has it or `*`.
class AllowedOrigins
{
public:
    AllowedOrigins() = default;
    explicit AllowedOrigins(const QStringList &entries);

    bool allows(QByteArrayView origin) const;

private:
    struct Rule
    {
        QByteArray prefix;
        enum class Rest { Nothing, AnyPort, Anything } rest;
    };
    QList<Rule> rules_;
    bool all_ = false;
};

/// Protects keys from web pages: whatever a browser is made to send must not be acted on unless the
/// page's origin is allowed. Pure: decides by headers, and writes CORS headers.
///
/// Host: a listener on loopback answers only to names that mean this machine (DNS rebinding brings
/// a page's own name here). Ollama's rule: no Host, an address that is loopback, private,
/// unspecified or the listener's, `localhost`, names under .localhost, host.docker.internal and
/// host.containers.internal, this machine's name, and its name under .local (but no other there:
/// any device of the network may take one). A listener on other addresses is for others to name: no
/// check.
///
/// Origin: absent means no page asked, unless Sec-Fetch-Site says `cross-site` (an image, a link or
/// a form of another site). Present, it must be that of this server or be listed.
class OriginPolicy
{
public:
    struct Verdict
    {
        std::optional<OwnError> refusal;
        QByteArray refusedOrigin; ///< set when it was the origin that was refused
        QByteArray origin;        ///< answer with CORS headers for this one; else empty
    };

    OriginPolicy();
    void setOrigins(bool enableCors, const QStringList &allowed);
    void setListenAddress(const QHostAddress &address) { listenAddress_ = address; }

    std::optional<OwnError> checkHost(const Headers &headers) const;
    Verdict checkOrigin(const Headers &headers) const;

    static bool isPreflight(const QByteArray &method, const Headers &headers);
    /// The answer to a preflight of an allowed origin: all that it asked for.
    static ResponseHead preflightAnswer(const QByteArray &origin, const Headers &headers);

private:
    bool isOwnName(QByteArrayView host) const;

    AllowedOrigins allowed_;
    bool enableCors_ = true;
    QHostAddress listenAddress_;
    QByteArray machineName_;
};

/// Whether it is a request of a page that is not this server's own. Browsers send Sec-Fetch-Site to
/// addresses of TLS and loopback only, and Origin not for images and links: then Referer tells.
bool isCrossOrigin(const Headers &headers);

/// The fields that let a page of `origin` read the answer.
void appendCorsFields(QByteArray &head, const QByteArray &origin);
/// CORS fields of the upstream are about its own pages and give way to ours.
bool isCorsField(QByteArrayView name);

} // namespace keywheel
