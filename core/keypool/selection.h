// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "keypool/keychoice.h"
#include "keypool/scoretree.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QVarLengthArray>

#include <optional>
#include <queue>
#include <vector>

namespace keywheel {

/// Which of the available keys comes next, by the strategy and by what is known of their limits.
///
/// Every key has a score, and the next one with the best score is taken: none differ with
/// round-robin and fill-first, fewer uses are better with least-used, more headroom with headroom.
/// Keys of an organisation that is over its limit score below all others. Positions are those of
/// the list. Picking and each change are O(log n) without allocation, but a limit of an
/// organisation costs that for each of its keys. Not thread-safe.
class Selection
{
public:
    using Indices = QVarLengthArray<int, 8>;

    /// A new list: `was[i]` is the earlier position of what stands at `i` now, -1 for what is new.
    void rearrange(const QList<int> &was);
    void setStrategy(KeyStrategy strategy);

    void setAvailable(int index, bool available);
    int available() const { return available_; }
    bool isAvailable(int index) const { return tree_.at(index) != ScoreTree::None; }

    /// The next key from `from` on that is not in `except`; -1 for none.
    int next(int from, const Indices &except);
    /// Why next() chose this one.
    LeaseReason reasonFor(int index) const;
    void used(int index);

    /// As readAnswer() counts it, valid until then; nullopt when the answer told none.
    void setHeadroom(int index, std::optional<qint64> headroom, Clock::Instant until);
    void setOrganization(int index, const QByteArray &name);
    /// How many other keys are of the same one.
    int sharing(int index) const;
    /// Until then, keys of other organisations than this key's come first.
    void limitOrganization(int index, Clock::Instant until);
    /// Takes notice of what has ended.
    void catchUp(Clock::Instant now);

private:
    static constexpr qint64 Unknown = qint64{1} << 60; ///< best, so that it is found out
    static constexpr qint64 Preferred = qint64{1} << 61;

    struct Merit
    {
        bool available = false;
        int organization = -1;
        qint64 uses = 0;
        qint64 headroom = Unknown;
        Clock::Instant headroomEnd;
        bool endIsQueued = false;
    };
    struct Organization
    {
        QList<int> members;
        std::optional<Clock::Instant> limitedUntil;
    };
    struct HeadroomEnd
    {
        Clock::Instant at;
        int index = 0;
        bool operator>(const HeadroomEnd &other) const { return at > other.at; }
    };
    Merit &merit(int index) { return merits_[static_cast<size_t>(index)]; }
    const Merit &merit(int index) const { return merits_[static_cast<size_t>(index)]; }
    Organization &organization(int number) { return organizations_[static_cast<size_t>(number)]; }
    qint64 score(const Merit &key) const;
    void rescore(int index) { tree_.set(index, score(merit(index))); }
    void rescoreMembers(int number);
    qint64 leastUses() const;

    KeyStrategy strategy_ = KeyStrategy::RoundRobin;
    int available_ = 0;
    std::vector<Merit> merits_;
    ScoreTree tree_;
    std::vector<Organization> organizations_;
    QHash<QByteArray, int> organizationByName_;
    QList<int> limited_; ///< organisations
    std::priority_queue<HeadroomEnd, std::vector<HeadroomEnd>, std::greater<>> headroomEnds_;
};

} // namespace keywheel
