// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

/// Keeps large buffers, such as the bodies of requests, out of the heap, so that what they took
/// goes back to the system. glibc learns otherwise from the first one that is freed to put the next
/// ones, up to its size, into the heap, where what lasts comes to lie above them, and to keep twice
/// as much there. Called once, at the start; elsewhere it does nothing. Source: mallopt(3),
/// M_MMAP_THRESHOLD.
void keepLargeBuffersOutOfHeap();

} // namespace keywheel
