// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include "common/logging.h"
#include "engine/eventlog.h"
#include "engine/keystores.h"
#include "engine/upstreamconfig.h"
#include "process/logsetup.h"
#include "process/portholder.h"
#include "settings/settingsloader.h"

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

void logWarnings(const Settings &settings)
{
    const QStringList warnings = settingWarnings(settings);
    for (const QString &warning : warnings)
        qCWarning(lcApp).noquote() << warning;
}

QList<QHostAddress> listenAddresses(const Settings &settings)
{
    QList<QHostAddress> addresses{settings.host};
    if (settings.bothLoopbacks)
        addresses.append(QHostAddress(QHostAddress::LocalHostIPv6));
    return addresses;
}

/// ` (held by PROGRAM, process N)`, when another program is why a listener cannot be opened and it
/// can be seen.
QString heldBy(const QList<QHostAddress> &addresses, quint16 port)
{
    for (const QHostAddress &address : addresses) {
        QTcpServer probe;
        if (probe.listen(address, port) ||
            probe.serverError() != QAbstractSocket::AddressInUseError)
            continue;
        const auto holder = findPortHolder(address, port);
        if (holder && holder->pid != QCoreApplication::applicationPid())
            return QStringLiteral(" (held by %1, process %2)")
                .arg(holder->program, QString::number(holder->pid));
    }
    return {};
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
    connect(&server_, &HttpServer::idle, this, &Engine::tellIfDrained);
    connect(&keyAdmin_, &KeyAdmin::idle, this, &Engine::tellIfDrained);
    connect(&server_, &HttpServer::originRefused, this, &Engine::originRefused);
    logEvents(pool_, accessLog_, log_);
}

Engine::~Engine()
{
    proxy_.cancelAll();
}

Expected<void> Engine::start(const Settings &settings, bool freePort)
{
    freePort_ = freePort;
    if (clockAlarm_.isAvailable())
        connect(&clockAlarm_, &ClockAlarm::clockChanged, &pool_, &KeyPool::lookAtClock);
    else
        pool_.watchClock();
    return apply(settings);
}

Expected<void> Engine::apply(const Settings &settings)
{
    log_.addSecrets({}, {settings.authKey, settings.upstreamProxy.password().toUtf8()});
    if (auto accepted = network_.setConfig(upstreamConfig(settings)); !accepted)
        return accepted;
    const bool first = !settings_;
    const bool otherAuthKey = first || settings_->authKey != settings.authKey;
    const bool otherAccess = otherAuthKey || settings_->host != settings.host;
    const bool otherUpstream = !first && settings_->baseUrl != settings.baseUrl;
    const bool otherStore = ownStore_ && (first || !isSameKeyStore(*settings_, settings));
    settings_ = std::make_unique<Settings>(settings);
    log_.setLevel(settings.logLevel);
    log_.setFormat(settings.logFormat);
    pool_.setConfig({.startIndex = settings.startIndex,
                     .threshold = settings.blacklistThreshold,
                     .resetWhenNoneLeft = settings.allKeysBlacklisted == WhenNoKeyLeft::Reset,
                     .tryAgainAfter = settings.keyCheckInterval,
                     .strategy = keyStrategy(settings.keyStrategy)});
    proxy_.setConfig({settings.baseUrl, settings.maxRetries});
    checker_.setConfig(settings.baseUrl, settings.keyCheckInterval);
    if (otherUpstream) {
        const QStringList refused = pool_.permanentKeys();
        pool_.upstreamChanged();
        for (const QString &fingerprint : refused)
            checker_.check(fingerprint);
    }
    setNetworkDown(networkDown_);
    server_.setConfig(serverConfig(settings));
    if (otherAccess)
        warnIfOpen(settings);
    if (otherAuthKey)
        logWarnings(settings);
    if (otherStore)
        store_ = makeKeyStore(settings, clock_);
    if (first || otherStore)
        useStore();
    auto listened = open_ && !stopped_ ? listen() : Expected<void>();
    Q_EMIT settingsApplied();
    return listened;
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
    stopped_ = true;
    listenError_.clear();
    server_.stopListening();
    Q_EMIT stopped();
}

Expected<void> Engine::startListening()
{
    stopped_ = false;
    return open_ ? listen() : Expected<void>();
}

QUrl Engine::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(server_.address().toString());
    url.setPort(server_.port());
    return url;
}

quint16 Engine::port() const
{
    if (server_.isListening())
        return server_.port();
    return freePort_ || !settings_ ? lastPort_ : settings_->port;
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
    Q_EMIT keysLoaded();
    finishLoading();
}

void Engine::onKeysFailed(const Error &error)
{
    qCWarning(lcKeys).noquote() << error.message;
    if (pool_.total() > 0)
        qCWarning(lcKeys) << "The API keys in use stay in use:" << pool_.total();
    Q_EMIT keysFailed(error);
    finishLoading();
}

void Engine::finishLoading()
{
    if (pool_.total() == 0)
        qCWarning(lcKeys).noquote() << noKeys(*settings_);
    if (open_)
        return;
    open_ = true;
    if (stopped_)
        return;
    if (const auto opened = listen(); !opened)
        Q_EMIT failed(opened.error());
}

void Engine::tellIfDrained()
{
    if (isDrained())
        Q_EMIT drained();
}

Expected<void> Engine::listen()
{
    const quint16 port = freePort_ ? lastPort_ : settings_->port;
    listenError_.clear();
    const QList<QHostAddress> addresses = listenAddresses(*settings_);
    if (server_.isListeningOn(addresses, port))
        return {};
    if (const auto opened = server_.listen(addresses, port); !opened) {
        listenError_ = opened.error().message + heldBy(addresses, port);
        return failure(listenError_);
    }
    lastPort_ = server_.port();
    network_.setOwnAddresses(server_.addresses(), server_.port());
    network_.warmUp(settings_->baseUrl);
    Q_EMIT listening();
    return {};
}

} // namespace keywheel
