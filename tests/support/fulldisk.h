// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

namespace keywheel {

/// As long as it lives, a write beyond the first 4 KiB of a file fails in its middle, as on a full
/// disk: by a limit on the size of files.
class FullDisk
{
public:
#ifdef Q_OS_UNIX
    static constexpr bool IsPossible = true;

    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit tight{};
        if (::getrlimit(RLIMIT_FSIZE, &old_) != 0)
            qFatal("no limit on the size of files");
        tight = old_;
        tight.rlim_cur = 4096;
        if (::setrlimit(RLIMIT_FSIZE, &tight) != 0)
            qFatal("the limit on the size of files cannot be set");
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, SIG_DFL);
    }

private:
    rlimit old_{};
#else
    static constexpr bool IsPossible = false;

    FullDisk() {}
    ~FullDisk() {}

private:
#endif
    Q_DISABLE_COPY_MOVE(FullDisk)
};

} // namespace keywheel
