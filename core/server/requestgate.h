// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "http/errorbody.h"
#include "http/responsewriter.h"
#include "server/clientauth.h"
#include "server/originpolicy.h"
#include "server/ownendpoints.h"
#include "server/requestparser.h"

#include <QSet>

#include <functional>
#include <optional>

namespace keywheel {

struct ServerConfig;

/// Decides what happens to each request that is framed well. By the head alone, before it reads a
/// body, it checks in this order: Host, Origin and Sec-Fetch-Site, preflight, AUTH_KEY, upgrades to
/// WebSocket. Then the own endpoints answer the request, or else the RequestHandler.
///
/// Thread: the core's. The services must outlive it.
class RequestGate
{
public:
    /// At most one of `refusal` and `preflight`; neither: the request may be read and served.
    struct Decision
    {
        std::optional<OwnError> refusal;
        std::optional<ResponseHead> preflight; ///< the whole answer, without a body
        QByteArray corsOrigin;                 ///< see OriginPolicy::Verdict::origin
        Clock::Milliseconds delay{0};          ///< to hold the refusal back
    };
    using OriginRefused = std::function<void(const QString &origin)>;

    RequestGate(RequestHandler &handler, Management &management, Clock &clock,
                OriginRefused originRefused);

    void setConfig(const ServerConfig &config);
    void setListenAddress(const QHostAddress &address) { originPolicy_.setListenAddress(address); }

    Decision admit(const RequestLine &line, const Headers &headers, const QHostAddress &peer);
    void serve(Request request, std::unique_ptr<ResponseWriter> writer);

    /// Logs it; of refusals for overload at most one a second.
    void noteRefusal(const LoggedRequest &request, const OwnError &error);

    /// A new x-request-id: short, unique in this process and most likely beyond.
    QByteArray nextId();

private:
    void rememberRefused(const QByteArray &origin);

    RequestHandler &handler_;
    OwnEndpoints ownEndpoints_;
    Clock &clock_;
    OriginRefused originRefused_;
    OriginPolicy originPolicy_;
    ClientAuth auth_;
    GuessBrake brake_;
    QSet<QByteArray> refusedOrigins_;
    std::optional<Clock::Instant> overloadLogged_;
    QByteArray idPrefix_;
    quint64 lastId_ = 0;
};

} // namespace keywheel
