// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/requestgate.h"

#include "common/logging.h"
#include "server/serverconfig.h"

#include <QRandomGenerator>

namespace keywheel {

namespace {

/// Pages can make up origins without end.
constexpr qsizetype MaxRememberedOrigins = 100;
constexpr qsizetype MaxOriginLength = 256;
constexpr std::chrono::seconds OverloadLogSpacing{1};

/// RFC 9110 §7.8: HTTP/1.0 has no upgrades. Others than to WebSocket are ignored.
bool asksForWebSocket(const RequestLine &line, const Headers &headers)
{
    return line.method == "GET" && line.minorVersion > 0 &&
           headers.hasToken("Upgrade", "websocket");
}

/// RFC 9110 §15.5.22 wants a protocol named that would do. It is the one spoken, not WebSocket:
/// tools then go over to plain requests.
OwnError webSocketUnsupported()
{
    OwnError error{426, QByteArrayLiteral("websocket_unsupported"),
                   QStringLiteral("Keywheel does not tunnel WebSockets; send plain HTTP requests, "
                                  "with streamed answers if need be.")};
    error.extraHeaders.append(QByteArrayLiteral("Upgrade"), QByteArrayLiteral("HTTP/1.1"));
    error.extraHeaders.append(QByteArrayLiteral("Connection"), QByteArrayLiteral("Upgrade"));
    return error;
}

} // namespace

RequestGate::RequestGate(RequestHandler &handler, Management &management, Clock &clock,
                         OriginRefused originRefused)
    : handler_(handler),
      ownEndpoints_(management),
      clock_(clock),
      originRefused_(std::move(originRefused)),
      brake_(clock),
      idPrefix_("kw-" + QByteArray::number(QRandomGenerator::system()->generate(), 36) + '-')
{
}

void RequestGate::setConfig(const ServerConfig &config)
{
    auth_.setKey(config.authKey);
    originPolicy_.setOrigins(config.enableCors, config.allowedOrigins);
}

RequestGate::Decision RequestGate::admit(const RequestLine &line, const Headers &headers,
                                         const QHostAddress &peer)
{
    if (auto refusal = originPolicy_.checkHost(headers))
        return {std::move(refusal), {}, {}};
    OriginPolicy::Verdict verdict = originPolicy_.checkOrigin(headers);
    if (verdict.refusal) {
        rememberRefused(verdict.refusedOrigin);
        return {std::move(verdict.refusal), {}, {}};
    }
    if (!verdict.origin.isEmpty() && OriginPolicy::isPreflight(line.method, headers))
        return {{}, OriginPolicy::preflightAnswer(verdict.origin, headers), {}};
    if (OwnEndpoints::isOpen(line.target))
        return {{}, {}, std::move(verdict.origin)};
    Decision decision{auth_.check(headers, line.target), {}, std::move(verdict.origin)};
    if (decision.refusal && decision.refusal->code == ClientAuth::WrongKey)
        decision.delay = brake_.noteWrongKey(peer);
    if (!decision.refusal && asksForWebSocket(line, headers))
        decision.refusal = webSocketUnsupported();
    return decision;
}

void RequestGate::serve(Request request, std::unique_ptr<ResponseWriter> writer)
{
    if (!ownEndpoints_.answer(request, *writer, clock_.wallNow()))
        handler_.handle(std::move(request), std::move(writer));
}

void RequestGate::noteRefusal(const LoggedRequest &request, const OwnError &error)
{
    if (error.code == "overloaded") {
        const Clock::Instant now = clock_.now();
        if (overloadLogged_ && now - *overloadLogged_ < OverloadLogSpacing)
            return;
        overloadLogged_ = now;
    }
    logRefusal(request, error);
}

QByteArray RequestGate::nextId()
{
    return idPrefix_ + QByteArray::number(++lastId_, 36);
}

void RequestGate::rememberRefused(const QByteArray &origin)
{
    if (origin.isEmpty() || origin.size() > MaxOriginLength || refusedOrigins_.contains(origin) ||
        refusedOrigins_.size() >= MaxRememberedOrigins)
        return;
    refusedOrigins_.insert(origin);
    qCInfo(lcServer).noquote() << "Refused a page of origin" << QString::fromUtf8(origin);
    originRefused_(QString::fromUtf8(origin));
}

} // namespace keywheel
