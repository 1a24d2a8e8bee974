// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/signalwatcher.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace keywheel {

namespace {

constexpr std::array Watched{SIGINT, SIGTERM, SIGHUP};

/// The self-pipe: a handler may only write to it; the event loop reads it.
std::array<int, 2> pipeEnds{-1, -1};

extern "C" void onSignal(int signal)
{
    const int saved = errno;
    const auto byte = static_cast<unsigned char>(signal);
    // A full pipe holds enough signals already.
    [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
    errno = saved;
}

void setAction(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : Watched)
        sigaction(signal, &action, nullptr);
}

void readPipe(SignalWatcher &watcher, bool inTerminal)
{
    unsigned char signal = 0;
    while (::read(pipeEnds[0], &signal, 1) == 1) {
        if (signal == SIGHUP && !inTerminal)
            Q_EMIT watcher.reloadRequested();
        else
            Q_EMIT watcher.stopRequested(signal);
    }
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent)
{
    if (::pipe(pipeEnds.data()) != 0)
        return; // the default actions stay: the program still ends
    for (const int end : pipeEnds) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *const notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this,
            [this, inTerminal = ::isatty(STDIN_FILENO) == 1] { readPipe(*this, inTerminal); });
    setAction(onSignal);
}

SignalWatcher::~SignalWatcher()
{
    if (pipeEnds[0] < 0)
        return;
    setAction(SIG_DFL);
    qDeleteAll(children()); // the notifier goes before its descriptor
    for (int &end : pipeEnds) {
        ::close(end);
        end = -1;
    }
}

} // namespace keywheel
