// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commandline.h"
#include "common/clock.h"
#include "controlserver.h"
#include "logsetup.h"
#include "networkwatch.h"
#include "settings/settings.h"
#include "signalwatcher.h"

#include <QObject>

#include <memory>

namespace keywheel {

class DemoUpstream;
class Engine;

/// The running server from start to end: settings, engine, the operating system's signals.
///
/// SIGINT and SIGTERM take no more requests and let those under way finish, for DrainTime at most;
/// a second one ends now with exit code 128 + its number. SIGHUP reads settings and keys anew,
/// unless the program was started in a terminal: then it stops too (see SignalWatcher).
/// Thread: the main one, which runs the core too.
class Application : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds DrainTime{10};

    explicit Application(const CommandLine &line);
    ~Application() override;

    /// Runs the event loop until the end and returns the exit code: ExitUsage for bad settings,
    /// ExitFailed when the listener cannot be opened.
    int run();

private:
    int start();
    Expected<void> startDemo();
    void makeEngine();
    void announceListener();
    void announceDemo();
    void openControl();
    void reload();
    void failToListen(const Error &error);
    void stop(int signal);

    CommandLine line_; ///< with the settings that a demo needs
    SystemClock clock_;
    LogSetup log_;
    Settings settings_{}; ///< the last good ones
    std::unique_ptr<DemoUpstream> demo_;
    std::unique_ptr<Engine> engine_;
    ControlServer control_; ///< its handlers are the engine's, so it goes first
    SignalWatcher signals_;
    NetworkWatch network_;
    bool stopping_ = false;
};

} // namespace keywheel
