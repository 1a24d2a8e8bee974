// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/proxy.h"

#include "proxy/affinity.h"
#include "proxy/exchange.h"
#include "proxy/refusals.h"

namespace keywheel {

Proxy::Proxy(ProxyServices services, QObject *parent)
    : QObject(parent),
      services_(std::move(services)),
      affinity_(std::make_unique<Affinity>(services_.clock)),
      refusals_(std::make_unique<Refusals>(services_.clock))
{
}

Proxy::~Proxy()
{
    for (Exchange *exchange : exchanges_)
        delete exchange;
}

void Proxy::setConfig(const ProxyConfig &config)
{
    target_ = proxyTarget(config);
}

void Proxy::handle(Request request, std::unique_ptr<ResponseWriter> writer)
{
    auto owned = std::make_unique<Exchange>(std::move(request), std::move(writer), services_,
                                            ProxyMemory{*affinity_, *refusals_}, target_);
    connect(owned.get(), &Exchange::done, this, [this, exchange = owned.get()] {
        exchanges_.erase(exchange);
        exchange->deleteLater();
    });
    exchanges_.insert(owned.get());
    owned.release()->start();
}

void Proxy::cancelAll()
{
    const auto all = exchanges_;
    for (Exchange *exchange : all)
        exchange->cancel();
}

} // namespace keywheel
