// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalwatcher.h"

#ifdef Q_OS_WIN // so that tools that look at every file can read this one anywhere

#include <atomic>
#include <csignal>

#include <windows.h>

namespace keywheel {

namespace {

std::atomic<SignalWatcher *> watcher = nullptr;

/// Windows calls it in a thread of its own, so the signal is queued.
BOOL WINAPI onControl(DWORD)
{
    SignalWatcher *const target = watcher;
    if (!target)
        return FALSE;
    QMetaObject::invokeMethod(
        target, [target] { Q_EMIT target->stopRequested(SIGINT); }, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent)
{
    watcher = this;
    SetConsoleCtrlHandler(onControl, TRUE);
}

SignalWatcher::~SignalWatcher()
{
    SetConsoleCtrlHandler(onControl, FALSE);
    watcher = nullptr;
}

} // namespace keywheel

#endif
