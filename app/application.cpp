// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"

#include "process/exitcodes.h"
#include "process/servicemanager.h"

#include <QCoreApplication>

namespace keywheel {

Application::Application(const ServiceOptions &options)
    : service_(options, log_, Service::OnFailure::End)
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
    return code == ExitOk ? QCoreApplication::exec() : code;
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
