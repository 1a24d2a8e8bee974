// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/signalwatcher.h"

#ifdef Q_OS_WIN // so that tools that look at every file can read this one anywhere

#include <atomic>
#include <csignal>

#include <windows.h>

namespace keywheel {

namespace {

std::atomic<SignalWatcher *> watcher = nullptr;

/// Windows calls it in a thread of its own, so the signal is queued.
BOOL WINAPI onControl(DWORD event)
{
    SignalWatcher *const target = watcher;
    if (!target)
        return FALSE;
    QMetaObject::invokeMethod(
        target, [target] { Q_EMIT target->stopRequested(SIGINT); }, Qt::QueuedConnection);
    // When the console closes, Windows ends the process as soon as this returns, or after 5 s.
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
        Sleep(INFINITE);
    return TRUE;
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent)
{
    watcher = this;
    [[maybe_unused]] static const BOOL installed = SetConsoleCtrlHandler(onControl, TRUE);
}

SignalWatcher::~SignalWatcher()
{
    // The handler stays: taking it out would wait for one that sleeps.
    watcher = nullptr;
}

} // namespace keywheel

#endif
