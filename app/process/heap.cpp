// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/heap.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace keywheel {

void keepLargeBuffersOutOfHeap()
{
#ifdef __GLIBC__
    // glibc's own to begin with; set, they stay.
    constexpr int Threshold = 128 * 1024;
    ::mallopt(M_MMAP_THRESHOLD, Threshold);
    ::mallopt(M_TRIM_THRESHOLD, Threshold);
#endif
}

} // namespace keywheel
