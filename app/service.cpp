// SPDX-License-Identifier: GPL-3.0-or-later
#include "service.h"

#include "announcement.h"
#include "commandresult.h"
#include "common/filewatcher.h"
#include "common/logging.h"
#include "demo/demoupstream.h"
#include "engine.h"
#include "keystate/statefolder.h"
#include "logsetup.h"
#include "secrets/inmemorykeystore.h"
#include "settingedit.h"
#include "settingsources.h"

namespace keywheel {

namespace {

std::unique_ptr<KeyStore> demoKeys()
{
    QList<ApiKey> keys = DemoUpstream::keys();
    QList<QByteArray> secrets;
    for (const ApiKey &key : std::as_const(keys))
        secrets.append(key.secret);
    return std::make_unique<InMemoryKeyStore>(secrets);
}

} // namespace

Service::Service(const CommandLine &line, LogSetup &log, OnFailure onFailure)
    : line_(line),
      log_(log),
      onFailure_(onFailure),
      loaded_(*loadSettings(SettingSources()))
{
}

Service::~Service() = default;

SettingSources Service::sources() const
{
    return settingSources(line_);
}

int Service::start()
{
    if (onlyDemo()) {
        auto demo = makeDemo();
        if (!demo) {
            qCCritical(lcApp).noquote() << demo.error().message;
            return ExitFailed;
        }
        demo_ = std::move(*demo);
        line_.settings.insert(QStringLiteral("OPENAI_BASE_URL"), demo_->baseUrl().toString());
        line_.settings.insert(QStringLiteral("UPSTREAM_PROXY"), QStringLiteral("none"));
    }
    // Watched before they are read, so that no edit falls between the two.
    const QStringList places = envFilePlaces(line_);
    for (const QString &place : places)
        connect(new FileWatcher(place, this), &FileWatcher::changed, this, &Service::reload);
    const auto read = readSettings();
    if (!read && onFailure_ == OnFailure::End)
        return ExitUsage;
    engine_ = makeEngine(onlyDemo());
    joinOwnEngine();
    Q_EMIT engineChanged();
    const auto started = read.and_then([this] { return startEngine(); });
    if (!started && onFailure_ == OnFailure::End)
        return ExitUsage;
    Q_EMIT settingsRead();
    return ExitOk;
}

Expected<std::unique_ptr<DemoUpstream>> Service::makeDemo()
{
    auto demo = std::make_unique<DemoUpstream>(clock_);
    if (const auto started = demo->start(); !started)
        return tl::unexpected(started.error());
    return demo;
}

std::unique_ptr<Engine> Service::makeEngine(bool demo)
{
    auto engine = std::make_unique<Engine>(clock_, log_, demo ? demoKeys() : nullptr);
    engine->setNetworkDown(networkDown_);
    connect(engine.get(), &Engine::listening, this, &Service::onListening);
    connect(engine.get(), &Engine::drained, this, &Service::endIfDrained);
    connect(engine.get(), &Engine::failed, this, [this](const Error &error) {
        qCCritical(lcApp).noquote() << error.message;
        if (onFailure_ == OnFailure::End)
            Q_EMIT finished(ExitFailed);
    });
    return engine;
}

void Service::joinOwnEngine()
{
    if (!onlyDemo())
        engine_->keepKeyStates(stateFolder());
    control_.addHandlers(engine_->keyAdmin().handlers());
}

Expected<void> Service::startEngine()
{
    auto started = engine_->start(loaded_.settings, line_.freePort);
    started_ = started.has_value();
    if (!started)
        noteError(started.error());
    return started;
}

Expected<void> Service::readSettings()
{
    auto loaded = loadSettings(sources());
    errors_.clear();
    if (loaded) {
        loaded_ = std::move(*loaded);
        return {};
    }
    for (const Error &error : loaded.error())
        noteError(error);
    return failure(errors_.first());
}

void Service::noteError(const Error &error)
{
    qCCritical(lcSettings).noquote() << error.message;
    errors_.append(error.message);
}

void Service::reload()
{
    if (stopping_)
        return; // it would open the listener again
    if (!readSettings())
        qCWarning(lcSettings) << "The settings in use stay in use.";
    else if (apply(loaded_))
        qCInfo(lcSettings) << "Settings read anew";
    Q_EMIT settingsRead();
}

/// Errors that are the listener's stand in Engine::listenError().
Expected<void> Service::apply(const LoadedSettings &loaded)
{
    loaded_ = loaded;
    if (!started_)
        return startEngine();
    auto applied = engine_->apply(loaded.settings);
    if (applied && demoEngine_)
        applied = demoEngine_->apply(demoSettings());
    if (applied)
        return applied;
    if (engine().listenError().isEmpty())
        noteError(applied.error());
    else
        qCCritical(lcSettings).noquote() << applied.error().message;
    return applied;
}

void Service::reloadKeys()
{
    if (started_)
        engine_->reloadKeys();
}

void Service::setNetworkDown(bool down)
{
    networkDown_ = down;
    if (engine_)
        engine_->setNetworkDown(down);
    if (demoEngine_)
        demoEngine_->setNetworkDown(down);
}

Expected<void> Service::startListening()
{
    if (stopping_)
        return {};
    if (!started_ && !demoEngine_) {
        auto started = readSettings().and_then([this] { return startEngine(); });
        Q_EMIT settingsRead();
        return started;
    }
    auto opened = engine().startListening();
    if (!opened)
        qCCritical(lcApp).noquote() << opened.error().message;
    return opened;
}

void Service::stopListening()
{
    engine().stopListening();
    qCInfo(lcApp) << "Takes no more requests until it is started again";
}

Settings Service::demoSettings() const
{
    Settings settings = loaded_.settings;
    settings.baseUrl = demo_->baseUrl();
    settings.upstreamProxy = QNetworkProxy(QNetworkProxy::NoProxy);
    settings.upstreamHttp2 = false;
    return settings;
}

Expected<void> Service::setDemo(bool demo)
{
    if (onlyDemo() || demo == isDemo() || stopping_)
        return {};
    if (demo) {
        auto upstream = makeDemo();
        if (!upstream)
            return tl::unexpected(upstream.error());
        demo_ = std::move(*upstream);
        demoEngine_ = makeEngine(true);
        engine_->stopListening();
        Q_EMIT engineChanged();
        Settings settings = demoSettings();
        const quint16 port = engine_->port();
        if (line_.freePort && port != 0)
            settings.port = port;
        return demoEngine_->start(settings, line_.freePort && port == 0);
    }
    const auto upstream = std::exchange(demo_, nullptr);
    const auto ending = std::exchange(demoEngine_, nullptr);
    const bool wasStopped = ending->isStopped();
    Q_EMIT engineChanged();
    ending->stopListening();
    ending->cancelAll();
    return wasStopped ? Expected<void>() : startListening();
}

Expected<void> Service::saveSetting(const QString &name, const std::optional<QString> &value)
{
    const SettingSources from = sources();
    const auto edited = editSetting(from, name, value);
    if (!edited)
        return tl::unexpected(edited.error());
    const auto loaded = loadSettings(from, *edited);
    if (!loaded || !started_ || !errors_.isEmpty()) {
        auto saved = saveEnvFile(*edited, from.envFilePath);
        reload();
        return saved;
    }
    // Tried before it is written: the listener may not be able to move.
    const LoadedSettings before = loaded_;
    const bool wasOpen = engine().isListening();
    auto done = apply(*loaded);
    if (!done && !wasOpen && !engine().listenError().isEmpty())
        done = {}; // no news
    if (done)
        done = saveEnvFile(*edited, from.envFilePath);
    if (!done) {
        errors_.clear();
        (void)apply(before);
    }
    Q_EMIT settingsRead();
    return done;
}

void Service::stop()
{
    stopping_ = true;
    control_.close(); // the next one may begin
    if (engine_)
        engine_->stopListening();
    if (demoEngine_)
        demoEngine_->stopListening();
    if (isDrained())
        return endIfDrained();
    qCInfo(lcApp) << "Stopping: requests and changes of keys that are under way may finish; a "
                     "second signal ends now";
    clock_.callLater(DrainTime, this, [this] {
        qCWarning(lcApp) << "Stopping: what is still under way is cut off";
        Q_EMIT finished(ExitOk); // the rest goes with the engine
    });
}

bool Service::isDrained() const
{
    return (!engine_ || engine_->isDrained()) && (!demoEngine_ || demoEngine_->isDrained());
}

void Service::endIfDrained()
{
    if (stopping_ && isDrained())
        Q_EMIT finished(ExitOk);
}

void Service::onListening()
{
    if (const auto opened = control_.listen(quint16(engine().url().port())); !opened)
        qCWarning(lcApp).noquote()
            << QStringLiteral("Commands such as `keywheel keys` cannot reach this Keywheel: %1")
                   .arg(opened.error().message);
    announceListener(log_, engine(), demo_ != nullptr);
    Q_EMIT listening();
}

} // namespace keywheel
