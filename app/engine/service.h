// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "control/controlserver.h"
#include "engine/serviceoptions.h"
#include "settings/settingsloader.h"

#include <QObject>

#include <memory>
#include <optional>

namespace keywheel {

class DemoUpstream;
class Engine;
class EnvFile;
class FileWatcher;
class LogSetup;

/// The running server without the process around it: settings and the files they come from, the
/// engine, the control channel, the demo.
///
/// Thread: any one with an event loop, where all of it is made, used and destroyed. `log` must
/// outlive it. Ends by finished(), once.
class Service : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds DrainTime{10};

    /// What bad settings and a listener that cannot be opened at the start mean: the end, or that
    /// somebody sees to it.
    enum class OnFailure { End, Stay };

    Service(const ServiceOptions &options, LogSetup &log, OnFailure onFailure);
    ~Service() override;

    /// ExitOk, or ExitUsage for bad settings; ExitFailed comes by finished() too.
    int start();
    /// Reads settings and keys anew.
    void reload();
    void reloadKeys();
    void setNetworkDown(bool down);
    /// Takes no more requests and lets those under way, and changes of the keys, finish, for
    /// DrainTime at most.
    void stop();

    Clock &clock() { return clock_; }
    /// The one whose listener is open: that of the demo while it runs.
    Engine &engine() { return demo_.engine ? *demo_.engine : *own_.engine; }
    /// The one with the person's own keys; null when the command line asked for the demo.
    Engine *ownEngine() { return onlyDemo() ? nullptr : own_.engine.get(); }
    bool isDemo() const { return onlyDemo() || demo_.engine; }

    /// Opens the listener again after stopListening() or a failure.
    Expected<void> startListening();
    void stopListening();
    /// Changes between the simulated upstream with its sample keys and the person's own, which
    /// stay as they are. Exchanges with the own ones go on.
    Expected<void> setDemo(bool demo);

    /// The last good ones; the defaults before the first.
    const LoadedSettings &settings() const { return loaded_; }
    /// Of the last reading, one line each.
    const QStringList &settingErrors() const { return errors_; }
    SettingSources sources() const;
    /// Writes the .env file and takes the setting over; nullopt takes it out of the file. When it
    /// is bad, fixed by a stronger source or cannot be used, nothing is written and the error says
    /// why.
    Expected<void> saveSetting(const QString &name, const std::optional<QString> &value);

Q_SIGNALS:
    void finished(int exitCode);
    /// The listener is open, and the terminal told.
    void listening();
    /// The settings were read, or some of them refused.
    void settingsRead();
    /// engine() is another one, not started yet, and the one of a demo is about to go.
    void engineChanged();

private:
    /// An engine, and the simulated upstream that it sends to if it is a demo's.
    struct EngineSlot
    {
        std::unique_ptr<DemoUpstream> upstream;
        std::unique_ptr<Engine> engine; ///< null: the slot is empty
        bool started = false;           ///< the engine has got settings
    };

    bool onlyDemo() const { return options_.demo; }
    template <class Call>
    void eachEngine(const Call &call);
    Expected<void> startUpstream(EngineSlot &slot);
    void makeEngine(EngineSlot &slot);
    void joinOwnEngine();
    Expected<void> startOwnEngine();
    Expected<void> startDemo();
    Expected<void> endDemo();
    void watchFiles();
    Expected<void> writeEnvFile(const EnvFile &file, const QString &path);
    Expected<void> readSettings();
    Expected<void> apply(const LoadedSettings &loaded);
    void noteError(const Error &error);
    Settings settingsFor(const EngineSlot &slot) const;
    void onListening();
    bool isDrained();
    void endIfDrained();

    ServiceOptions options_; ///< with the settings that a demo needs
    LogSetup &log_;
    OnFailure onFailure_;
    SystemClock clock_;
    LoadedSettings loaded_;
    QStringList errors_;
    QMap<QString, FileWatcher *> watchers_; ///< by the path of the .env file; children
    EngineSlot own_;                        ///< also of a demo that cannot be left
    EngineSlot demo_;                       ///< of a demo that can be left, while it runs
    ControlServer control_;                 ///< its handlers are the engine's, so it goes first
    bool networkDown_ = false;
    bool stopping_ = false;
};

} // namespace keywheel
