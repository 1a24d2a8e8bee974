// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/epolldispatcher.h"

#include "common/logging.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace keywheel {

namespace {

constexpr int EventsPerTurn = 256;

using Clock = std::chrono::steady_clock;
using std::chrono::ceil;
using std::chrono::milliseconds;

quint64 token(int descriptor, quint32 life)
{
    return quint64{life} << 32 | static_cast<quint32>(descriptor);
}

} // namespace

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      wakeUp_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = token(wakeUp_, 0);
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, wakeUp_, &event) != 0)
        qFatal("There is no epoll (errno %d)", errno);
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(wakeUp_);
    ::close(epoll_);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    interrupted_ = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();

    const bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !interrupted_;
    if (mayWait)
        Q_EMIT aboutToBlock();
    if (interrupted_)
        return false;
    std::array<epoll_event, EventsPerTurn> ready{};
    const int count = epoll_wait(epoll_, ready.data(), EventsPerTurn, timeout(mayWait));
    bool any = false;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = ready.at(static_cast<std::size_t>(i));
        if (event.data.u64 == token(wakeUp_, 0)) {
            clearWakeUp();
            any = true;
        } else if (!flags.testFlag(QEventLoop::ExcludeSocketNotifiers)) {
            any = deliver(event) || any;
        }
    }
    return (!flags.testFlag(QEventLoop::X11ExcludeTimers) && timers_.fire(Clock::now())) || any;
}

/// Milliseconds until the next timer, rounded up so that it is due then; -1: none.
int EpollDispatcher::timeout(bool mayWait) const
{
    if (!mayWait)
        return 0;
    const auto next = timers_.next();
    if (!next)
        return -1;
    const auto wait = ceil<milliseconds>(*next - Clock::now()).count();
    return static_cast<int>(std::clamp<qint64>(wait, 0, std::numeric_limits<int>::max()));
}

bool EpollDispatcher::deliver(const epoll_event &ready)
{
    const int descriptor = static_cast<int>(ready.data.u64 & 0xffffffffU);
    const auto life = static_cast<quint32>(ready.data.u64 >> 32);
    // As with poll() in Qt's own: an error or a hang-up is an event for whoever listens.
    constexpr quint32 Ended = EPOLLHUP | EPOLLERR;
    bool any = false;
    if ((ready.events & (EPOLLIN | Ended)) != 0)
        any = notify(descriptor, life, &Watched::read);
    if ((ready.events & (EPOLLOUT | Ended)) != 0)
        any = notify(descriptor, life, &Watched::write) || any;
    if ((ready.events & (EPOLLPRI | Ended)) != 0)
        any = notify(descriptor, life, &Watched::exception) || any;
    return any;
}

/// Looked up anew for each, since the one before may have removed it.
bool EpollDispatcher::notify(int descriptor, quint32 life, QSocketNotifier *Watched::*which)
{
    const Watched watched = watched_.value(descriptor);
    if (watched.life != life || watched.*which == nullptr)
        return false;
    QEvent event(QEvent::SockAct);
    QCoreApplication::sendEvent(watched.*which, &event);
    return true;
}

QSocketNotifier *&EpollDispatcher::slot(Watched &watched, const QSocketNotifier &notifier)
{
    switch (notifier.type()) {
    case QSocketNotifier::Read:
        return watched.read;
    case QSocketNotifier::Write:
        return watched.write;
    default:
        return watched.exception;
    }
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const bool known = watched_.contains(descriptor);
    Watched &watched = watched_[descriptor];
    if (!known)
        watched.life = ++lives_;
    slot(watched, *notifier) = notifier;
    update(descriptor, watched, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const auto found = watched_.find(descriptor);
    if (found == watched_.end() || slot(*found, *notifier) != notifier)
        return;
    slot(*found, *notifier) = nullptr;
    if (found->read != nullptr || found->write != nullptr || found->exception != nullptr)
        return update(descriptor, *found, EPOLL_CTL_MOD);
    update(descriptor, *found, EPOLL_CTL_DEL);
    watched_.erase(found);
}

void EpollDispatcher::update(int descriptor, const Watched &watched, int operation)
{
    epoll_event event{};
    event.events = (watched.read != nullptr ? EPOLLIN : 0U) |
                   (watched.write != nullptr ? EPOLLOUT : 0U) |
                   (watched.exception != nullptr ? EPOLLPRI : 0U);
    event.data.u64 = token(descriptor, watched.life);
    // One that has been closed before its notifier is gone already.
    if (epoll_ctl(epoll_, operation, descriptor, &event) != 0 && operation != EPOLL_CTL_DEL)
        qCWarning(lcApp) << "Descriptor" << descriptor << "cannot be watched, errno" << errno;
}

void EpollDispatcher::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    timers_.add(id, milliseconds(interval), type, object, Clock::now());
}

bool EpollDispatcher::unregisterTimer(int id)
{
    return timers_.remove(id);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return timers_.removeAll(object);
}

QList<EpollDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return timers_.timersOf(object);
}

int EpollDispatcher::remainingTime(int id)
{
    const auto at = timers_.timeOf(id);
    if (!at)
        return -1;
    return static_cast<int>(std::max<qint64>(0, ceil<milliseconds>(*at - Clock::now()).count()));
}

void EpollDispatcher::wakeUp()
{
    if (awake_.exchange(true))
        return;
    const quint64 one = 1;
    [[maybe_unused]] const auto written = ::write(wakeUp_, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    interrupted_ = true;
    wakeUp();
}

void EpollDispatcher::clearWakeUp()
{
    quint64 count = 0;
    [[maybe_unused]] const auto got = ::read(wakeUp_, &count, sizeof count);
    awake_ = false;
}

} // namespace keywheel
