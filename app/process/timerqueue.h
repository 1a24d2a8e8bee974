// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>
#include <QHash>

#include <chrono>
#include <optional>
#include <set>

namespace keywheel {

/// The timers of an event dispatcher, by their next time. All are as exact as precise ones,
/// whatever their type.
///
/// Thread: the dispatcher's.
class TimerQueue
{
public:
    using Time = std::chrono::steady_clock::time_point;
    using Info = QAbstractEventDispatcher::TimerInfo;

    void add(int id, std::chrono::milliseconds interval, Qt::TimerType type, QObject *object,
             Time now);
    bool remove(int id);
    /// Whether there were any.
    bool removeAll(const QObject *object);
    QList<Info> timersOf(const QObject *object) const;

    std::optional<Time> next() const;
    std::optional<Time> timeOf(int id) const;
    /// Sends an event to each that is due at `now`, once; true when there was one. Timers may be
    /// added and removed meanwhile, and the events may lead here again.
    bool fire(Time now);

private:
    struct Timer
    {
        std::chrono::milliseconds interval;
        Qt::TimerType type;
        QObject *object;
        Time at;
        bool firing = false;
    };
    QHash<int, Timer> timers_;
    std::set<std::pair<Time, int>> order_;
};

} // namespace keywheel
