// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "commandresult.h"
#include "idlecode.h"
#include "servicemanager.h"

#include <QCoreApplication>
#include <QTimer>

namespace keywheel {

Application::Application(const CommandLine &line) : service_(line, log_, Service::OnFailure::End)
{
    connect(&service_, &Service::finished, this, &QCoreApplication::exit);
    connect(&service_, &Service::listening, this, [] { notifyServiceManager("READY=1"); });
    connect(&signals_, &SignalWatcher::stopRequested, this, &Application::stop);
    connect(&signals_, &SignalWatcher::reloadRequested, this, [this] {
        service_.reload();
        service_.reloadKeys();
    });
    connect(&network_, &NetworkWatch::changed, &service_, &Service::setNetworkDown);
    service_.setNetworkDown(network_.isDown());
}

int Application::run()
{
    const int code = service_.start();
    if (code != ExitOk)
        return code;
    // By then keys are read, and the first connection to the upstream is open.
    QTimer::singleShot(std::chrono::seconds(1), this, releaseIdleCode);
    return QCoreApplication::exec();
}

void Application::stop(int signal)
{
    if (stopping_) {
        QCoreApplication::exit(128 + signal);
        return;
    }
    stopping_ = true;
    notifyServiceManager("STOPPING=1");
    service_.stop();
}

} // namespace keywheel
