// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"

#include <QAction>

namespace keywheel {

class KeyRemoval;

/// What can be done with the selected keys, and with all. Does it itself, through the backend; only
/// renaming is up to the page. Thread: the window's; `backend` and `removal` must outlive it.
class KeyActions : public QObject
{
    Q_OBJECT

public:
    KeyActions(Backend &backend, KeyRemoval &removal, QObject *parent = nullptr);

    void setSelection(const QList<KeySnapshot> &keys);
    /// Whether there is something to reset.
    void setBlacklisted(int count) { resetAll->setEnabled(count > 0); }
    void retranslate();

    /// Takes the label of a key over.
    void setLabel(const QString &fingerprint, const QString &label);

    // Owned by this object.
    QAction *const check;
    QAction *const enable;
    QAction *const disable;
    QAction *const release; ///< from the blacklist
    QAction *const rename;
    QAction *const remove;
    QAction *const resetAll;

Q_SIGNALS:
    void checkStarted(const QStringList &fingerprints);
    /// Ends each checkStarted(); empty when it failed.
    void checkDone(const QList<keywheel::Backend::Checked> &results);
    void succeeded(const QString &message);
    void failed(const QString &error);

private:
    void startCheck();
    void setDisabled(bool disabled);
    void startRelease();
    void startReset();
    Backend::Done<void> orFail();

    Backend &backend_;
    KeyRemoval &removal_;
    QList<KeySnapshot> selected_;
    bool checking_ = false;
};

} // namespace keywheel
