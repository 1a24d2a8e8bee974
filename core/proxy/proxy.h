// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/random.h"
#include "common/redact.h"
#include "http/responsewriter.h"
#include "proxy/forwarding.h"

#include <QObject>
#include <QUrl>

#include <memory>
#include <unordered_set>

class QNetworkAccessManager;

namespace keywheel {

class AccessLog;
class Affinity;
class Exchange;
class KeyPool;

struct ProxyConfig
{
    QUrl baseUrl;
    int maxRetries = 3;
};

/// Where an exchange goes; the base URL taken apart once.
struct ProxyTarget
{
    QUrl baseUrl;
    BasePath basePath;
    int maxRetries = 3;
};

ProxyTarget proxyTarget(const ProxyConfig &config);

/// What an exchange works with. All must outlive the Proxy.
struct ProxyServices
{
    QNetworkAccessManager &network;
    KeyPool &keys;
    AccessLog &log;
    Clock &clock;
    const Redactor &redactor;
    Random random;
};

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
    ProxyTarget target_;
    std::unordered_set<Exchange *> exchanges_;
};

} // namespace keywheel
