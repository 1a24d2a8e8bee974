// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commandline.h"
#include "common/clock.h"
#include "controlserver.h"
#include "settings/settingsloader.h"

#include <QObject>

#include <memory>
#include <optional>

namespace keywheel {

class DemoUpstream;
class Engine;
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

    Service(const CommandLine &line, LogSetup &log, OnFailure onFailure);
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
    Engine &engine() { return demoEngine_ ? *demoEngine_ : *engine_; }
    /// The one with the person's own keys; null when the command line asked for the demo.
    Engine *ownEngine() { return onlyDemo() ? nullptr : engine_.get(); }
    bool isDemo() const { return demo_ != nullptr; }

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
    bool onlyDemo() const { return line_.demo; }
    Expected<std::unique_ptr<DemoUpstream>> makeDemo();
    std::unique_ptr<Engine> makeEngine(bool demo);
    void joinOwnEngine();
    Expected<void> startEngine();
    Expected<void> readSettings();
    Expected<void> apply(const LoadedSettings &loaded);
    void noteError(const Error &error);
    Settings demoSettings() const;
    void onListening();
    bool isDrained() const;
    void endIfDrained();

    CommandLine line_; ///< with the settings that a demo needs
    LogSetup &log_;
    OnFailure onFailure_;
    SystemClock clock_;
    LoadedSettings loaded_;
    QStringList errors_;
    std::unique_ptr<DemoUpstream> demo_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Engine> demoEngine_; ///< while a demo runs that can be left
    ControlServer control_;              ///< its handlers are the engine's, so it goes first
    bool started_ = false;               ///< the engine has got settings
    bool networkDown_ = false;
    bool stopping_ = false;
};

} // namespace keywheel
