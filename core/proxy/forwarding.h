// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "upstream/rawhead.h"

/// What changes in a message on its way through; everything else stays as it is. Pure.
namespace keywheel {

/// A base URL's path, taken apart once, and how it and a tool's path make one. Tools begin theirs
/// with `/v1`, APIs theirs with whatever their base URL says:
/// - A base with a version segment (`v` and digits, perhaps `alpha` or `beta` and digits again)
///   anywhere takes the place of the tool's `/v1`.
/// - A tool that sends the base's own path, or that from its version on, gets it once.
/// - Otherwise the base is put before the tool's path.
class BasePath
{
public:
    BasePath() = default;
    /// Percent-encoded; slashes at its end do not count.
    explicit BasePath(QByteArray path);

    /// The request target at the upstream for a client's.
    QByteArray join(const QByteArray &target) const;

private:
    QByteArray path_; ///< without a slash at its end
    bool hasVersion_ = false;
    QByteArray beforeVersion_; ///< all before the slash of the last version
    QByteArray version_;       ///< that segment, with its slash
    QByteArray fromVersion_;   ///< that segment and all behind it
};

/// The same as BasePath::join(), for who knows no credentials of the target.
inline QByteArray upstreamTarget(const BasePath &basePath, const QByteArray &target)
{
    return basePath.join(target);
}

/// The client's end-to-end fields, without what belongs to this hop (Host, framing, Expect), and
/// `key` in each field where the client had put its own, else in `Authorization`.
Headers upstreamHeaders(const Headers &client, const QByteArray &key);

/// The whole head: method, target and fields, with `key` in each place where the client had put its
/// own (http/credentials.h), in the query too.
RawRequestHead upstreamHead(const BasePath &basePath, const Request &request,
                            const QByteArray &key);

/// The upstream's end-to-end fields, with our request id where the upstream gave none.
ResponseHead clientHead(ResponseHead upstream, const QByteArray &requestId);

} // namespace keywheel
