// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine.h"

#include "common/logging.h"
#include "keystores.h"
#include "logsetup.h"
#include "portholder.h"
#include "upstreamconfig.h"

#include <QCoreApplication>
#include <QTcpServer>

namespace keywheel {

namespace {

ServerConfig serverConfig(const Settings &settings)
{
    ServerConfig config;
    config.authKey = settings.authKey;
    config.enableCors = settings.enableCors;
    config.allowedOrigins = settings.allowedOrigins;
    config.maxBodySize = settings.maxBodySize;
    config.maxConnections = settings.maxConnections;
    return config;
}

KeyStrategy keyStrategy(WhichKey setting)
{
    switch (setting) {
    case WhichKey::LeastUsed:
        return KeyStrategy::LeastUsed;
    case WhichKey::FillFirst:
        return KeyStrategy::FillFirst;
    case WhichKey::Headroom:
        return KeyStrategy::Headroom;
    case WhichKey::RoundRobin:
        break;
    }
    return KeyStrategy::RoundRobin;
}

bool isOnThisMachine(const QUrl &url)
{
    return url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
}

void warnIfOpen(const Settings &settings)
{
    if (settings.host.isLoopback() || !settings.authKey.isEmpty())
        return;
    // Critical, so that it is seen at every LOG_LEVEL.
    qCCritical(lcApp).noquote()
        << QStringLiteral("DANGER: HOST=%1 is reachable from other machines and AUTH_KEY "
                          "is not set: anyone there can spend your API keys. Set AUTH_KEY, "
                          "or HOST=127.0.0.1.")
               .arg(settings.host.toString());
}

QString noKeys(const Settings &settings)
{
    const QString advice =
        settings.keyStore == KeyStoreKind::File
            ? QStringLiteral("Put one key a line into %1").arg(settings.keysFile)
            : QStringLiteral("Import some into the keychain, or set KEY_STORE=file and put one key "
                             "a line into %1")
                  .arg(settings.keysFile);
    return QStringLiteral("There are no API keys: every request gets 503 no_keys_configured. %1; "
                          "no restart is needed.")
        .arg(advice);
}

/// ` (held by PROGRAM, process N)`, when another program is why a listener cannot be opened and it
/// can be seen.
QString heldBy(const QHostAddress &address, quint16 port)
{
    QTcpServer probe;
    if (probe.listen(address, port) || probe.serverError() != QAbstractSocket::AddressInUseError)
        return {};
    const auto holder = findPortHolder(address, port);
    if (!holder || holder->pid == QCoreApplication::applicationPid())
        return {};
    return QStringLiteral(" (held by %1, process %2)")
        .arg(holder->program, QString::number(holder->pid));
}

} // namespace

Engine::Engine(Clock &clock, LogSetup &log, std::unique_ptr<KeyStore> keys, QObject *parent)
    : QObject(parent),
      clock_(clock),
      log_(log),
      ownStore_(!keys),
      store_(std::move(keys)),
      pool_(clock, systemRandom()),
      keyStates_(pool_, clock),
      network_(clock),
      proxy_({network_, pool_, accessLog_, clock, log.redactor(), systemRandom()}),
      checker_({network_, pool_, accessLog_, clock, log.redactor(), systemRandom()}),
      keyAdmin_(pool_, checker_),
      status_(pool_, accessLog_, clock, QCoreApplication::applicationVersion()),
      server_(proxy_, status_, clock)
{
    connect(&server_, &HttpServer::idle, this, &Engine::drained);
    logEvents();
}

Engine::~Engine()
{
    proxy_.cancelAll();
}

Expected<void> Engine::start(const Settings &settings, bool freePort)
{
    freePort_ = freePort;
    pool_.watchClock();
    return apply(settings);
}

Expected<void> Engine::apply(const Settings &settings)
{
    log_.addSecrets({}, {settings.authKey, settings.upstreamProxy.password().toUtf8()});
    if (auto accepted = network_.setConfig(upstreamConfig(settings)); !accepted)
        return accepted;
    const bool first = !settings_;
    const bool otherAccess =
        first || settings_->host != settings.host || settings_->authKey != settings.authKey;
    const bool otherStore = ownStore_ && (first || !isSameKeyStore(*settings_, settings));
    settings_ = std::make_unique<Settings>(settings);
    log_.setLevel(settings.logLevel);
    log_.setFormat(settings.logFormat);
    pool_.setConfig({settings.startIndex, settings.blacklistThreshold,
                     settings.allKeysBlacklisted == WhenNoKeyLeft::Reset,
                     keyStrategy(settings.keyStrategy)});
    proxy_.setConfig({settings.baseUrl, settings.maxRetries});
    checker_.setConfig(settings.baseUrl, settings.keyCheckInterval);
    setNetworkDown(networkDown_);
    server_.setConfig(serverConfig(settings));
    if (otherAccess)
        warnIfOpen(settings);
    if (otherStore)
        store_ = makeKeyStore(settings, clock_);
    if (first || otherStore)
        useStore();
    return open_ ? listen() : Expected<void>();
}

void Engine::reloadKeys()
{
    store_->load();
}

void Engine::setNetworkDown(bool down)
{
    networkDown_ = down;
    pool_.setOffline(down && settings_ && !isOnThisMachine(settings_->baseUrl));
}

void Engine::stopListening()
{
    server_.stopListening();
}

QUrl Engine::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(server_.address().toString());
    url.setPort(server_.port());
    return url;
}

void Engine::useStore()
{
    connect(store_.get(), &KeyStore::loaded, this, &Engine::onKeysLoaded);
    connect(store_.get(), &KeyStore::failed, this, &Engine::onKeysFailed);
    connect(store_.get(), &KeyStore::changed, this, &Engine::reloadKeys);
    keyAdmin_.setStore(store_.get());
    store_->load();
}

void Engine::onKeysLoaded(const KeyList &list)
{
    QList<QByteArray> secrets;
    secrets.reserve(list.keys.size());
    for (const ApiKey &key : list.keys)
        secrets.append(key.secret);
    log_.addSecrets(secrets, {}); // before anything may name one
    for (const QString &warning : list.warnings)
        qCWarning(lcKeys).noquote() << warning;
    pool_.setKeys(list.keys);
    if (open_ && pool_.total() > 0)
        qCInfo(lcKeys) << "API keys read anew:" << pool_.total() << "in the rotation";
    finishLoading();
}

void Engine::onKeysFailed(const Error &error)
{
    qCWarning(lcKeys).noquote() << error.message;
    if (pool_.total() > 0)
        qCWarning(lcKeys) << "The API keys in use stay in use:" << pool_.total();
    finishLoading();
}

void Engine::finishLoading()
{
    if (pool_.total() == 0)
        qCWarning(lcKeys).noquote() << noKeys(*settings_);
    if (open_)
        return;
    open_ = true;
    if (const auto opened = listen(); !opened)
        Q_EMIT failed(opened.error());
}

Expected<void> Engine::listen()
{
    const quint16 port = freePort_ ? server_.port() : settings_->port;
    if (server_.isListening() && server_.address() == settings_->host && server_.port() == port)
        return {};
    if (const auto opened = server_.listen(settings_->host, port); !opened)
        return failure(opened.error().message + heldBy(settings_->host, port));
    network_.setOwnAddress(server_.address(), server_.port());
    network_.warmUp(settings_->baseUrl);
    Q_EMIT listening();
    return {};
}

void Engine::logEvents()
{
    connect(&accessLog_, &AccessLog::recorded, this,
            [this](const RequestRecord &record) { log_.access(record); });
    connect(&pool_, &KeyPool::keyBlacklisted, this, [](const KeySnapshot &key) {
        const QString until = key.until.isNull()
                                  ? QStringLiteral("until it is reset")
                                  : QStringLiteral("until ") + key.until.toString(Qt::ISODate);
        qCWarning(lcKeys).noquote() << QStringLiteral("Key #%1 %2 is set aside %3: %4")
                                           .arg(key.index)
                                           .arg(key.preview, until, key.reason);
    });
    connect(&pool_, &KeyPool::keyRestored, this, [](const KeySnapshot &key) {
        qCInfo(lcKeys).noquote() << QStringLiteral("Key #%1 %2 is back in the rotation: %3")
                                        .arg(key.index)
                                        .arg(key.preview, key.reason);
    });
    connect(&pool_, &KeyPool::keyDisabled, this,
            [](const KeySnapshot &key) {
                qCInfo(lcKeys).noquote()
                    << QStringLiteral("Key #%1 %2 is disabled").arg(key.index).arg(key.preview);
            });
    connect(&pool_, &KeyPool::noKeyLeft, this, [](bool reset) {
        qCWarning(lcKeys).noquote()
            << (reset ? QStringLiteral("No key is left: all cooldowns are ended")
                      : QStringLiteral("No key is left: requests get 503 no_keys_available"));
    });
    connect(
        &pool_, &KeyPool::brakeApplied, this, [](const QDateTime &until, const QString &reason) {
            qCWarning(lcKeys).noquote()
                << QStringLiteral("No key is blamed %1: %2")
                       .arg(until.isNull() ? QStringLiteral("until the network is back")
                                           : QStringLiteral("until ") + until.toString(Qt::ISODate),
                            reason);
        });
}

} // namespace keywheel
