// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/desktopprogram.h"

#include "autostart/systemautostart.h"
#include "backend/preferences.h"
#include "cli/launch.h"
#include "common/logging.h"
#include "control/singleinstance.h"
#include "desktop.h"
#include "desktop/localbackend.h"
#include "engine/networkwatch.h"
#include "process/exitcodes.h"
#include "process/logsetup.h"
#include "process/signalwatcher.h"

#include <QApplication>
#include <QStandardPaths>

#include <memory>

namespace keywheel {

namespace {

QString preferencesFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
           QLatin1String("/window.ini");
}

/// What runs between start and end. The order is that of construction.
class DesktopProgram : public QObject
{
public:
    explicit DesktopProgram(const CommandLine &line)
        : line_(line),
          backend_(serviceOptions(line), log_),
          preferences_(preferencesFile()),
          autostart_(systemAutostart()),
          desktop_(std::make_unique<Desktop>(backend_, preferences_, *autostart_))
    {
        connect(desktop_.get(), &Desktop::quitWanted, this, [this] { quit(); });
        connect(&signals_, &SignalWatcher::stopRequested, this, &DesktopProgram::onSignal);
        connect(&signals_, &SignalWatcher::reloadRequested, &backend_, &LocalBackend::reload);
        connect(&network_, &NetworkWatch::changed, &backend_, &LocalBackend::setNetworkDown);
        connect(&backend_, &LocalBackend::finished, this, &QCoreApplication::exit);
    }

    int run(SingleInstance &instance)
    {
        instance_ = &instance;
        connect(instance_, &SingleInstance::called, this, &DesktopProgram::onCall);
        backend_.setNetworkDown(network_.isDown());
        backend_.run();
        desktop_->start(startsMinimised());
        return QCoreApplication::exec();
    }

private:
    /// What the command line says goes before what the person usually wants.
    bool startsMinimised() const
    {
        return line_.minimised ||
               (preferences_.startMinimised() && line_.wish != CommandLine::Wish::Show);
    }

    void onCall(SingleInstance::Call call)
    {
        if (quitting_)
            return;
        switch (call) {
        case SingleInstance::Call::Show:
            desktop_->showWindow();
            break;
        case SingleInstance::Call::Toggle:
            desktop_->toggleWindow();
            break;
        case SingleInstance::Call::StartServer:
            backend_.start();
            break;
        case SingleInstance::Call::StopServer:
            backend_.stop();
            break;
        case SingleInstance::Call::Quit:
            quit();
            break;
        }
    }

    void onSignal(int signal)
    {
        if (quitting_)
            QCoreApplication::exit(128 + signal);
        else
            quit();
    }

    void quit()
    {
        if (std::exchange(quitting_, true))
            return;
        instance_->end();
        // Not at once: it may be the window that asked for it. The window first: keys that are
        // about to be removed go with it, and nothing is to be seen of what still ends.
        QMetaObject::invokeMethod(
            this,
            [this] {
                desktop_.reset();
                backend_.shutDown();
            },
            Qt::QueuedConnection);
    }

    const CommandLine line_;
    LogSetup log_;
    LocalBackend backend_;
    Preferences preferences_;
    std::unique_ptr<Autostart> autostart_;
    std::unique_ptr<Desktop> desktop_; ///< null once it ends
    SignalWatcher signals_;
    NetworkWatch network_;
    SingleInstance *instance_ = nullptr;
    bool quitting_ = false;
};

/// What a second start wants of the first.
std::optional<SingleInstance::Call> callOf(const CommandLine &line)
{
    return line.minimised ? std::nullopt : std::optional(SingleInstance::Call::Show);
}

} // namespace

int runDesktop(const CommandLine &line)
{
    SingleInstance instance;
    const auto role = instance.begin(callOf(line));
    if (!role) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(role.error().message));
        return ExitFailed;
    }
    if (*role == SingleInstance::Role::Second)
        return ExitOk;
    QApplication::setQuitOnLastWindowClosed(false);
    return DesktopProgram(line).run(instance);
}

} // namespace keywheel
