// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/timerqueue.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <vector>

namespace keywheel {

void TimerQueue::add(int id, std::chrono::milliseconds interval, Qt::TimerType type,
                     QObject *object, Time now)
{
    const Time at = now + interval;
    timers_.insert(id, {interval, type, object, at});
    order_.insert({at, id});
}

bool TimerQueue::remove(int id)
{
    const auto found = timers_.constFind(id);
    if (found == timers_.constEnd())
        return false;
    order_.erase({found->at, id});
    timers_.erase(found);
    return true;
}

bool TimerQueue::removeAll(const QObject *object)
{
    const QList<Info> timers = timersOf(object);
    for (const Info &timer : timers)
        remove(timer.timerId);
    return !timers.isEmpty();
}

QList<TimerQueue::Info> TimerQueue::timersOf(const QObject *object) const
{
    QList<Info> timers;
    for (auto timer = timers_.begin(); timer != timers_.end(); ++timer) {
        if (timer->object == object)
            timers.append({timer.key(), static_cast<int>(timer->interval.count()), timer->type});
    }
    return timers;
}

std::optional<TimerQueue::Time> TimerQueue::next() const
{
    if (order_.empty())
        return std::nullopt;
    return order_.begin()->first;
}

std::optional<TimerQueue::Time> TimerQueue::timeOf(int id) const
{
    const auto found = timers_.constFind(id);
    if (found == timers_.constEnd())
        return std::nullopt;
    return found->at;
}

bool TimerQueue::fire(Time now)
{
    std::vector<int> due;
    for (auto timer = order_.begin(); timer != order_.end() && timer->first <= now; ++timer)
        due.push_back(timer->second);
    for (const int id : due) {
        const auto found = timers_.find(id);
        if (found == timers_.end() || found->at > now || found->firing)
            continue;
        order_.erase({found->at, id});
        found->at = std::max(found->at + found->interval, now);
        order_.insert({found->at, id});
        found->firing = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(found->object, &event);
        if (const auto again = timers_.find(id); again != timers_.end())
            again->firing = false;
    }
    return !due.empty();
}

} // namespace keywheel
