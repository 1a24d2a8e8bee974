// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/accesslog.h"
#include "common/clock.h"
#include "common/clockalarm.h"
#include "engine/keyadmin.h"
#include "engine/statusreport.h"
#include "keypool/keypool.h"
#include "keystate/keystatestore.h"
#include "proxy/keychecker.h"
#include "proxy/proxy.h"
#include "secrets/keystore.h"
#include "server/httpserver.h"
#include "settings/settings.h"
#include "upstream/accessmanager.h"

#include <memory>

namespace keywheel {

class LogSetup;

/// The core's services, made in the order in which a request needs them, joined and owned.
///
/// Thread: any one with an event loop; all of the core runs in it. `clock` and `log` must outlive
/// it. Destroying it closes every connection.
///
/// Signals: after start() keysLoaded() or keysFailed() first, then listening() or failed();
/// afterwards in any order.
class Engine : public QObject
{
    Q_OBJECT

public:
    /// `keys`, when given, is used instead of the store that the settings name.
    Engine(Clock &clock, LogSetup &log, std::unique_ptr<KeyStore> keys = nullptr,
           QObject *parent = nullptr);
    ~Engine() override;

    /// Keeps what happens to the keys in a file of this folder; to be called before start().
    /// Without it, it is forgotten at the end.
    void keepKeyStates(const QString &folder) { keyStates_.open(folder); }
    /// Loads the keys, then opens the listener; on any free port instead of PORT when `freePort`.
    /// Fails at once when the upstream's settings cannot be used (UPSTREAM_CA_FILE).
    Expected<void> start(const Settings &settings, bool freePort);
    /// Takes new settings over without touching exchanges under way. Only HOST and PORT move the
    /// listener; when the new address cannot be opened, the old one stays open, the error says why,
    /// and the other settings hold. An upstream error leaves all settings as they were.
    Expected<void> apply(const Settings &settings);
    void reloadKeys();

    /// Takes no more requests; those under way and changes of the keys go on until drained(), which
    /// comes only when there are any: see isDrained(). Settings that come meanwhile do not open the
    /// listener.
    void stopListening();
    /// Opens it again, after stopListening() or failed(); as start() does if the keys have not
    /// come.
    Expected<void> startListening();
    bool isDrained() const { return server_.activeCount() == 0 && keyAdmin_.isIdle(); }
    void cancelAll() { proxy_.cancelAll(); }

    /// `http://HOST:PORT` of the open listener.
    QUrl url() const;
    bool isListening() const { return server_.isListening(); }
    bool isStopped() const { return stopped_; } ///< by stopListening()
    /// Of the listener, where it is open or will be; 0: not known yet.
    quint16 port() const;
    /// Why the last attempt to open the listener, or to move it, failed; empty when it did not.
    QString listenError() const { return listenError_; }
    /// The settings in use; null before start().
    const Settings *settings() const { return settings_.get(); }
    int keyCount() const { return pool_.total(); }
    /// KeyStore::seemsFilled(); false before start().
    bool seemsToHaveKeys() const { return store_ && store_->seemsFilled(); }
    /// No key is blamed meanwhile, unless the upstream is on this machine.
    void setNetworkDown(bool down);
    KeyAdmin &keyAdmin() { return keyAdmin_; }
    KeyPool &pool() { return pool_; }
    AccessLog &accessLog() { return accessLog_; }

Q_SIGNALS:
    /// The listener is open, or has moved.
    void listening();
    /// The listener could not be opened at start.
    void failed(const keywheel::Error &error);
    /// The pool has the keys of the store.
    void keysLoaded();
    /// They could not be read; those in use stay in use.
    void keysFailed(const keywheel::Error &error);
    /// Other settings are in use, or the listener could not be moved.
    void settingsApplied();
    /// The listener was closed by stopListening().
    void stopped();
    /// A browser's page was refused; once for each origin.
    void originRefused(const QString &origin);
    /// Every request has been answered, and every change of the keys has been stored.
    void drained();

private:
    void useStore();
    void onKeysLoaded(const KeyList &list);
    void onKeysFailed(const Error &error);
    void finishLoading();
    void tellIfDrained();
    Expected<void> listen();

    Clock &clock_;
    LogSetup &log_;
    std::unique_ptr<Settings> settings_; ///< the last good ones; null before start()
    bool freePort_ = false;
    bool networkDown_ = false;
    bool open_ = false;    ///< the keys have come, so the listener may open
    bool stopped_ = false; ///< by stopListening()
    quint16 lastPort_ = 0;
    QString listenError_;

    bool ownStore_;
    std::unique_ptr<KeyStore> store_;
    KeyPool pool_;
    ClockAlarm clockAlarm_;
    KeyStateStore keyStates_;
    AccessLog accessLog_;
    AccessManager network_;
    Proxy proxy_;
    KeyChecker checker_;
    KeyAdmin keyAdmin_;
    StatusReport status_;
    HttpServer server_;
};

} // namespace keywheel
