// SPDX-License-Identifier: GPL-3.0-or-later
#include "keystate/keystatestore.h"

#include "common/logging.h"
#include "keypool/keypool.h"
#include "keystate/statedatabase.h"

namespace keywheel {

KeyStateStore::KeyStateStore(KeyPool &pool, Clock &clock, QObject *parent)
    : QObject(parent),
      pool_(pool),
      clock_(clock),
      due_(clock, [this] { write(); })
{
    thread_.setObjectName(QStringLiteral("keystate"));
}

KeyStateStore::~KeyStateStore()
{
    if (!worker_)
        return;
    pool_.disconnect(this);
    QMetaObject::invokeMethod(
        worker_.get(),
        [this, changes = pool_.takeChanges()] {
            if (database_->isOpen())
                (void)database_->write(changes);
            database_.reset(); // in the thread that opened it
        },
        Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
}

void KeyStateStore::open(const QString &folder)
{
    worker_ = std::make_unique<QObject>();
    worker_->moveToThread(&thread_);
    thread_.start();
    Expected<StateDatabase::Opened> opened;
    QMetaObject::invokeMethod(
        worker_.get(),
        [&] {
            database_ = std::make_unique<StateDatabase>();
            opened = database_->open(folder);
        },
        Qt::BlockingQueuedConnection);
    if (!opened) {
        qCWarning(lcKeys).noquote()
            << opened.error().message + QStringLiteral(". What happens to the keys is forgotten "
                                                       "when Keywheel ends.");
        return;
    }
    if (!opened->warning.isEmpty())
        qCWarning(lcKeys).noquote() << opened->warning;
    pool_.remember(opened->records);
    connect(&pool_, &KeyPool::changed, this, &KeyStateStore::onChanged);
}

void KeyStateStore::onChanged()
{
    if (writing_)
        changedMeanwhile_ = true; // onWritten() comes back to it
    else
        due_.setNoLaterThan(next_);
}

void KeyStateStore::write()
{
    writing_ = true;
    next_ = clock_.now() + Interval;
    QMetaObject::invokeMethod(worker_.get(), [this, changes = pool_.takeChanges()] {
        const auto done = database_->write(changes);
        const QString error = done ? QString() : done.error().message;
        QMetaObject::invokeMethod(this, [this, error] { onWritten(error); });
    });
}

void KeyStateStore::onWritten(const QString &error)
{
    writing_ = false;
    const bool failed = !error.isEmpty();
    if (failed && !failing_)
        qCWarning(lcKeys).noquote()
            << QStringLiteral("The state of the keys cannot be written: %1").arg(error);
    else if (!failed && failing_)
        qCInfo(lcKeys) << "The state of the keys is written again";
    failing_ = failed;
    if (std::exchange(changedMeanwhile_, false))
        onChanged();
    Q_EMIT written();
}

} // namespace keywheel
