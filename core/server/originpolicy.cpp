// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/originpolicy.h"

#include <QSysInfo>

#include <algorithm>

namespace keywheel {

namespace {

constexpr QByteArrayView CorsPrefix("Access-Control-");

/// Lower case, and without the port that the scheme implies, as browsers write origins.
QByteArray normalized(QByteArrayView origin)
{
    QByteArray text = origin.toByteArray().toLower();
    if ((text.startsWith("http://") && text.endsWith(":80")) ||
        (text.startsWith("https://") && text.endsWith(":443")))
        text.truncate(text.lastIndexOf(':'));
    return text;
}

/// Whether it is empty, or a colon and any number of digits (RFC 3986 §3.2.3 allows none).
bool isPort(QByteArrayView text)
{
    return text.isEmpty() ||
           (text[0] == ':' &&
            std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

/// The host of `host[:port]`, without the brackets of an IPv6 literal and the dot of a rooted name;
/// nothing when it has another shape.
std::optional<QByteArrayView> hostPart(QByteArrayView authority)
{
    const bool isIPv6 = authority.startsWith('[');
    const qsizetype end = isIPv6 ? authority.indexOf(']') : authority.lastIndexOf(':');
    QByteArrayView host = end < 0 ? authority : authority.first(end);
    QByteArrayView port = authority.sliced(host.size());
    if (isIPv6 && end > 0) {
        host = host.sliced(1);
        port = port.sliced(1);
    }
    if (!isPort(port))
        return {};
    return !isIPv6 && host.size() > 1 && host.endsWith('.') ? host.chopped(1) : host;
}

bool endsWithIgnoreCase(QByteArrayView text, QByteArrayView suffix)
{
    return text.size() >= suffix.size() && equalsIgnoreCase(text.last(suffix.size()), suffix);
}

/// How containers of Docker and Podman name the machine they run on. No site can have these names:
/// .internal is no public domain.
bool isContainersNameOfHost(QByteArrayView host)
{
    return equalsIgnoreCase(host, "host.docker.internal") ||
           equalsIgnoreCase(host, "host.containers.internal");
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

/// `scheme://authority` of an address.
QByteArrayView originOf(QByteArrayView url)
{
    const qsizetype authority = url.indexOf("://") + 3;
    const auto end = std::find_if(url.begin() + std::min(authority, url.size()), url.end(),
                                  [](char c) { return c == '/' || c == '?' || c == '#'; });
    return url.first(end - url.begin());
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

AllowedOrigins::AllowedOrigins(const QStringList &entries)
{
    for (const QString &entry : entries) {
        QByteArray text = entry.trimmed().toUtf8();
        if (text == "*") {
            all_ = true;
        } else if (text.endsWith("://")) {
            rules_.append({text.toLower(), Rule::Rest::Anything});
        } else if (text.endsWith(":*")) {
            text.chop(2);
            rules_.append({text.toLower(), Rule::Rest::AnyPort});
        } else if (!text.isEmpty()) {
            if (text.endsWith('/'))
                text.chop(1);
            rules_.append({normalized(text), Rule::Rest::Nothing});
        }
    }
}

bool AllowedOrigins::allows(QByteArrayView origin) const
{
    if (all_)
        return true;
    const QByteArray text = normalized(origin);
    return std::any_of(rules_.cbegin(), rules_.cend(), [&text](const Rule &rule) {
        if (!text.startsWith(rule.prefix))
            return false;
        const QByteArrayView rest = QByteArrayView(text).sliced(rule.prefix.size());
        switch (rule.rest) {
        case Rule::Rest::Nothing:
            return rest.isEmpty();
        case Rule::Rest::AnyPort:
            return rest != ":" && isPort(rest);
        case Rule::Rest::Anything:
            break;
        }
        return true;
    });
}

OriginPolicy::OriginPolicy() : machineName_(QSysInfo::machineHostName().toUtf8()) {}

void OriginPolicy::setOrigins(bool enableCors, const QStringList &allowed)
{
    enableCors_ = enableCors;
    allowed_ = enableCors ? AllowedOrigins(allowed) : AllowedOrigins();
}

bool OriginPolicy::isOwnName(QByteArrayView host) const
{
    if (host.isEmpty() || host == "127.0.0.1" || equalsIgnoreCase(host, "localhost"))
        return true;
    const QHostAddress literal(QString::fromLatin1(host));
    if (!literal.isNull())
        return literal.isLoopback() || isPrivate(literal) || literal == listenAddress_ ||
               literal == QHostAddress(QHostAddress::AnyIPv4) ||
               literal == QHostAddress(QHostAddress::AnyIPv6);
    return endsWithIgnoreCase(host, ".localhost") || isContainersNameOfHost(host) ||
           (!machineName_.isEmpty() &&
            (equalsIgnoreCase(host, machineName_) ||
             equalsIgnoreCase(host, machineName_.split('.').first() + ".local")));
}

std::optional<OwnError> OriginPolicy::checkHost(const Headers &headers) const
{
    if (!listenAddress_.isLoopback())
        return {};
    const QByteArray authority = headers.value("Host");
    const auto host = hostPart(authority);
    if (host && isOwnName(*host))
        return {};
    return OwnError{403, QByteArrayLiteral("forbidden_host"),
                    QStringLiteral("The Host header does not name this machine; use localhost or "
                                   "127.0.0.1, or set HOST to listen for others.")};
}

OriginPolicy::Verdict OriginPolicy::checkOrigin(const Headers &headers) const
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
                                       (enableCors_ && allowed_.allows(origin->value)));
    if (allowed)
        return {{}, {}, enableCors_ ? origin->value : QByteArray()};
    return {forbiddenOrigin(QStringLiteral("Pages of this origin are not allowed; add it to "
                                           "ALLOWED_ORIGINS.")),
            origin->value,
            {}};
}

bool OriginPolicy::isPreflight(const QByteArray &method, const Headers &headers)
{
    return method == "OPTIONS" && headers.contains("Access-Control-Request-Method");
}

ResponseHead OriginPolicy::preflightAnswer(const QByteArray &origin, const Headers &headers)
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
    const QByteArray host = headers.value("Host");
    const QByteArray origin = headers.value("Origin");
    const QByteArray referer = headers.value("Referer");
    return (!origin.isEmpty() && !isSameOrigin(origin, host)) ||
           (!referer.isEmpty() && !isSameOrigin(originOf(referer), host));
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
