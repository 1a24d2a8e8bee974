// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/refusals.h"

#include <algorithm>

namespace keywheel {

QByteArray Refusals::scopeOf(const QByteArray &method, QByteArrayView target, QByteArrayView model)
{
    constexpr int Segments = 2;
    if (!model.isEmpty())
        return "model " + model.toByteArray();
    qsizetype end = 0;
    for (int i = 0; i < Segments && end >= 0; ++i)
        end = target.indexOf('/', end + 1);
    const QByteArrayView path = end < 0 ? target : target.first(end);
    const qsizetype query = path.indexOf('?');
    return method + ' ' + (query < 0 ? path : path.first(query)).toByteArray();
}

void Refusals::remember(const QByteArray &scope, KeyId key)
{
    if (size_ >= Capacity)
        forgetOld();
    Scope &known = scopes_[scope];
    size_ += known.refused.contains(key) ? 0 : 1;
    known.refused.insert(key, clock_.now());
}

void Refusals::answered(const QByteArray &scope, KeyId key)
{
    const auto known = scopes_.find(scope);
    if (known == scopes_.end())
        return;
    known->wasAnswered = true;
    size_ -= known->refused.remove(key) ? 1 : 0;
}

KeyIds Refusals::refusedFor(const QByteArray &scope) const
{
    KeyIds keys;
    const auto known = scopes_.find(scope);
    if (known == scopes_.end())
        return keys;
    for (auto key = known->refused.begin(); key != known->refused.end(); ++key) {
        if (clock_.now() - key.value() < Lifetime)
            keys.append(key.key());
    }
    return keys;
}

/// When all are fresh, all are forgotten: they are asked again, and refused again if need be.
void Refusals::forgetOld()
{
    for (Scope &scope : scopes_) {
        size_ -= scope.refused.removeIf(
            [this](const auto &key) { return clock_.now() - key.value() >= Lifetime; });
    }
    if (size_ >= Capacity) {
        scopes_.clear();
        size_ = 0;
    }
    scopes_.removeIf([](const auto &scope) { return scope.value().refused.isEmpty(); });
}

} // namespace keywheel
