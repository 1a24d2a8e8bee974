// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/gatekeeper.h"

#include <QSysInfo>

namespace keywheel {

namespace {

constexpr QByteArrayView CorsPrefix("Access-Control-");

/// The host of `host[:port]`, without the brackets of an IPv6 literal.
QByteArrayView hostPart(QByteArrayView authority)
{
    if (authority.startsWith('[')) {
        const qsizetype end = authority.indexOf(']');
        return end < 0 ? authority : authority.sliced(1, end - 1);
    }
    const qsizetype colon = authority.lastIndexOf(':');
    return colon < 0 ? authority : authority.first(colon);
}

bool endsWithIgnoreCase(QByteArrayView text, QByteArrayView suffix)
{
    return text.size() >= suffix.size() && equalsIgnoreCase(text.last(suffix.size()), suffix);
}

/// A page that this server itself served, or that a TLS proxy in front of it did.
bool isSameOrigin(QByteArrayView origin, QByteArrayView host)
{
    const qsizetype scheme = origin.indexOf("://");
    if (scheme < 0 || host.isEmpty())
        return false;
    const QByteArrayView name = origin.first(scheme);
    return (equalsIgnoreCase(name, "http") || equalsIgnoreCase(name, "https")) &&
           equalsIgnoreCase(origin.sliced(scheme + 3), host);
}

/// RFC 1918 and RFC 4193.
bool isPrivate(const QHostAddress &address)
{
    return address.isInSubnet(QHostAddress(0x0A000000U), 8) ||
           address.isInSubnet(QHostAddress(0xAC100000U), 12) ||
           address.isInSubnet(QHostAddress(0xC0A80000U), 16) || address.isUniqueLocalUnicast();
}

OwnError forbiddenOrigin(const QString &message)
{
    return {403, QByteArrayLiteral("forbidden_origin"), message};
}

} // namespace

Gatekeeper::Gatekeeper() : machineName_(QSysInfo::machineHostName().toUtf8()) {}

void Gatekeeper::setOrigins(bool enableCors, const QStringList &allowed)
{
    enableCors_ = enableCors;
    rules_ = enableCors ? OriginRules(allowed) : OriginRules();
}

bool Gatekeeper::isOwnName(QByteArrayView host) const
{
    if (host.isEmpty() || host == "127.0.0.1" || equalsIgnoreCase(host, "localhost"))
        return true;
    const QHostAddress literal(QString::fromLatin1(host));
    if (!literal.isNull())
        return literal.isLoopback() || isPrivate(literal) || literal == listenAddress_ ||
               literal == QHostAddress(QHostAddress::AnyIPv4) ||
               literal == QHostAddress(QHostAddress::AnyIPv6);
    for (const QByteArrayView suffix : {".localhost", ".local", ".internal"}) {
        if (endsWithIgnoreCase(host, suffix))
            return true;
    }
    return !machineName_.isEmpty() && equalsIgnoreCase(host, machineName_);
}

std::optional<OwnError> Gatekeeper::checkHost(const Headers &headers) const
{
    if (!listenAddress_.isLoopback())
        return {};
    if (isOwnName(hostPart(headers.value("Host"))))
        return {};
    return OwnError{403, QByteArrayLiteral("forbidden_host"),
                    QStringLiteral("The Host header does not name this machine; use localhost or "
                                   "127.0.0.1, or set HOST to listen for others.")};
}

Gatekeeper::Verdict Gatekeeper::checkOrigin(const Headers &headers) const
{
    const HeaderField *origin = nullptr;
    bool repeated = false;
    bool crossSite = false;
    for (const HeaderField &field : headers) {
        if (equalsIgnoreCase(field.name, "Origin")) {
            repeated = origin != nullptr;
            origin = &field;
        } else if (equalsIgnoreCase(field.name, "Sec-Fetch-Site")) {
            crossSite = equalsIgnoreCase(field.value, "cross-site");
        }
    }
    if (!origin) {
        if (crossSite)
            return {
                forbiddenOrigin(QStringLiteral("A page of another site asked for this.")), {}, {}};
        return {};
    }
    const bool allowed = !repeated && (isSameOrigin(origin->value, headers.value("Host")) ||
                                       (enableCors_ && rules_.allows(origin->value)));
    if (allowed)
        return {{}, {}, enableCors_ ? origin->value : QByteArray()};
    return {forbiddenOrigin(QStringLiteral("Pages of this origin are not allowed; add it to "
                                           "ALLOWED_ORIGINS.")),
            origin->value,
            {}};
}

bool Gatekeeper::isPreflight(const QByteArray &method, const Headers &headers)
{
    return method == "OPTIONS" && headers.contains("Access-Control-Request-Method");
}

ResponseHead Gatekeeper::preflightAnswer(const QByteArray &origin, const Headers &headers)
{
    ResponseHead head{204, {}, {}};
    head.headers.append(QByteArrayLiteral("Access-Control-Allow-Origin"), origin);
    head.headers.append(QByteArrayLiteral("Access-Control-Allow-Methods"),
                        headers.value("Access-Control-Request-Method"));
    const QByteArray wanted = headers.value("Access-Control-Request-Headers");
    if (!wanted.isEmpty())
        head.headers.append(QByteArrayLiteral("Access-Control-Allow-Headers"), wanted);
    if (equalsIgnoreCase(headers.value("Access-Control-Request-Private-Network"), "true"))
        head.headers.append(QByteArrayLiteral("Access-Control-Allow-Private-Network"),
                            QByteArrayLiteral("true"));
    head.headers.append(QByteArrayLiteral("Access-Control-Max-Age"), QByteArrayLiteral("600"));
    head.headers.append(QByteArrayLiteral("Vary"),
                        QByteArrayLiteral("Origin, Access-Control-Request-Method, "
                                          "Access-Control-Request-Headers"));
    return head;
}

bool isCrossOrigin(const Headers &headers)
{
    const QByteArray site = headers.value("Sec-Fetch-Site");
    if (!site.isEmpty() && site != "same-origin" && site != "none")
        return true;
    const QByteArray origin = headers.value("Origin");
    return !origin.isEmpty() && !isSameOrigin(origin, headers.value("Host"));
}

void appendCorsFields(QByteArray &head, const QByteArray &origin)
{
    head.append("Access-Control-Allow-Origin: ").append(origin);
    head.append("\r\nAccess-Control-Expose-Headers: x-request-id, retry-after, retry-after-ms, "
                "openai-organization, openai-processing-ms, openai-version, "
                "x-ratelimit-limit-requests, x-ratelimit-limit-tokens, "
                "x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens, "
                "x-ratelimit-reset-requests, x-ratelimit-reset-tokens\r\nVary: Origin\r\n");
}

bool isCorsField(QByteArrayView name)
{
    return name.size() > CorsPrefix.size() &&
           equalsIgnoreCase(name.first(CorsPrefix.size()), CorsPrefix);
}

} // namespace keywheel
