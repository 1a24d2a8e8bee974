// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

/// Takes the program code that only the start needed out of this process's resident memory: some 12
/// of 26 MB, most of it the loading of libraries. Nothing is lost: what is called again is mapped
/// again from the page cache, in microseconds. On Linux, in release builds (a debugger's
/// breakpoints are changes to code); elsewhere it does nothing. Called once, when the start is
/// over. Thread: any. Source: madvise(2), MADV_DONTNEED on a file's mapping; dl_iterate_phdr(3).
void dropStartupCode();

} // namespace keywheel
