// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keystore.h"

namespace keywheel {

/// Keys that live as long as the object: for the demo and for tests.
class InMemoryKeyStore final : public KeyStore
{
    Q_OBJECT

public:
    explicit InMemoryKeyStore(const QList<QByteArray> &keys, QObject *parent = nullptr);

    /// Never fails. Answers with the keys of the moment of the answer.
    void load() override;
    void add(const QList<ApiKey> &keys) override;
    void remove(const QStringList &fingerprints) override;

private:
    void finishChange(int total, bool different);

    QList<ApiKey> keys_;
};

} // namespace keywheel
