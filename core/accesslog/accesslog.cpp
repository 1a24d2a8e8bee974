// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/accesslog.h"

#include <algorithm>

namespace keywheel {

void AccessLog::begin()
{
    ++counters_.active;
    Q_EMIT begun();
}

void AccessLog::finish(const RequestRecord &record)
{
    --counters_.active;
    ++counters_.requests;
    switch (outcomeOf(record)) {
    case RequestOutcome::Succeeded:
        ++counters_.succeeded;
        break;
    case RequestOutcome::Failed:
        ++counters_.failed;
        break;
    case RequestOutcome::ClientLeft:
        ++counters_.clientLeft;
        break;
    }
    counters_.retries += static_cast<quint64>(std::max<qsizetype>(0, record.attempts.size() - 1));
    counters_.bytesIn += static_cast<quint64>(record.bytesIn);
    counters_.bytesOut += static_cast<quint64>(record.bytesOut);
    if (record.firstByte.count() > 0)
        firstByte_.add(record.firstByte);
    if (recent_.size() == Capacity)
        recent_.pop_front();
    recent_.push_back(record);
    Q_EMIT recorded(record);
}

} // namespace keywheel
