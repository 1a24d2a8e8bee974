// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/keypool.h"

#include "keypool/keypool_p.h"
#include "verdict/answerfacts.h"

#include <algorithm>
#include <utility>

namespace keywheel {

KeyPool::KeyPool(Clock &clock, Random random, QObject *parent)
    : QObject(parent),
      d(new Private{this, clock, std::move(random)})
{
    d->table.memory().onFirstChange = [this] {
        Q_EMIT changed();
    };
}

KeyPool::~KeyPool() = default;

// ---- Configuration ------------------------------------------------------------------------------

void KeyPool::setConfig(const KeyPoolConfig &config)
{
    const bool moved = config.startIndex != d->config.startIndex;
    d->config = config;
    d->table.selection().setStrategy(config.strategy);
    if (moved && d->table.size() > 0)
        d->cursor = std::max(0, config.startIndex) % d->table.size();
    d->tellIfNoneLeft();
}

void KeyPool::setKeys(const QList<ApiKey> &keys)
{
    // From the cursor on, to find the first of them that is still there.
    QList<KeyId> order;
    const int before = d->table.size();
    for (int i = 0; i < before; ++i)
        order.append(d->table.at((d->cursor + i) % before).seen.id);

    d->table.replace(keys, d->clock);
    const int size = d->table.size();
    const auto kept = std::find_if(order.begin(), order.end(),
                                   [&](KeyId id) { return d->table.indexOf(id) >= 0; });
    if (kept != order.end())
        d->cursor = d->table.indexOf(*kept);
    else
        d->cursor = size > 0 ? std::max(0, d->config.startIndex) % size : 0;
    d->keysWithFailures = 0;
    for (int i = 0; i < size; ++i)
        d->keysWithFailures += d->table.at(i).seen.failures > 0 ? 1 : 0;
    d->armWake(); // for the cooldowns that were remembered
    d->tellIfNoneLeft();
}

// ---- Leases -------------------------------------------------------------------------------------

tl::expected<Lease, LeaseRefusal> KeyPool::lease(const KeyIds &tried, KeyId preferred)
{
    d->catchUp();
    if (const int index = d->table.indexOf(preferred); preferred != 0 && index >= 0) {
        if (d->table.selection().isHealthy(index) && !tried.contains(preferred))
            return d->leaseKey(index, {.affinity = true, .retry = !tried.isEmpty()});
    }
    int index = d->nextKey(tried);
    if (index < 0 && d->table.healthy() == 0 && d->config.resetWhenNoneLeft &&
        d->anyCoolingOutside(tried)) {
        d->endAllCooldowns();
        index = d->nextKey(tried);
    }
    if (index < 0)
        return tl::unexpected(d->refusal(tried));

    d->cursor = (index + 1) % d->table.size();
    LeaseReason reason = d->table.selection().reasonFor(index);
    reason.retry = !tried.isEmpty();
    return d->leaseKey(index, reason);
}

int KeyPool::Private::nextKey(const KeyIds &tried)
{
    int from = cursor;
    if (config.strategy == KeyStrategy::FillFirst && table.size() > 0)
        from = std::max(0, config.startIndex) % table.size();
    return table.nextHealthy(from, tried);
}

Lease KeyPool::Private::leaseKey(int index, const LeaseReason &reason)
{
    KeyEntry &entry = table.at(index);
    ++entry.seen.active;
    entry.seen.lastUsed = clock.wallNow();
    entry.seen.lastReason = reason;
    table.selection().used(index);
    table.memory().note(entry);
    return {entry.seen.id, ++leases, index, entry.secret, entry.seen.preview, reason};
}

void KeyPool::noteAnswer(const Lease &lease, const Headers &head)
{
    const int index = d->table.indexOf(lease);
    if (index < 0)
        return;
    const bool withLimits = d->config.strategy == KeyStrategy::Headroom;
    const AnswerFacts facts = readAnswer(head, withLimits);
    d->table.setOrganization(index, facts.organization);
    if (withLimits)
        d->table.selection().setHeadroom(
            index, facts.headroom, d->clock.now() + facts.reset.value_or(Private::UsualReset));
}

void KeyPool::release(const Lease &lease, const Verdict &verdict)
{
    d->catchUp();
    const int index = d->table.indexOf(lease);
    if (index < 0)
        return;
    KeyEntry &entry = d->table.at(index);
    --entry.seen.active;
    d->table.memory().note(entry);
    switch (verdict.fault) {
    case FaultClass::Success:
        ++entry.seen.successes;
        ++d->successes;
        d->brake.succeeded();
        if (lease.number > entry.lastLeaseBefore) {
            entry.seen.failuresInRow = 0;
            entry.cooldownsInRow = 0;
        }
        break;
    case FaultClass::Permanent:
    case FaultClass::Quota:
    case FaultClass::Temporary:
        if (!d->isBraked(lease.id, verdict))
            d->blame(index, lease, verdict);
        break;
    case FaultClass::Upstream:
    case FaultClass::Client:
    case FaultClass::Cancelled:
        break;
    }
}

// ---- What may be seen ---------------------------------------------------------------------------

int KeyPool::total() const
{
    return d->table.size();
}

int KeyPool::healthy() const
{
    d->endCooldowns();
    return d->table.healthy();
}

KeyPoolSnapshot KeyPool::snapshot() const
{
    KeyPoolSnapshot result;
    result.total = total();
    result.healthy = healthy();
    result.disabled = d->table.disabled();
    result.currentIndex = d->cursor;
    result.successes = d->successes;
    result.failures = d->failures;
    result.keysWithFailures = d->keysWithFailures;
    if (d->offline) {
        result.brakeReason = QStringLiteral("the network is down");
    } else if (d->brake.isOn(d->clock.now())) {
        result.brakeReason = d->brakeReason;
        result.brakeUntil = d->brakeUntil;
    }
    return result;
}

QList<KeySnapshot> KeyPool::keys(int from, int count) const
{
    d->endCooldowns();
    QList<KeySnapshot> result;
    const int first = std::min(from, total());
    const int end = first + std::min(count, total() - first);
    result.reserve(end - first);
    for (int i = first; i < end; ++i)
        result.append(d->table.at(i).seen);
    return result;
}

QList<KeySnapshot> KeyPool::blacklisted(int from, int count) const
{
    d->endCooldowns();
    QList<KeySnapshot> result;
    for (int i = 0; i < total() && result.size() < count; ++i) {
        const KeySnapshot &key = d->table.at(i).seen;
        if (key.state != KeyState::Healthy && from-- <= 0)
            result.append(key);
    }
    return result;
}

int KeyPool::sharingLimits(const KeySnapshot &key) const
{
    const int index = d->table.indexOf(key.id);
    return index < 0 ? 0 : d->table.selection().sharing(index);
}

std::optional<KeySnapshot> KeyPool::key(KeyId id) const
{
    d->endCooldowns();
    const int index = d->table.indexOf(id);
    if (index < 0)
        return std::nullopt;
    return d->table.at(index).seen;
}

std::optional<KeySnapshot> KeyPool::key(const QString &fingerprint) const
{
    const int index = d->table.indexOf(fingerprint);
    return index < 0 ? std::nullopt : key(d->table.at(index).seen.id);
}

} // namespace keywheel
