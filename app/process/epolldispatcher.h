// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "process/timerqueue.h"

#include <QAbstractEventDispatcher>
#include <QHash>

#include <atomic>

struct epoll_event;
class QEvent;

namespace keywheel {

/// Qt's event loop over epoll (Linux, epoll(7)). Qt's own asks poll() about every descriptor in
/// each turn: with thousands of connections that takes longer than all other work.
///
/// Made before the application object, by QCoreApplication::setEventDispatcher(), or before a
/// thread starts. Thread: that of the loop; wakeUp() and interrupt() any. Level-triggered, like
/// Qt's own.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;
    void wakeUp() override;
    void interrupt() override;

private:
    /// The notifiers of one descriptor, and which of its lives this is: a number that is used again
    /// for another socket must not get events of the one before.
    struct Watched
    {
        QSocketNotifier *read = nullptr;
        QSocketNotifier *write = nullptr;
        QSocketNotifier *exception = nullptr;
        quint32 life = 0;
    };
    static QSocketNotifier *&slot(Watched &watched, const QSocketNotifier &notifier);
    void update(int descriptor, const Watched &watched, int operation);
    int timeout(bool mayWait) const;
    bool deliver(const epoll_event &ready);
    bool notify(int descriptor, quint32 life, QSocketNotifier *Watched::*which);
    void clearWakeUp();

    int epoll_;
    int wakeUp_;
    QHash<int, Watched> watched_;
    quint32 lives_ = 0;
    TimerQueue timers_;
    std::atomic_bool awake_{false}; ///< the wake-up has been written, and not read
    std::atomic_bool interrupted_{false};
};

} // namespace keywheel
