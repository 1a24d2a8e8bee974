// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "keypool/lease.h"

#include <QHash>

namespace keywheel {

/// Which keys were refused which requests although the keys are good: a model or an endpoint that
/// the key's project may not use. For an hour such a request goes with other keys first; with none
/// left, the refused ones are asked again.
///
/// Bounded, and while nothing is remembered a request costs nothing. Thread: the core's.
class Refusals
{
public:
    static constexpr std::chrono::hours Lifetime{1};
    static constexpr qsizetype Capacity = 10'000;

    explicit Refusals(const Clock &clock) : clock_(clock) {}

    /// What requests have in common that are refused for one reason: the model, else method and the
    /// first two segments of the path.
    static QByteArray scopeOf(const QByteArray &method, QByteArrayView target,
                              QByteArrayView model);

    bool isEmpty() const { return scopes_.isEmpty(); }
    void remember(const QByteArray &scope, KeyId key);
    /// A key was answered well: it is not refused any more, and the scope exists.
    void answered(const QByteArray &scope, KeyId key);
    /// The keys that were refused in the last hour.
    KeyIds refusedFor(const QByteArray &scope) const;
    /// Whether some key was answered since the first refusal.
    bool wasAnswered(const QByteArray &scope) const { return scopes_.value(scope).wasAnswered; }

private:
    struct Scope
    {
        QHash<KeyId, Clock::Instant> refused; ///< when last
        bool wasAnswered = false;
    };
    void forgetOld();

    const Clock &clock_;
    QHash<QByteArray, Scope> scopes_;
    qsizetype size_ = 0; ///< refusals in all scopes
};

} // namespace keywheel
