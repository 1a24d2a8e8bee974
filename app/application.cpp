// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "commandresult.h"
#include "common/filewatcher.h"
#include "common/logging.h"
#include "demo/demoupstream.h"
#include "engine.h"
#include "keystate/statefolder.h"
#include "secrets/inmemorykeystore.h"
#include "settingsources.h"

#include <QCoreApplication>

namespace keywheel {

namespace {

void logErrors(const QList<Error> &errors)
{
    for (const Error &error : errors)
        qCCritical(lcSettings).noquote() << error.message;
}

QString keyCount(int count)
{
    return count == 1 ? QStringLiteral("1 API key") : QStringLiteral("%1 API keys").arg(count);
}

} // namespace

Application::Application(const CommandLine &line) : line_(line)
{
    connect(&signals_, &SignalWatcher::stopRequested, this, &Application::stop);
    connect(&signals_, &SignalWatcher::reloadRequested, this, [this] {
        reload();
        engine_->reloadKeys();
    });
}

Application::~Application() = default;

int Application::run()
{
    const int code = start();
    return code == ExitOk ? QCoreApplication::exec() : code;
}

int Application::start()
{
    if (line_.demo) {
        if (const auto started = startDemo(); !started) {
            qCCritical(lcApp).noquote() << started.error().message;
            return ExitFailed;
        }
    }
    // Watched before they are read, so that no edit falls between the two.
    const QStringList places = envFilePlaces(line_);
    for (const QString &place : places)
        connect(new FileWatcher(place, this), &FileWatcher::changed, this, &Application::reload);
    const auto loaded = loadSettings(settingSources(line_));
    if (!loaded) {
        logErrors(loaded.error());
        return ExitUsage;
    }
    settings_ = loaded->settings;
    makeEngine();
    if (const auto started = engine_->start(settings_, line_.freePort); !started) {
        logErrors({started.error()});
        return ExitUsage;
    }
    return ExitOk;
}

Expected<void> Application::startDemo()
{
    demo_ = std::make_unique<DemoUpstream>(clock_);
    return demo_->start().map([this] {
        line_.settings.insert(QStringLiteral("OPENAI_BASE_URL"), demo_->baseUrl().toString());
        line_.settings.insert(QStringLiteral("UPSTREAM_PROXY"), QStringLiteral("none"));
    });
}

void Application::makeEngine()
{
    std::unique_ptr<KeyStore> keys;
    if (demo_) {
        QList<QByteArray> samples;
        const QList<ApiKey> demoKeys = DemoUpstream::keys();
        for (const ApiKey &key : demoKeys)
            samples.append(key.secret);
        keys = std::make_unique<InMemoryKeyStore>(samples);
    }
    engine_ = std::make_unique<Engine>(clock_, log_, std::move(keys));
    if (!demo_)
        engine_->keepKeyStates(stateFolder());
    connect(&network_, &NetworkWatch::changed, engine_.get(), &Engine::setNetworkDown);
    engine_->setNetworkDown(network_.isDown());
    control_.addHandlers(engine_->keyAdmin().handlers());
    connect(engine_.get(), &Engine::listening, this, &Application::openControl);
    connect(engine_.get(), &Engine::listening, this, &Application::announceListener);
    connect(engine_.get(), &Engine::failed, this, &Application::failToListen);
    connect(engine_.get(), &Engine::drained, this, [this] {
        if (stopping_)
            QCoreApplication::exit(ExitOk);
    });
}

void Application::openControl()
{
    if (const auto opened = control_.listen(quint16(engine_->url().port())); !opened)
        qCWarning(lcApp).noquote()
            << QStringLiteral("Commands such as `keywheel keys` cannot reach this Keywheel: %1")
                   .arg(opened.error().message);
}

void Application::announceListener()
{
    log_.announce(QStringLiteral("Keywheel listens on ") + engine_->url().toString());
    log_.announce(keyCount(engine_->keyCount()) + QStringLiteral(" for ") +
                  settings_.baseUrl.toString(QUrl::RemoveUserInfo));
    if (demo_)
        announceDemo();
}

void Application::announceDemo()
{
    const QString credentials = settings_.authKey.isEmpty()
                                    ? QString()
                                    : QStringLiteral(R"( -H "Authorization: Bearer $AUTH_KEY")");
    log_.announce(QStringLiteral("Base URL for your tools: %1/v1 (a simulated API; two of its keys "
                                 "are bad, and one is over its rate limit now and then)")
                      .arg(engine_->url().toString()));
    log_.announce(QStringLiteral("Try: curl -N %1/v1/chat/completions%2 "
                                 "-H 'Content-Type: application/json' "
                                 R"(-d '{"model":"demo","stream":true,"messages":)"
                                 R"([{"role":"user","content":"Hello"}]}')")
                      .arg(engine_->url().toString(), credentials));
}

void Application::reload()
{
    if (stopping_)
        return; // it would open the listener again
    const auto loaded = loadSettings(settingSources(line_));
    if (!loaded) {
        logErrors(loaded.error());
        qCWarning(lcSettings) << "The settings in use stay in use.";
        return;
    }
    settings_ = loaded->settings;
    if (const auto applied = engine_->apply(settings_); !applied)
        qCCritical(lcSettings).noquote() << applied.error().message;
    else
        qCInfo(lcSettings) << "Settings read anew";
}

void Application::failToListen(const Error &error)
{
    qCCritical(lcApp).noquote() << error.message;
    QCoreApplication::exit(ExitFailed);
}

void Application::stop(int signal)
{
    if (stopping_) {
        QCoreApplication::exit(128 + signal);
        return;
    }
    stopping_ = true;
    control_.close(); // the next one may begin
    engine_->stopListening();
    if (engine_->isDrained()) {
        QCoreApplication::exit(ExitOk);
        return;
    }
    qCInfo(lcApp) << "Stopping: requests under way may finish; a second signal ends now";
    clock_.callLater(DrainTime, this, [this] {
        qCWarning(lcApp) << "Stopping: the requests still under way are cut off";
        engine_->cancelAll();
        QCoreApplication::exit(ExitOk);
    });
}

} // namespace keywheel
