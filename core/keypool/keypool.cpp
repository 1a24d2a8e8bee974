// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/keypool.h"

#include "common/alarm.h"
#include "common/clockwatch.h"
#include "keypool/blacklist.h"
#include "keypool/keytable.h"
#include "verdict/answerfacts.h"

#include <algorithm>
#include <utility>

namespace keywheel {

using std::chrono::milliseconds;

namespace {

/// An idle process is woken no more often than that.
constexpr std::chrono::seconds ClockInterval{12};
/// After which limits are taken to be whole again when the answer did not say.
constexpr std::chrono::minutes UsualReset{1};

} // namespace

/// The state of a KeyPool. The keys are in `table`; `blacklist` decides which of them are out.
struct KeyPool::Private
{
    Private(Clock &poolClock, Random random)
        : clock(poolClock),
          blacklist(table, poolClock, std::move(random))
    {
    }

    int startIndex();
    int nextKey(const KeyIds &tried);
    Lease leaseKey(int index, const LeaseReason &reason);
    bool anyCoolingOutside(const KeyIds &tried);
    LeaseRefusal refusal(const KeyIds &tried);
    void countFailure(int index);
    /// Checks the clocks, puts back what has cooled down, and tells.
    void catchUp();
    void watchClock();

    Clock &clock;
    KeyPoolConfig config;
    KeyTable table;
    Blacklist blacklist;
    ClockWatch clockWatch{clock};
    Alarm nextCheck{clock, [this] {
                        watchClock();
                    }};
    bool watching = false; ///< the clocks are checked every ClockInterval
    Clock::Instant lastCheck;
    int cursor = 0; ///< of the key that the next lease looks at first
    quint64 successes = 0;
    quint64 failures = 0;
    int keysWithFailures = 0;
};

KeyPool::KeyPool(Clock &clock, Random random, QObject *parent)
    : QObject(parent),
      d(new Private{clock, std::move(random)})
{
    d->table.memory().onFirstChange = [this] {
        Q_EMIT changed();
    };
    connect(&d->blacklist, &Blacklist::keyBlacklisted, this, &KeyPool::keyBlacklisted);
    connect(&d->blacklist, &Blacklist::keyPutBack, this, &KeyPool::keyPutBack);
    connect(&d->blacklist, &Blacklist::noKeyLeft, this, &KeyPool::noKeyLeft);
    connect(&d->blacklist, &Blacklist::brakeApplied, this, &KeyPool::brakeApplied);
}

KeyPool::~KeyPool() = default;

// ---- Configuration ------------------------------------------------------------------------------

void KeyPool::setConfig(const KeyPoolConfig &config)
{
    const bool moved = config.startIndex != d->config.startIndex;
    d->config = config;
    d->table.selection().setStrategy(config.strategy);
    if (moved && d->table.size() > 0)
        d->cursor = d->startIndex();
    d->blacklist.setRules({config.threshold, config.resetWhenNoneLeft, config.tryAgainAfter});
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
    d->cursor = kept != order.end() ? d->table.indexOf(*kept) : d->startIndex();
    d->keysWithFailures = 0;
    for (int i = 0; i < size; ++i)
        d->keysWithFailures += d->table.at(i).seen.failures > 0 ? 1 : 0;
    d->blacklist.keysChanged();
}

/// START_INDEX as a position in the list.
int KeyPool::Private::startIndex()
{
    return table.size() > 0 ? std::max(0, config.startIndex) % table.size() : 0;
}

// ---- Leases -------------------------------------------------------------------------------------

tl::expected<Lease, LeaseRefusal> KeyPool::lease(const KeyIds &tried, KeyId preferred)
{
    d->catchUp();
    if (const int index = d->table.indexOf(preferred); preferred != 0 && index >= 0) {
        if (d->table.selection().isAvailable(index) && !tried.contains(preferred))
            return d->leaseKey(index, {.affinity = true, .retry = !tried.isEmpty()});
    }
    if (const int trial = tried.isEmpty() ? d->blacklist.takeTrial() : -1; trial >= 0)
        return d->leaseKey(trial, {.trial = true});
    int index = d->nextKey(tried);
    if (index < 0 && d->table.available() == 0 && d->config.resetWhenNoneLeft &&
        d->anyCoolingOutside(tried)) {
        d->blacklist.endAllCooldowns();
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
    const int from = config.strategy == KeyStrategy::FillFirst ? startIndex() : cursor;
    return table.nextAvailable(from, tried);
}

Lease KeyPool::Private::leaseKey(int index, const LeaseReason &reason)
{
    KeyEntry &entry = table.at(index);
    ++entry.seen.active;
    entry.seen.lastUsed = clock.wallNow();
    entry.seen.lastReason = reason;
    table.selection().used(index);
    table.memory().note(entry);
    return {entry.seen.id, table.countLease(), index, entry.secret, entry.seen.preview, reason};
}

bool KeyPool::Private::anyCoolingOutside(const KeyIds &tried)
{
    const auto isCooling = [&](KeyId id) {
        const int index = table.indexOf(id);
        return index >= 0 && table.at(index).seen.state == KeyState::CoolingDown;
    };
    return table.cooling() > std::count_if(tried.begin(), tried.end(), isCooling);
}

LeaseRefusal KeyPool::Private::refusal(const KeyIds &tried)
{
    if (table.size() == 0)
        return {LeaseRefusal::Reason::NoKeys, {}};
    if (table.available() > 0)
        return {LeaseRefusal::Reason::AllTried, {}};
    if (!anyCoolingOutside(tried) && !tried.isEmpty())
        return {LeaseRefusal::Reason::AllTried, {}};
    LeaseRefusal result{LeaseRefusal::Reason::NoneLeft, {}};
    if (const auto end = table.soonestEnd())
        result.soonest = std::chrono::ceil<milliseconds>(*end - clock.now());
    return result;
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
        d->table.selection().setHeadroom(index, facts.headroom,
                                         d->clock.now() + facts.reset.value_or(UsualReset));
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
        d->blacklist.succeeded(index, lease);
        break;
    case FaultClass::Permanent:
    case FaultClass::Quota:
    case FaultClass::Temporary:
        if (d->blacklist.mayBlame(index, lease, verdict)) {
            d->countFailure(index);
            d->blacklist.blame(index, lease, verdict);
        }
        break;
    case FaultClass::NotWithThisKey:
    case FaultClass::Upstream:
    case FaultClass::Client:
    case FaultClass::Cancelled:
        break;
    }
}

void KeyPool::Private::countFailure(int index)
{
    ++failures;
    if (++table.at(index).seen.failures == 1)
        ++keysWithFailures;
}

// ---- What people and checks do to keys ----------------------------------------------------------

void KeyPool::upstreamChanged()
{
    d->blacklist.upstreamChanged();
}

int KeyPool::resetBlacklist()
{
    return d->blacklist.reset();
}

bool KeyPool::putBack(const QString &fingerprint)
{
    const int index = d->table.indexOf(fingerprint);
    if (index < 0)
        return false;
    d->blacklist.putBack(index, QStringLiteral("put back by a person"));
    return true;
}

bool KeyPool::setDisabled(const QString &fingerprint, bool disabled)
{
    d->catchUp();
    const int index = d->table.indexOf(fingerprint);
    if (index < 0)
        return false;
    const bool was = d->table.at(index).seen.state == KeyState::Disabled;
    if (disabled == was)
        return true;
    if (!disabled) {
        d->blacklist.enable(index);
        return true;
    }
    d->table.setDisabled(index, d->clock.wallNow());
    Q_EMIT keyDisabled(KeySnapshot(d->table.at(index).seen));
    d->blacklist.keysChanged();
    return true;
}

bool KeyPool::setLabel(const QString &fingerprint, const QString &label)
{
    const int index = d->table.indexOf(fingerprint);
    if (index < 0)
        return false;
    KeyEntry &entry = d->table.at(index);
    entry.givenLabel = label;
    d->table.memory().note(entry);
    entry.seen.label = label.isEmpty() ? entry.listLabel : label;
    return true;
}

QByteArray KeyPool::secret(const QString &fingerprint) const
{
    const int index = d->table.indexOf(fingerprint);
    return index < 0 ? QByteArray() : d->table.at(index).secret;
}

QStringList KeyPool::permanentKeys() const
{
    QStringList result;
    for (int i = 0; i < d->table.size(); ++i) {
        const KeySnapshot &seen = d->table.at(i).seen;
        if (seen.state == KeyState::Permanent)
            result.append(seen.fingerprint);
    }
    return result;
}

void KeyPool::noteCheck(const QString &fingerprint, const Verdict &verdict)
{
    const int index = d->table.indexOf(fingerprint);
    if (index >= 0)
        d->blacklist.applyCheck(index, verdict);
}

void KeyPool::remember(const QList<KeyRecord> &records)
{
    for (const KeyRecord &record : records)
        d->table.memory().remember(record);
}

KeyChanges KeyPool::takeChanges()
{
    return d->table.memory().takeChanges(d->table);
}

// ---- Clocks and the network ---------------------------------------------------------------------

void KeyPool::watchClock()
{
    d->watchClock();
}

void KeyPool::lookAtClock()
{
    d->catchUp();
}

void KeyPool::setOffline(bool offline)
{
    d->blacklist.setOffline(offline);
}

void KeyPool::Private::watchClock()
{
    catchUp();
    watching = true;
    nextCheck.setIn(ClockInterval);
}

void KeyPool::Private::catchUp()
{
    const auto now = clock.now();
    const milliseconds jump = clockWatch.check(now, clock.wallNow());
    if (jump != milliseconds(0))
        blacklist.clockJumped(jump);
    // Where the monotonic clock goes on during sleep, the checks that did not happen tell of it.
    const bool missed = watching && now - lastCheck > 2 * ClockInterval;
    lastCheck = now;
    if (jump > milliseconds(0) || missed)
        blacklist.applyBrake(QStringLiteral("the machine has just woken, or its clock was set"));
    table.selection().catchUp(now);
    blacklist.endCooldowns();
    blacklist.emitPutBack();
}

// ---- What may be seen ---------------------------------------------------------------------------

int KeyPool::total() const
{
    return d->table.size();
}

int KeyPool::available() const
{
    d->blacklist.endCooldowns();
    return d->table.available();
}

KeyPoolSnapshot KeyPool::snapshot() const
{
    KeyPoolSnapshot result;
    result.total = total();
    result.available = available();
    result.disabled = d->table.disabled();
    result.currentIndex = d->cursor;
    result.successes = d->successes;
    result.failures = d->failures;
    result.keysWithFailures = d->keysWithFailures;
    const Blacklist::Brake brake = d->blacklist.brake();
    result.brakeReason = brake.reason;
    result.brakeUntil = brake.until;
    return result;
}

QList<KeySnapshot> KeyPool::keys(int from, int count) const
{
    d->blacklist.endCooldowns();
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
    d->blacklist.endCooldowns();
    QList<KeySnapshot> result;
    for (int i = 0; i < total() && result.size() < count; ++i) {
        const KeySnapshot &key = d->table.at(i).seen;
        if (key.state != KeyState::Available && from-- <= 0)
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
    d->blacklist.endCooldowns();
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
