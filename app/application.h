// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/networkwatch.h"
#include "engine/service.h"
#include "process/logsetup.h"
#include "process/signalwatcher.h"

#include <QObject>

namespace keywheel {

/// The server without a window, from start to end: the service and the operating system's signals.
///
/// SIGINT and SIGTERM take no more requests and let those under way finish, for Service::DrainTime
/// at most; a second one ends now with exit code 128 + its number. SIGHUP reads settings and keys
/// anew, unless the program was started in a terminal: then it stops too (see SignalWatcher).
/// Thread: the main one, which runs the core too.
class Application : public QObject
{
    Q_OBJECT

public:
    explicit Application(const ServiceOptions &options);

    /// Runs the event loop until the end and returns the exit code: ExitUsage for bad settings,
    /// ExitFailed when the listener cannot be opened.
    int run();

private:
    void stop(int signal);

    LogSetup log_;
    Service service_;
    SignalWatcher signals_;
    NetworkWatch network_;
    bool stopping_ = false;
};

} // namespace keywheel
