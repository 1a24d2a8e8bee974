// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/requestline.h"

#include "http/fieldparser.h"

#include <algorithm>
#include <cstring>

namespace keywheel {

namespace {

constexpr QByteArrayView HttpScheme("http://");

Refusal badRequest(const char *why)
{
    return {400, QByteArrayLiteral("invalid_request"), QString::fromLatin1(why)};
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<Refusal> parseVersion(QByteArrayView version, int &minor)
{
    const bool wellFormed = version.size() == 8 && version.startsWith("HTTP/") &&
                            isDigit(version[5]) && version[6] == '.' && isDigit(version[7]);
    if (!wellFormed)
        return badRequest("The request line must be a method, a target and HTTP/1.1.");
    if (version[5] != '1' || version[7] > '1')
        return Refusal{505, QByteArrayLiteral("invalid_request"),
                       QStringLiteral("Only HTTP/1.1 and HTTP/1.0 are spoken here.")};
    minor = version[7] - '0';
    return {};
}

/// Printable and without a fragment, which one server would cut off and the next one keep. Bytes
/// above 0x7F pass: clients send unencoded UTF-8, and nothing reads them in two ways.
bool isTargetText(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7F || c == '#';
    });
}

bool isHostText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c != '\0' && std::strchr("-._~%!$&'()*+;=:[]", c) != nullptr);
    });
}

std::optional<Refusal> reduceAbsoluteForm(QByteArray &target, const QByteArray &host)
{
    const QByteArrayView rest = QByteArrayView(target).sliced(HttpScheme.size());
    const auto *const authorityEnd =
        std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?'; });
    const auto length = static_cast<qsizetype>(authorityEnd - rest.begin());
    if (host.isEmpty() || !equalsIgnoreCase(rest.first(length), host))
        return badRequest("The target names another host than the Host header.");
    QByteArray origin = rest.sliced(length).toByteArray();
    if (!origin.startsWith('/'))
        origin.prepend('/');
    target = origin;
    return {};
}

} // namespace

bool canBeginRequest(char byte)
{
    return isToken(QByteArrayView(&byte, 1));
}

std::optional<Refusal> parseRequestLine(QByteArrayView line, RequestLine &out)
{
    const qsizetype methodEnd = line.indexOf(' ');
    const qsizetype targetEnd = line.lastIndexOf(' ');
    if (methodEnd < 0 || targetEnd == methodEnd || !isToken(line.first(methodEnd)))
        return badRequest("The request line must be a method, a target and HTTP/1.1.");
    const QByteArrayView target = line.sliced(methodEnd + 1, targetEnd - methodEnd - 1);
    if (target.isEmpty() || !isTargetText(target))
        return badRequest("The request's target holds characters that must be percent-encoded.");
    if (auto refusal = parseVersion(line.sliced(targetEnd + 1), out.minorVersion))
        return refusal;
    out.method = line.first(methodEnd).toByteArray();
    out.target = target.toByteArray();
    if (out.method == "CONNECT" || out.method == "TRACE")
        return Refusal{501, QByteArrayLiteral("invalid_request"),
                       QStringLiteral("%1 is not supported.").arg(QLatin1String(out.method))};
    return {};
}

std::optional<Refusal> checkTarget(RequestLine &line, const Headers &headers)
{
    const HeaderField *host = nullptr;
    for (const HeaderField &field : headers) {
        if (!equalsIgnoreCase(field.name, "Host"))
            continue;
        if (host)
            return badRequest("The Host header comes more than once.");
        host = &field;
    }
    if (!host && line.minorVersion > 0)
        return badRequest("The Host header is missing.");
    if (host && !isHostText(host->value))
        return badRequest("The Host header must be a host name or address, and a port.");

    if (line.target.startsWith('/') || (line.target == "*" && line.method == "OPTIONS"))
        return {};
    const QByteArrayView scheme =
        QByteArrayView(line.target).first(std::min(line.target.size(), HttpScheme.size()));
    if (equalsIgnoreCase(scheme, HttpScheme))
        return reduceAbsoluteForm(line.target, host ? host->value : QByteArray());
    return badRequest("The request's target must be a path.");
}

} // namespace keywheel
