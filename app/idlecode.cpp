// SPDX-License-Identifier: GPL-3.0-or-later
#include "idlecode.h"

#if defined(__linux__) && defined(NDEBUG)
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace keywheel {

#if defined(__linux__) && defined(NDEBUG)
namespace {

/// Code only: it is never written, so that the file has all of it. Relocated data would be lost.
int dropCode(dl_phdr_info *library, size_t, void *)
{
    const auto page = static_cast<ElfW(Addr)>(::sysconf(_SC_PAGESIZE));
    for (int i = 0; i < library->dlpi_phnum; ++i) {
        const auto &segment = library->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0 ||
            (segment.p_flags & PF_W) != 0)
            continue;
        const auto begin = (library->dlpi_addr + segment.p_vaddr) & ~(page - 1);
        const auto end = library->dlpi_addr + segment.p_vaddr + segment.p_filesz;
        // A failure (the vDSO is not a file) leaves the pages where they are.
        // NOLINTNEXTLINE(performance-no-int-to-ptr): ELF has addresses as numbers
        ::madvise(reinterpret_cast<void *>(begin), end - begin, MADV_DONTNEED);
    }
    return 0;
}

} // namespace
#endif

void releaseIdleCode()
{
#if defined(__linux__) && defined(NDEBUG)
    ::dl_iterate_phdr(dropCode, nullptr);
#endif
}

} // namespace keywheel
