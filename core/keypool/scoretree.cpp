// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/scoretree.h"

#include <algorithm>
#include <bit>

namespace keywheel {

ScoreTree::ScoreTree(int size)
    : leaves_(std::bit_ceil(static_cast<size_t>(std::max(size, 1)))),
      nodes_(2 * leaves_, None)
{
}

void ScoreTree::set(int index, qint64 score)
{
    size_t node = leaf(index);
    nodes_[node] = score;
    while (node > 1) {
        const qint64 best = std::max(nodes_[node], nodes_[node ^ 1]);
        node /= 2;
        if (nodes_[node] == best)
            return;
        nodes_[node] = best;
    }
}

int ScoreTree::next(int from) const
{
    if (best() == None)
        return -1;
    const int found = nextUpwards(leaf(from));
    return found >= 0 ? found : nextUpwards(leaf(0));
}

/// The first leaf with the best score at or right of this one.
int ScoreTree::nextUpwards(size_t node) const
{
    const qint64 wanted = best();
    while (nodes_[node] != wanted) {
        // Up while this is a right child, then over to the right neighbour.
        while (node % 2 == 1)
            node /= 2;
        if (node == 0)
            return -1;
        ++node;
    }
    while (node < leaves_)
        node = nodes_[2 * node] == wanted ? 2 * node : 2 * node + 1;
    return static_cast<int>(node - leaves_);
}

} // namespace keywheel
