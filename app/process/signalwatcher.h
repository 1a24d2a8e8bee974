// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace keywheel {

/// Turns the operating system's wishes into Qt signals. One may exist at a time; destroying it
/// gives the signals back their default actions. Thread: the main one.
class SignalWatcher : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    /// SIGINT or SIGTERM, by number, and SIGHUP when the standard input was a terminal at
    /// construction: then it says that the terminal is gone. On Windows Ctrl+C, Ctrl+Break or the
    /// console closing, as SIGINT.
    void stopRequested(int signal);
    /// SIGHUP without a terminal; never on Windows.
    void reloadRequested();
};

} // namespace keywheel
