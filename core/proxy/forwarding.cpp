// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/forwarding.h"

#include "http/contentcoding.h"

#include <array>

namespace keywheel {

namespace {

// In the order in which they are looked for.
constexpr std::array<QByteArrayView, 3> CredentialFields{"Authorization", "x-api-key", "api-key"};

bool isCredential(const HeaderField &field)
{
    return std::any_of(CredentialFields.begin(), CredentialFields.end(),
                       [&](QByteArrayView name) { return equalsIgnoreCase(name, field.name); });
}

bool beginsWithV1(QByteArrayView target)
{
    return target.startsWith("/v1") && (target.size() == 3 || target[3] == '/' || target[3] == '?');
}

QByteArray credential(QByteArrayView field, const QByteArray &key)
{
    return field == CredentialFields.front() ? "Bearer " + key : key;
}

} // namespace

QByteArray upstreamTarget(const QByteArray &basePath, const QByteArray &target)
{
    if (basePath.isEmpty() || basePath == "/" || target == "*")
        return target;
    if (basePath.endsWith("/v1") && beginsWithV1(target))
        return basePath.chopped(3) + target;
    return basePath + target;
}

Headers upstreamHeaders(const Headers &client, const QByteArray &key)
{
    Headers headers = client;
    removeHopByHop(headers);
    QByteArrayView used = CredentialFields.front();
    for (auto field = CredentialFields.rbegin(); field != CredentialFields.rend(); ++field) {
        if (headers.contains(*field))
            used = *field;
    }
    Headers out;
    out.reserve(headers.size() + 1);
    bool keySet = false;
    for (const HeaderField &field : headers) {
        if (equalsIgnoreCase(field.name, "Host") ||
            equalsIgnoreCase(field.name, "Content-Length") ||
            equalsIgnoreCase(field.name, "Expect"))
            continue;
        if (equalsIgnoreCase(field.name, "Accept-Encoding"))
            out.append(field.name, readableCodings(field.value));
        else if (!isCredential(field))
            out.append(field.name, field.value);
        else if (!keySet && equalsIgnoreCase(field.name, used)) {
            out.append(field.name, credential(used, key));
            keySet = true;
        }
    }
    if (!keySet)
        out.append(used.toByteArray(), credential(used, key));
    return out;
}

ResponseHead clientHead(ResponseHead upstream, const QByteArray &requestId)
{
    removeHopByHop(upstream.headers);
    if (!upstream.headers.contains("x-request-id"))
        upstream.headers.append("x-request-id", requestId);
    return upstream;
}

} // namespace keywheel
