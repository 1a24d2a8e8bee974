// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control/controlserver.h"
#include "keypool/keypool.h"
#include "secrets/keystore.h"

#include <QJsonArray>

#include <deque>

namespace keywheel {

class KeyChecker;

/// What people do with their keys, as calls of the control channel. A running Keywheel serves them
/// there; without one a command calls them itself (keyservice.h). Keys are named by fingerprints or
/// beginnings of them that only one key has; one that is unknown fails the whole call.
///
/// | call | arguments | result |
/// | --- | --- | --- |
/// | keys.list | from, count | total, rows: keyRows() of each |
/// | keys.add | keys: [{secret, label}], dryRun | added: whether it was new, of each |
/// | keys.remove | fingerprints, or all: true | count, rows |
/// | keys.convert | | : the key file is one that Keywheel can write |
/// | keys.disable, keys.enable | fingerprints | count, rows |
/// | keys.check | fingerprints | count, rows: with check (good, bad, limited or unknown) and
/// checkReason | | keys.label | fingerprint, label (none: that of the list) | count, rows |
///
/// There are 1000 rows at most in a result, but of a check one for each key: who calls it over the
/// channel names only as many as fit into a line. Changes of the store are made one after another,
/// and answered when the pool has them. Thread: the core's; `pool` and `checker` must outlive it.
class KeyAdmin : public QObject
{
    Q_OBJECT

public:
    using Answer = ControlServer::Answer;

    KeyAdmin(KeyPool &pool, KeyChecker &checker, QObject *parent = nullptr);
    ~KeyAdmin() override;

    /// The store whose keys the pool has, instead of the one before, whose changes under way fail.
    /// To be called after the caller has connected to it what fills the pool.
    void setStore(KeyStore *store);

    ControlServer::Handlers handlers();

    /// Whether no change is under way or waits for its turn.
    bool isIdle() const { return changes_.empty(); }

Q_SIGNALS:
    /// isIdle() came true, and the last change has been answered.
    void idle();

private:
    struct Change
    {
        std::function<void(KeyStore &)> start;
        std::function<void(const Expected<void> &)> done;
    };

    void list(const QJsonObject &arguments, const Answer &answer) const;
    void add(const QJsonObject &arguments, const Answer &answer);
    void remove(const QJsonObject &arguments, const Answer &answer);
    void convert(const QJsonObject &arguments, const Answer &answer);
    void setDisabled(const QJsonObject &arguments, bool disabled, const Answer &answer);
    void check(const QJsonObject &arguments, const Answer &answer);
    void setLabel(const QJsonObject &arguments, const Answer &answer);

    Expected<QStringList> resolve(const QJsonValue &names) const;
    QJsonArray rowsOf(const QStringList &fingerprints) const;
    QJsonObject summary(const QStringList &fingerprints) const;

    void enqueue(Change change);
    void onChanged(const Expected<void> &result);
    void finishChange(const Expected<void> &result);

    KeyPool &pool_;
    KeyChecker &checker_;
    KeyStore *store_ = nullptr;
    std::deque<Change> changes_;            ///< the first is under way
    std::optional<Expected<void>> outcome_; ///< of that, while the keys are read anew
};

} // namespace keywheel
