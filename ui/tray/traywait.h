// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "trayhost.h"

namespace keywheel {

/// Waits at login for a tray that comes later than Keywheel: Qt decides at its first use of one
/// what kind there is, and never again. Thread: the window's. Emits done() exactly once, not before
/// start() has returned.
class TrayWait : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds limit{25};

    TrayWait(const TrayHost &host, Clock &clock, QObject *parent = nullptr);

    void start();
    bool isOver() const { return over_; }

Q_SIGNALS:
    void done(bool found);

private:
    void look();
    void end(bool found);

    const TrayHost &host_;
    Clock &clock_;
    Alarm nextLook_;
    Clock::Instant until_;
    bool over_ = false;
};

} // namespace keywheel
