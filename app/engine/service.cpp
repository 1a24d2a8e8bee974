// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service.h"

#include "common/filewatcher.h"
#include "common/logging.h"
#include "demo/demoupstream.h"
#include "engine/announcement.h"
#include "engine/engine.h"
#include "engine/settingedit.h"
#include "engine/settingsources.h"
#include "keystate/statefolder.h"
#include "process/exitcodes.h"
#include "process/logsetup.h"
#include "secrets/inmemorykeystore.h"

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

Service::Service(const ServiceOptions &options, LogSetup &log, OnFailure onFailure)
    : options_(options),
      log_(log),
      onFailure_(onFailure),
      loaded_(*loadSettings(SettingSources()))
{
}

Service::~Service() = default;

SettingSources Service::sources() const
{
    return settingSources(options_);
}

// ---- Start --------------------------------------------------------------------------------------

int Service::start()
{
    if (onlyDemo()) {
        if (const auto started = startUpstream(own_); !started) {
            qCCritical(lcApp).noquote() << started.error().message;
            return ExitFailed;
        }
        options_.settings.insert(QStringLiteral("OPENAI_BASE_URL"),
                                 own_.upstream->baseUrl().toString());
        options_.settings.insert(QStringLiteral("UPSTREAM_PROXY"), QStringLiteral("none"));
    }
    watchFiles(); // before they are read, so that no edit falls between the two
    const auto read = readSettings();
    if (!read && onFailure_ == OnFailure::End)
        return ExitUsage;
    makeEngine(own_);
    joinOwnEngine();
    Q_EMIT engineChanged();
    const auto started = read.and_then([this] { return startOwnEngine(); });
    if (!started && onFailure_ == OnFailure::End)
        return ExitUsage;
    Q_EMIT settingsRead();
    return ExitOk;
}

void Service::watchFiles()
{
    const QStringList places = envFilePlaces(options_);
    for (const QString &place : places) {
        auto *const watcher = new FileWatcher(place, this);
        connect(watcher, &FileWatcher::changed, this, &Service::reload);
        watchers_.insert(place, watcher);
    }
}

Expected<void> Service::startUpstream(EngineSlot &slot)
{
    auto upstream = std::make_unique<DemoUpstream>(clock_);
    auto started = upstream->start();
    if (started)
        slot.upstream = std::move(upstream);
    return started;
}

void Service::makeEngine(EngineSlot &slot)
{
    slot.engine = std::make_unique<Engine>(clock_, log_, slot.upstream ? demoKeys() : nullptr);
    Engine *const engine = slot.engine.get();
    engine->setNetworkDown(networkDown_);
    connect(engine, &Engine::listening, this, &Service::onListening);
    connect(engine, &Engine::drained, this, &Service::endIfDrained);
    connect(engine, &Engine::failed, this, [this](const Error &error) {
        qCCritical(lcApp).noquote() << error.message;
        if (onFailure_ == OnFailure::End)
            Q_EMIT finished(ExitFailed);
    });
}

void Service::joinOwnEngine()
{
    if (!onlyDemo())
        own_.engine->keepKeyStates(stateFolder());
    control_.addHandlers(own_.engine->keyAdmin().handlers());
}

Expected<void> Service::startOwnEngine()
{
    auto started = own_.engine->start(settingsFor(own_), options_.freePort);
    own_.started = started.has_value();
    if (!started)
        noteError(started.error());
    return started;
}

// ---- Settings -----------------------------------------------------------------------------------

Expected<void> Service::readSettings()
{
    auto loaded = loadSettings(sources());
    errors_.clear();
    if (loaded) {
        for (const QString &notice : std::as_const(loaded->notices)) {
            if (!loaded_.notices.contains(notice)) // once, not at each reload
                qCWarning(lcSettings).noquote() << notice;
        }
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

/// The engine keeps an error of its listener: Engine::listenError().
Expected<void> Service::apply(const LoadedSettings &loaded)
{
    loaded_ = loaded;
    if (!own_.started)
        return startOwnEngine();
    auto applied = own_.engine->apply(settingsFor(own_));
    if (applied && demo_.engine)
        applied = demo_.engine->apply(settingsFor(demo_));
    if (applied)
        return applied;
    if (engine().listenError().isEmpty())
        noteError(applied.error());
    else
        qCCritical(lcSettings).noquote() << applied.error().message;
    return applied;
}

/// The demo that can be left goes to its own upstream; the other one got that by options_.
Settings Service::settingsFor(const EngineSlot &slot) const
{
    Settings settings = loaded_.settings;
    if (&slot == &demo_) {
        settings.baseUrl = slot.upstream->baseUrl();
        settings.upstreamProxy = QNetworkProxy(QNetworkProxy::NoProxy);
        settings.upstreamHttp2 = false;
    }
    return settings;
}

Expected<void> Service::saveSetting(const QString &name, const std::optional<QString> &value)
{
    const SettingSources from = sources();
    const auto edited = editSetting(from, name, value);
    if (!edited)
        return tl::unexpected(edited.error());
    const auto loaded = loadSettings(from, *edited);
    if (!loaded || !own_.started || !errors_.isEmpty()) {
        auto saved = writeEnvFile(*edited, from.envFilePath);
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
        done = writeEnvFile(*edited, from.envFilePath);
    if (!done) {
        errors_.clear();
        (void)apply(before);
    }
    Q_EMIT settingsRead();
    return done;
}

/// Whoever calls it has taken the settings over, so the watcher does not tell of them.
Expected<void> Service::writeEnvFile(const EnvFile &file, const QString &path)
{
    auto saved = saveEnvFile(file, path);
    if (FileWatcher *const watcher = watchers_.value(path); watcher && saved)
        watcher->setKnown(file.toText());
    return saved;
}

void Service::reloadKeys()
{
    if (own_.started)
        own_.engine->reloadKeys();
}

// ---- Engines ------------------------------------------------------------------------------------

template <class Call>
void Service::eachEngine(const Call &call)
{
    for (EngineSlot *const slot : {&own_, &demo_}) {
        if (slot->engine)
            call(*slot->engine);
    }
}

void Service::setNetworkDown(bool down)
{
    networkDown_ = down;
    eachEngine([down](Engine &engine) { engine.setNetworkDown(down); });
}

Expected<void> Service::startListening()
{
    if (stopping_)
        return {};
    if (!own_.started && !demo_.engine) {
        auto started = readSettings().and_then([this] { return startOwnEngine(); });
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

Expected<void> Service::setDemo(bool demo)
{
    if (onlyDemo() || demo == isDemo() || stopping_)
        return {};
    return demo ? startDemo() : endDemo();
}

Expected<void> Service::startDemo()
{
    if (auto started = startUpstream(demo_); !started)
        return started;
    makeEngine(demo_);
    own_.engine->stopListening();
    Q_EMIT engineChanged();
    Settings settings = settingsFor(demo_);
    const quint16 port = own_.engine->port();
    if (options_.freePort && port != 0)
        settings.port = port;
    auto started = demo_.engine->start(settings, options_.freePort && port == 0);
    demo_.started = started.has_value();
    return started;
}

Expected<void> Service::endDemo()
{
    const EngineSlot ending = std::exchange(demo_, {});
    const bool wasStopped = ending.engine->isStopped();
    Q_EMIT engineChanged();
    ending.engine->stopListening();
    ending.engine->cancelAll();
    return wasStopped ? Expected<void>() : startListening();
}

void Service::onListening()
{
    if (const auto opened = control_.listen(quint16(engine().url().port())); !opened)
        qCWarning(lcApp).noquote()
            << QStringLiteral("Commands such as `keywheel keys` cannot reach this Keywheel: %1")
                   .arg(opened.error().message);
    announceListener(log_, engine(), isDemo());
    Q_EMIT listening();
}

// ---- End ----------------------------------------------------------------------------------------

void Service::stop()
{
    stopping_ = true;
    control_.close(); // the next one may begin
    eachEngine([](Engine &engine) { engine.stopListening(); });
    if (isDrained())
        return endIfDrained();
    qCInfo(lcApp) << "Stopping: requests and changes of keys that are under way may finish; a "
                     "second signal ends now";
    clock_.callLater(DrainTime, this, [this] {
        qCWarning(lcApp) << "Stopping: what is still under way is cut off";
        Q_EMIT finished(ExitOk); // the rest goes with the engine
    });
}

bool Service::isDrained()
{
    bool drained = true;
    eachEngine([&](Engine &engine) { drained = drained && engine.isDrained(); });
    return drained;
}

void Service::endIfDrained()
{
    if (stopping_ && isDrained())
        Q_EMIT finished(ExitOk);
}

} // namespace keywheel
