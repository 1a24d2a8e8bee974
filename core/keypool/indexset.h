// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace keywheel {

/// A set of indices from 0 to size() - 1 that finds the next member from any position in a few
/// steps, however sparse it is: a bitmap, with a bitmap above it that says which of its words are
/// not empty, and so on (64 times smaller at each level). Not thread-safe.
class IndexSet
{
public:
    explicit IndexSet(int size = 0);

    int size() const { return size_; }
    int count() const { return count_; }
    bool contains(int index) const;
    void insert(int index);
    void remove(int index);
    /// The first member at `from` or after it; -1 when there is none. `from` may be size().
    int next(int from) const;

private:
    using Words = std::vector<quint64>;
    int size_ = 0;
    int count_ = 0;
    std::vector<Words> levels_; ///< the lowest first, one word in the last
};

} // namespace keywheel
