// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"
#include "desktop/monitor.h"
#include "engine/service.h"

namespace keywheel {

/// The service with what a window wants of it: LocalBackend's other half, in the core's thread,
/// which makes, uses and destroys it. Answers come in that thread, perhaps before a call returns.
class DesktopCore : public QObject
{
    Q_OBJECT

public:
    template <class T>
    using Answer = std::function<void(const Expected<T> &)>;

    DesktopCore(const ServiceOptions &options, LogSetup &log);
    ~DesktopCore() override;

    void start();
    Service &service() { return service_; }
    Monitor &monitor() { return demoMonitor_ ? *demoMonitor_ : *ownMonitor_; }

    void setWatched(bool watched);
    void setNetworkDown(bool down);
    void setDemo(bool demo);
    /// The person's own keys, also while the demo runs, which it ends.
    void addKeys(const QList<ApiKey> &keys, const Answer<Backend::Added> &answer);
    /// One of KeyAdmin's calls.
    void callKeys(const QString &call, const QJsonObject &arguments, const Answer<void> &answer);
    void checkKeys(const QStringList &fingerprints, const Answer<QList<Backend::Checked>> &answer);
    void releaseKeys(const QStringList &fingerprints);
    int resetBlacklist();
    Expected<void> allowOrigin(const QString &origin);

Q_SIGNALS:
    /// To be answered by monitor().taken().
    void published(const keywheel::BackendSnapshot &snapshot);
    void settingsRead(const keywheel::SettingsView &view, const QByteArray &authKey);
    void finished(int exitCode);

private:
    std::unique_ptr<Monitor> makeMonitor();
    void onEngineChanged();
    void onSettingsRead();
    ControlServer::Handler keyCall(const QString &name);

    Service service_;
    std::unique_ptr<Monitor> ownMonitor_;
    std::unique_ptr<Monitor> demoMonitor_; ///< while there is a demo
    bool watched_ = false;
};

} // namespace keywheel
