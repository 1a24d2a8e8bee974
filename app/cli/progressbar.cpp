// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progressbar.h"

#include "process/terminal.h"

#include <QtGlobal>

#include <string>

namespace keywheel {

namespace {

constexpr int Width = 40;
constexpr const char *EraseLine = "\r\033[K";

} // namespace

ProgressBar::ProgressBar(int total, std::FILE *stream)
    : total_(total),
      stream_(isTerminal(stream) ? stream : nullptr)
{
    show(0);
}

ProgressBar::~ProgressBar()
{
    if (stream_)
        std::fputs(EraseLine, stream_);
}

void ProgressBar::show(int done)
{
    if (!stream_ || total_ <= 0)
        return;
    const auto filled = std::size_t(qint64(done) * Width / total_);
    const std::string bar = std::string(filled, '#') + std::string(Width - filled, '.');
    std::fprintf(stream_, "%s[%s] %d of %d", EraseLine, bar.c_str(), done, total_);
    std::fflush(stream_);
}

} // namespace keywheel
