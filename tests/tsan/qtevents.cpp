// SPDX-License-Identifier: GPL-3.0-or-later
// Shows ThreadSanitizer the order that Qt keeps between threads. Debian's Qt is not built with the
// sanitizer: it does not see the locks of Qt's event queue, and all that a queued call or signal
// carries looks like a race. The linker (--wrap, see CMakeLists.txt) leads our calls of the
// functions below through here. What comes before a queued call happens before the call, and before
// the sender goes on if it waits; what comes before a signal or connect() happens before every
// later queued slot, because only Qt knows the receivers.
// https://doc.qt.io/qt-6/threads-qobject.html
#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <sanitizer/tsan_interface.h>

namespace {

char signalsSent; // what threads synchronise on is its address

/// Takes the place of the call that is queued, and owns it.
class QueuedCall : public QtPrivate::QSlotObjectBase
{
public:
    /// DONE is synchronised on once the call is done; null if nobody waits for it.
    QueuedCall(QtPrivate::QSlotObjectBase *call, char *done)
        : QSlotObjectBase(&QueuedCall::impl),
          call_(call),
          done_(done)
    {
        __tsan_release(this);
    }

private:
    static void impl(int which, QSlotObjectBase *base, QObject *receiver, void **arguments, bool *)
    {
        auto *self = static_cast<QueuedCall *>(base);
        __tsan_acquire(self);
        if (which == Call) {
            self->call_->call(receiver, arguments);
            if (self->done_ != nullptr)
                __tsan_release(self->done_);
        } else if (which == Destroy) {
            self->call_->destroyIfLastRef();
            delete self;
        }
    }

    QtPrivate::QSlotObjectBase *call_;
    char *done_;
};

/// Called by Qt with the receiver and the event before it delivers each event.
bool beforeDelivery(void **parameters)
{
    __tsan_acquire(parameters[0]);
    const auto type = static_cast<const QEvent *>(parameters[1])->type();
    if (type == QEvent::MetaCall || type == QEvent::DeferredDelete)
        __tsan_acquire(&signalsSent);
    return false; // go on
}

[[maybe_unused]] const bool registered =
    QInternal::registerCallback(QInternal::EventNotifyCallback, beforeDelivery);

} // namespace

bool realInvoke(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType,
                void *) asm("__real_" KW_INVOKE);
bool wrapInvoke(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType,
                void *) asm("__wrap_" KW_INVOKE);
bool wrapInvoke(QObject *receiver, QtPrivate::QSlotObjectBase *call, Qt::ConnectionType type,
                void *result)
{
    char done = 0;
    const bool waits = type == Qt::BlockingQueuedConnection;
    const bool made =
        realInvoke(receiver, new QueuedCall(call, waits ? &done : nullptr), type, result);
    if (waits)
        __tsan_acquire(&done);
    return made;
}

void realActivate(QObject *, const QMetaObject *, int, void **) asm("__real_" KW_ACTIVATE);
void wrapActivate(QObject *, const QMetaObject *, int, void **) asm("__wrap_" KW_ACTIVATE);
void wrapActivate(QObject *sender, const QMetaObject *type, int signal, void **arguments)
{
    __tsan_release(&signalsSent);
    realActivate(sender, type, signal, arguments);
}

QMetaObject::Connection realConnect(const QObject *, void **, const QObject *, void **,
                                    QtPrivate::QSlotObjectBase *, Qt::ConnectionType, const int *,
                                    const QMetaObject *) asm("__real_" KW_CONNECT);
QMetaObject::Connection wrapConnect(const QObject *, void **, const QObject *, void **,
                                    QtPrivate::QSlotObjectBase *, Qt::ConnectionType, const int *,
                                    const QMetaObject *) asm("__wrap_" KW_CONNECT);
QMetaObject::Connection wrapConnect(const QObject *sender, void **signal, const QObject *receiver,
                                    void **slot, QtPrivate::QSlotObjectBase *call,
                                    Qt::ConnectionType type, const int *types,
                                    const QMetaObject *meta)
{
    __tsan_release(&signalsSent);
    return realConnect(sender, signal, receiver, slot, call, type, types, meta);
}

void realPost(QObject *, QEvent *, int) asm("__real_" KW_POST);
void wrapPost(QObject *, QEvent *, int) asm("__wrap_" KW_POST);
void wrapPost(QObject *receiver, QEvent *event, int priority)
{
    __tsan_release(receiver);
    realPost(receiver, event, priority);
}

void realDeleteLater(QObject *) asm("__real_" KW_DELETE_LATER);
// Aligned as a member function is: a pointer to a member with an odd address would be virtual.
[[gnu::aligned(16)]] void wrapDeleteLater(QObject *) asm("__wrap_" KW_DELETE_LATER);
void wrapDeleteLater(QObject *object)
{
    __tsan_release(object);
    realDeleteLater(object);
}
