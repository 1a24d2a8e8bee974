// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/desktopcore.h"

#include "common/logging.h"
#include "desktop/settingsview.h"
#include "engine/engine.h"

#include <QJsonArray>

namespace keywheel {

namespace {

QString field(const char *name)
{
    return QLatin1String(name);
}

Backend::Checked::Outcome outcomeNamed(const QString &word)
{
    using Outcome = Backend::Checked::Outcome;
    if (word == QLatin1String("good"))
        return Outcome::Good;
    if (word == QLatin1String("bad"))
        return Outcome::Bad;
    return word == QLatin1String("limited") ? Outcome::Limited : Outcome::Unknown;
}

QList<Backend::Checked> checkedRows(const QJsonObject &result)
{
    QList<Backend::Checked> checked;
    const QJsonArray rows = result.value(field("rows")).toArray();
    for (const QJsonValue row : rows)
        checked.append({row[field("fingerprint")].toString(),
                        outcomeNamed(row[field("check")].toString()),
                        row[field("checkReason")].toString()});
    return checked;
}

Backend::Added countAdded(const QJsonObject &result)
{
    Backend::Added count;
    const QJsonArray added = result.value(field("added")).toArray();
    for (const QJsonValue isNew : added)
        ++(isNew.toBool() ? count.added : count.present);
    return count;
}

} // namespace

DesktopCore::DesktopCore(const ServiceOptions &options, LogSetup &log)
    : service_(options, log, Service::OnFailure::Stay)
{
    connect(&service_, &Service::finished, this, &DesktopCore::finished);
    connect(&service_, &Service::settingsRead, this, &DesktopCore::onSettingsRead);
    connect(&service_, &Service::engineChanged, this, &DesktopCore::onEngineChanged);
}

DesktopCore::~DesktopCore() = default;

void DesktopCore::start()
{
    if (const int code = service_.start(); code != 0)
        Q_EMIT finished(code);
}

std::unique_ptr<Monitor> DesktopCore::makeMonitor()
{
    auto monitor = std::make_unique<Monitor>(service_.engine(), service_.clock());
    monitor->setDemo(service_.isDemo());
    monitor->setSettings(service_.settings().settings, service_.settingErrors());
    connect(monitor.get(), &Monitor::published, this,
            [this, made = monitor.get()](const BackendSnapshot &snapshot) {
                if (made == &this->monitor())
                    Q_EMIT published(snapshot);
                else
                    made->taken();
            });
    return monitor;
}

void DesktopCore::onSettingsRead()
{
    Q_EMIT settingsRead(
        settingsView(service_.settings(), service_.sources(), service_.settingErrors()),
        service_.settings().settings.authKey);
    for (Monitor *const monitor : {ownMonitor_.get(), demoMonitor_.get()}) {
        if (monitor)
            monitor->setSettings(service_.settings().settings, service_.settingErrors());
    }
}

void DesktopCore::onEngineChanged()
{
    if (!ownMonitor_) {
        ownMonitor_ = makeMonitor();
        ownMonitor_->setWatched(watched_);
        return;
    }
    demoMonitor_ = service_.isDemo() ? makeMonitor() : nullptr;
    if (demoMonitor_)
        ownMonitor_->setWatched(false);
    monitor().taken();          // whichever snapshot the window still has to take
    monitor().setWatched(true); // so that it shows the other engine even if it is hidden
    monitor().setWatched(watched_);
}

void DesktopCore::setWatched(bool watched)
{
    watched_ = watched;
    if (ownMonitor_)
        monitor().setWatched(watched);
}

void DesktopCore::setNetworkDown(bool down)
{
    service_.setNetworkDown(down);
    if (ownMonitor_)
        monitor().noteChange();
}

void DesktopCore::setDemo(bool demo)
{
    if (const auto done = service_.setDemo(demo); !done)
        qCCritical(lcApp).noquote() << done.error().message;
}

ControlServer::Handler DesktopCore::keyCall(const QString &name)
{
    return service_.engine().keyAdmin().handlers().value(name);
}

void DesktopCore::addKeys(const QList<ApiKey> &keys, const Answer<Backend::Added> &answer)
{
    Engine &own = service_.ownEngine() ? *service_.ownEngine() : service_.engine();
    QJsonArray rows;
    for (const ApiKey &key : keys)
        rows.append(QJsonObject{{field("secret"), QString::fromUtf8(key.secret)},
                                {field("label"), key.label}});
    own.keyAdmin().handlers().value(field("keys.add"))(
        QJsonObject{{field("keys"), rows}}, [this, answer](const Expected<QJsonObject> &result) {
            if (result)
                setDemo(false);
            answer(result.map(countAdded));
        });
}

void DesktopCore::callKeys(const QString &call, const QJsonObject &arguments,
                           const Answer<void> &answer)
{
    keyCall(call)(arguments, [this, answer](const Expected<QJsonObject> &result) {
        monitor().noteChange();
        answer(result.map([](const QJsonObject &) {}));
    });
}

void DesktopCore::checkKeys(const QStringList &fingerprints,
                            const Answer<QList<Backend::Checked>> &answer)
{
    keyCall(field("keys.check"))(
        QJsonObject{{field("fingerprints"), QJsonArray::fromStringList(fingerprints)}},
        [answer](const Expected<QJsonObject> &result) { answer(result.map(checkedRows)); });
}

void DesktopCore::releaseKeys(const QStringList &fingerprints)
{
    for (const QString &fingerprint : fingerprints)
        service_.engine().pool().putBack(fingerprint);
    monitor().noteChange();
}

int DesktopCore::resetBlacklist()
{
    const int count = service_.engine().pool().resetBlacklist();
    monitor().noteChange();
    return count;
}

Expected<void> DesktopCore::allowOrigin(const QString &origin)
{
    QStringList allowed = service_.settings().settings.allowedOrigins;
    if (allowed.contains(origin))
        return {};
    allowed.append(origin);
    return service_.saveSetting(QStringLiteral("ALLOWED_ORIGINS"), allowed.join(u','));
}

} // namespace keywheel
