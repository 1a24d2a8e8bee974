// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>

namespace keywheel {

/// How far a command is, on one line that is overwritten and in the end wiped away. Only where
/// `stream` is a terminal.
class ProgressBar
{
public:
    explicit ProgressBar(int total, std::FILE *stream = stderr);
    ~ProgressBar();
    ProgressBar(const ProgressBar &) = delete;
    ProgressBar &operator=(const ProgressBar &) = delete;

    void show(int done);

private:
    const int total_;
    std::FILE *const stream_; ///< null: none is shown
};

} // namespace keywheel
