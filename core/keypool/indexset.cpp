// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/indexset.h"

#include <bit>

namespace keywheel {

namespace {

constexpr int WordBits = 64;

constexpr quint64 bit(int index)
{
    return quint64(1) << (index % WordBits);
}

} // namespace

IndexSet::IndexSet(int size) : size_(size)
{
    int width = size;
    do {
        width = (width + WordBits - 1) / WordBits;
        levels_.emplace_back(static_cast<size_t>(width));
    } while (width > 1);
}

bool IndexSet::contains(int index) const
{
    return (levels_.front()[static_cast<size_t>(index / WordBits)] & bit(index)) != 0;
}

void IndexSet::insert(int index)
{
    if (contains(index))
        return;
    ++count_;
    for (auto &words : levels_) {
        words[static_cast<size_t>(index / WordBits)] |= bit(index);
        index /= WordBits;
    }
}

void IndexSet::remove(int index)
{
    if (!contains(index))
        return;
    --count_;
    for (auto &words : levels_) {
        quint64 &word = words[static_cast<size_t>(index / WordBits)];
        word &= ~bit(index);
        if (word != 0)
            return;
        index /= WordBits;
    }
}

int IndexSet::next(int from) const
{
    // Up until a word has a member at or after the position, then down along first members.
    for (size_t level = 0; level < levels_.size(); ++level) {
        const auto at = static_cast<size_t>(from / WordBits);
        if (at >= levels_[level].size())
            return -1;
        const quint64 rest = levels_[level][at] & ~(bit(from) - 1);
        if (rest != 0) {
            int found = static_cast<int>(at) * WordBits + std::countr_zero(rest);
            while (level-- > 0)
                found =
                    found * WordBits + std::countr_zero(levels_[level][static_cast<size_t>(found)]);
            return found;
        }
        from = static_cast<int>(at) + 1;
    }
    return -1;
}

} // namespace keywheel
