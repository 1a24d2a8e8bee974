// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace keywheel {

/// Scores of the indices from 0 to size() - 1, from which the next index with the best one is found
/// in O(log n), and changed in O(log n) without allocation: a complete binary tree of maxima, the
/// root at 1, the scores in its leaves. Not thread-safe.
class ScoreTree
{
public:
    static constexpr qint64 None = -1; ///< the index takes no part; scores are 0 or more

    explicit ScoreTree(int size = 0);

    void set(int index, qint64 score);
    qint64 at(int index) const { return nodes_[leaf(index)]; }
    qint64 best() const { return nodes_[1]; }
    /// The next index with the best score, from `from` on and around the end; -1 when none takes
    /// part.
    int next(int from) const;

private:
    size_t leaf(int index) const { return leaves_ + static_cast<size_t>(index); }
    int nextUpwards(size_t node) const;

    size_t leaves_; ///< a power of two
    std::vector<qint64> nodes_;
};

} // namespace keywheel
