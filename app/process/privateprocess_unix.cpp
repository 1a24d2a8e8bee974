// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/privateprocess.h"

#include <sys/stat.h>

#if defined(__linux__) && defined(NDEBUG)
#include <sys/prctl.h>
#endif

namespace keywheel {

void keepToOwner()
{
    ::umask(S_IRWXG | S_IRWXO);
#if defined(__linux__) && defined(NDEBUG)
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace keywheel
