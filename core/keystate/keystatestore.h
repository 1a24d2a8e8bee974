// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "keypool/keyrecord.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace keywheel {

class KeyPool;
class StateDatabase;

/// Makes the states of the keys last: gives the pool what an earlier run knew, and writes what
/// changes, changed keys only, at once when nothing was written lately and once an Interval at
/// most. A kill thus loses one second; the destructor writes the rest. When the file cannot be used
/// or written, a warning says so and Keywheel goes on without.
///
/// Thread: the core's. The database lives in a thread of its own, since a disk may take its time;
/// only values pass between the two, and no more than one write is under way. `pool` and `clock`
/// must outlive it.
class KeyStateStore : public QObject
{
    Q_OBJECT

public:
    /// With what a write and the loop may take on top, a kill costs no more than a second.
    static constexpr std::chrono::milliseconds Interval{800};

    KeyStateStore(KeyPool &pool, Clock &clock, QObject *parent = nullptr);
    ~KeyStateStore() override;

    /// Reads what is there; blocks until that is done. To be called once, before the keys come.
    void open(const QString &folder);

Q_SIGNALS:
    /// A write has ended, well or not.
    void written();

private:
    void onChanged();
    void write();
    void onWritten(const QString &error);

    KeyPool &pool_;
    Clock &clock_;
    QThread thread_;
    std::unique_ptr<QObject> worker_; ///< lives in thread_
    std::unique_ptr<StateDatabase> database_;
    Alarm due_;             ///< of the next write
    Clock::Instant next_{}; ///< not written before
    bool writing_ = false;
    bool changedMeanwhile_ = false; ///< since the write under way began
    bool failing_ = false;
};

} // namespace keywheel
