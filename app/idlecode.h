// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

/// Takes program code out of this process's resident memory that has done its work: that of the
/// start, or of a window that is closed now. It is about half of a server at rest (12 of 26 MB),
/// most of it the loading of libraries. Nothing is lost: what is called again is mapped again from
/// the page cache, in microseconds. On Linux, in release builds (a debugger's breakpoints are
/// changes to code); elsewhere it does nothing. Thread: any. Source: madvise(2), MADV_DONTNEED on a
/// file's mapping; dl_iterate_phdr(3).
void releaseIdleCode();

} // namespace keywheel
