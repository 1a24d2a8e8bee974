// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/forwarding.h"

#include "common/credentialforms.h"
#include "http/contentcoding.h"
#include "http/credentials.h"

#include <algorithm>

namespace keywheel {

namespace {

constexpr QByteArrayView ToolsVersion("/v1");

/// Whether `target` begins with the segments of `path`.
bool beginsWithPath(QByteArrayView target, QByteArrayView path)
{
    return target.startsWith(path) && (target.size() == path.size() || target[path.size()] == '/' ||
                                       target[path.size()] == '?');
}

QByteArrayView skipDigits(QByteArrayView text)
{
    const auto *const end =
        std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; });
    return text.sliced(end - text.begin());
}

/// v1, v4, v1beta, v1alpha2 …
bool isVersion(QByteArrayView segment)
{
    if (!segment.startsWith('v'))
        return false;
    const QByteArrayView digits = segment.sliced(1);
    QByteArrayView rest = skipDigits(digits);
    if (rest.size() == digits.size())
        return false;
    for (const QByteArrayView stage : {QByteArrayView("alpha"), QByteArrayView("beta")}) {
        if (rest.startsWith(stage)) {
            rest = skipDigits(rest.sliced(stage.size()));
            break;
        }
    }
    return rest.isEmpty();
}

void appendFields(const Headers &client, CredentialReplacer &replacer, const QByteArray &key,
                  Headers &out)
{
    Headers headers = client;
    removeHopByHop(headers);
    out.reserve(headers.size() + 1);
    for (const HeaderField &field : headers) {
        if (equalsIgnoreCase(field.name, "Host") ||
            equalsIgnoreCase(field.name, "Content-Length") ||
            equalsIgnoreCase(field.name, "Expect"))
            continue;
        if (equalsIgnoreCase(field.name, "Accept-Encoding"))
            out.append(field.name, readableCodings(field.value));
        else if (!replacer.take(field, out))
            out.append(field.name, field.value);
    }
    if (!replacer.hasWritten())
        out.append(credentialforms::Authorization.toByteArray(), "Bearer " + key);
}

} // namespace

BasePath::BasePath(QByteArray path) : path_(std::move(path))
{
    while (path_.endsWith('/'))
        path_.chop(1);
    qsizetype end = path_.size();
    while (end > 0 && !hasVersion_) {
        const qsizetype slash = path_.lastIndexOf('/', end - 1);
        if (isVersion(QByteArrayView(path_).sliced(slash + 1, end - slash - 1))) {
            hasVersion_ = true;
            beforeVersion_ = path_.left(slash);
            version_ = path_.mid(slash, end - slash);
            fromVersion_ = path_.mid(slash);
        }
        end = slash;
    }
}

QByteArray BasePath::join(const QByteArray &target) const
{
    if (path_.isEmpty() || target == "*")
        return target;
    if (!hasVersion_)
        return path_ + target;
    if (beginsWithPath(target, fromVersion_))
        return beforeVersion_ + target;
    if (beginsWithPath(target, path_))
        return target;
    if (beginsWithPath(target, ToolsVersion))
        return path_ + target.sliced(ToolsVersion.size());
    return (beginsWithPath(target, version_) ? beforeVersion_ : path_) + target;
}

Headers upstreamHeaders(const Headers &client, const QByteArray &key)
{
    CredentialReplacer replacer(key);
    Headers out;
    appendFields(client, replacer, key, out);
    return out;
}

RawRequestHead upstreamHead(const BasePath &basePath, const Request &request, const QByteArray &key)
{
    CredentialReplacer replacer(key);
    RawRequestHead head{request.method, basePath.join(request.target), {}};
    replacer.replaceIn(head.target);
    appendFields(request.headers, replacer, key, head.headers);
    return head;
}

ResponseHead clientHead(ResponseHead upstream, const QByteArray &requestId)
{
    removeHopByHop(upstream.headers);
    if (!upstream.headers.contains("x-request-id"))
        upstream.headers.append("x-request-id", requestId);
    return upstream;
}

} // namespace keywheel
