// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/sse.h"

#include <optional>

namespace keywheel {

/// Watches an event stream for an error event while it passes, at the price of a search for a few
/// words in each chunk. Only what holds one of them is read.
class LaterErrors
{
public:
    static constexpr qsizetype MaxEvent = qsizetype{64} * 1024;

    /// The first error event, when these bytes complete it; once in all.
    std::optional<SseReader::Event> feed(const QByteArray &bytes);

private:
    QByteArray open_; ///< what came since the last blank line
    bool suspicious_ = false;
    bool over_ = false;
};

} // namespace keywheel
