// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/selection.h"

#include "verdict/answerfacts.h"

#include <algorithm>

namespace keywheel {

void Selection::rearrange(const QList<int> &was)
{
    const auto old = std::exchange(merits_, std::vector<Merit>(static_cast<size_t>(was.size())));
    const qint64 least = leastUses();
    tree_ = ScoreTree(static_cast<int>(was.size()));
    headroomEnds_ = {};
    available_ = 0;
    for (Organization &each : organizations_)
        each.members.clear();
    for (int i = 0; i < was.size(); ++i) {
        Merit &now = merit(i);
        if (was.at(i) < 0) {
            now.uses = least;
            continue;
        }
        now = old[static_cast<size_t>(was.at(i))];
        available_ += int(now.available);
        if (now.organization >= 0)
            organization(now.organization).members.append(i);
        if (now.endIsQueued)
            headroomEnds_.push({now.headroomEnd, i});
        rescore(i);
    }
}

void Selection::setStrategy(KeyStrategy strategy)
{
    if (std::exchange(strategy_, strategy) == strategy)
        return;
    for (int i = 0; i < int(merits_.size()); ++i) {
        merit(i).uses = 0; // those of new keys were not levelled meanwhile
        rescore(i);
    }
}

qint64 Selection::score(const Merit &key) const
{
    if (!key.available)
        return ScoreTree::None;
    const bool limited =
        key.organization >= 0 && organizations_[static_cast<size_t>(key.organization)].limitedUntil;
    const qint64 base = limited ? 0 : Preferred;
    switch (strategy_) {
    case KeyStrategy::LeastUsed:
        return base + Unknown - key.uses;
    case KeyStrategy::Headroom:
        return base + key.headroom;
    case KeyStrategy::RoundRobin:
    case KeyStrategy::FillFirst:
        break;
    }
    return base;
}

/// Where a key begins that comes new or comes back; it is not to make up for its absence.
qint64 Selection::leastUses() const
{
    if (strategy_ != KeyStrategy::LeastUsed || tree_.best() == ScoreTree::None)
        return 0;
    return Unknown - tree_.best() % Preferred;
}

void Selection::setAvailable(int index, bool available)
{
    Merit &key = merit(index);
    if (key.available == available)
        return;
    if (available)
        key.uses = std::max(key.uses, leastUses());
    key.available = available;
    available_ += available ? 1 : -1;
    rescore(index);
}

int Selection::next(int from, const Indices &except)
{
    // Taking the unwanted ones out for a moment keeps this linear in their number.
    for (const int index : except)
        tree_.set(index, ScoreTree::None);
    const int found = tree_.next(from);
    for (const int index : except)
        rescore(index);
    return found;
}

LeaseReason Selection::reasonFor(int index) const
{
    LeaseReason reason;
    reason.strategy = strategy_;
    const qint64 headroom = merit(index).headroom;
    reason.headroomUnknown =
        strategy_ == KeyStrategy::Headroom && (headroom == Unknown || headroom == 0);
    reason.otherOrganization = !limited_.isEmpty() && tree_.at(index) >= Preferred;
    return reason;
}

void Selection::used(int index)
{
    Merit &key = merit(index);
    if (strategy_ == KeyStrategy::LeastUsed)
        ++key.uses;
    else if (strategy_ == KeyStrategy::Headroom && key.headroom != Unknown) // requests under way
        key.headroom = std::max<qint64>(0, key.headroom - TokensPerRequest);
    else
        return;
    rescore(index);
}

void Selection::setHeadroom(int index, std::optional<qint64> headroom, Clock::Instant until)
{
    Merit &key = merit(index);
    if (headroom)
        key.headroom = *headroom;
    else if (key.headroom == Unknown)
        key.headroom = 0; // after all those that told
    key.headroomEnd = until;
    if (!std::exchange(key.endIsQueued, true))
        headroomEnds_.push({until, index});
    rescore(index);
}

void Selection::setOrganization(int index, const QByteArray &name)
{
    Merit &key = merit(index);
    if (key.organization >= 0)
        organization(key.organization).members.removeOne(index);
    auto known = organizationByName_.constFind(name);
    if (known == organizationByName_.cend()) {
        known = organizationByName_.insert(name, int(organizations_.size()));
        organizations_.emplace_back();
    }
    key.organization = *known;
    organization(key.organization).members.append(index);
    rescore(index);
}

int Selection::sharing(int index) const
{
    const int number = merit(index).organization;
    return number < 0
               ? 0
               : static_cast<int>(organizations_[static_cast<size_t>(number)].members.size()) - 1;
}

void Selection::limitOrganization(int index, Clock::Instant until)
{
    const int number = merit(index).organization;
    if (number < 0 || organization(number).members.size() < 2)
        return;
    auto &end = organization(number).limitedUntil;
    const bool isNew = !end;
    end = std::max(end.value_or(until), until);
    if (!isNew)
        return;
    limited_.append(number);
    rescoreMembers(number);
}

void Selection::rescoreMembers(int number)
{
    for (const int index : std::as_const(organization(number).members))
        rescore(index);
}

void Selection::catchUp(Clock::Instant now)
{
    limited_.removeIf([&](int number) {
        if (*organization(number).limitedUntil > now)
            return false;
        organization(number).limitedUntil.reset();
        rescoreMembers(number);
        return true;
    });
    while (!headroomEnds_.empty() && headroomEnds_.top().at <= now) {
        const int index = headroomEnds_.top().index;
        headroomEnds_.pop();
        Merit &key = merit(index);
        if (key.headroomEnd > now) {
            headroomEnds_.push({key.headroomEnd, index});
            continue;
        }
        key.endIsQueued = false;
        key.headroom = Unknown; // whole again
        rescore(index);
    }
}

} // namespace keywheel
