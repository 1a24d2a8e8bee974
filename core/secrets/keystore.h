// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "keypool/apikey.h"

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

Q_SIGNALS:
    void loaded(const keywheel::KeyList &list);
    /// The keys in use stay in use.
    void failed(const keywheel::Error &error);
    /// The stored keys changed from outside; load() gets the new ones.
    void changed();
};

} // namespace keywheel
