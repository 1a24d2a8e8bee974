// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"
#include "common/alarm.h"

#include <QSet>

namespace keywheel {

/// Removes keys so that it can be undone for 10 s: until then they are only disabled. Only the last
/// removal can be undone. What waits is removed when this object goes. Thread: the window's;
/// `backend` and `clock` must outlive it.
class KeyRemoval : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds Grace{10};

    KeyRemoval(Backend &backend, Clock &clock, QObject *parent = nullptr);
    ~KeyRemoval() override;

    void remove(const QList<KeySnapshot> &keys);
    /// Keys that were enabled are so again.
    void undo();
    /// Removes what waits now.
    void finish();

    int waiting() const { return int(waiting_.size()); } ///< keys that undo() brings back
    QString name() const { return name_; }               ///< of the key, when only one waits
    int secondsLeft() const;                             ///< rounded up
    /// Fingerprints of keys that wait or are being removed, and need not be seen any more.
    QSet<QString> keys() const;

Q_SIGNALS:
    /// Another number waits.
    void changed();
    /// Keys that could not be removed are in use as before.
    void failed(const QString &error);

private:
    void setDisabled(const QStringList &fingerprints, bool disabled);

    Backend &backend_;
    Clock &clock_;
    QStringList waiting_;
    QStringList disabled_; ///< those of them that this class disabled
    QString name_;
    QSet<QString> leaving_; ///< handed to the backend
    Alarm due_;             ///< of finish()
};

} // namespace keywheel
