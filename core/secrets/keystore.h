// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "keypool/keysnapshot.h"

#include <QList>
#include <QObject>

namespace keywheel {

struct KeyList
{
    QList<ApiKey> keys;
    QStringList warnings; ///< one sentence each, without secrets: lines left out, odd permissions
};

/// Where the API keys live. Asynchronous, since an OS keychain may ask a person first.
/// Thread: the core's.
class KeyStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Reads all keys. Answers with loaded() or failed(), never before it returns.
    virtual void load() = 0;
    /// Adds the keys that are not there yet, with their labels. Answers with progress()… then
    /// changeDone() or changeFailed(), never before it returns. One change at a time: further calls
    /// wait their turn.
    virtual void add(const QList<ApiKey> &keys) = 0;
    /// Removes by fingerprint (keyFingerprint(); unknown ones are ignored). The same answers.
    virtual void remove(const QStringList &fingerprints) = 0;
    /// Gives the store a form that Keywheel can write. Answers with changeDone() or changeFailed(),
    /// never before it returns.
    virtual void convert();
    /// Whether there seem to be keys in it, also when they cannot be read now. Asks no keychain.
    virtual bool seemsFilled() const { return false; }

Q_SIGNALS:
    void loaded(const keywheel::KeyList &list);
    /// The keys in use stay in use.
    void failed(const keywheel::Error &error);
    /// The stored keys changed, from outside or by add() and remove(); load() gets the new ones.
    void changed();
    /// The first `done` of the `total` keys of the change under way are safely stored or removed.
    void progress(int done, int total);
    void changeDone(); ///< changed() follows when anything is different
    void changeFailed(const keywheel::Error &error); ///< what progress() reported stays
};

inline void KeyStore::convert()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            Q_EMIT changeFailed(
                {QStringLiteral("There is no key file to convert: KEY_STORE is not file")});
        },
        Qt::QueuedConnection);
}

} // namespace keywheel
