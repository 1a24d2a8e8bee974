// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/responsewriter.h"
#include "proxy/proxyconfig.h"

#include <QObject>

#include <memory>
#include <unordered_set>

namespace keywheel {

class Affinity;
class Exchange;
class Refusals;

/// Forwards requests: one Exchange for each. Thread: the core's.
class Proxy : public QObject, public RequestHandler
{
    Q_OBJECT

public:
    explicit Proxy(ProxyServices services, QObject *parent = nullptr);
    ~Proxy() override;

    /// For exchanges that begin after it.
    void setConfig(const ProxyConfig &config);

    void handle(Request request, std::unique_ptr<ResponseWriter> writer) override;
    /// Ends every exchange now: its client's connection breaks off, nobody is blamed.
    void cancelAll();
    int activeCount() const { return static_cast<int>(exchanges_.size()); }

private:
    ProxyServices services_;
    std::unique_ptr<Affinity> affinity_;
    std::unique_ptr<Refusals> refusals_;
    ProxyTarget target_;
    std::unordered_set<Exchange *> exchanges_;
};

} // namespace keywheel
