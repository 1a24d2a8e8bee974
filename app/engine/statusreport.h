// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "server/ownendpoints.h"

#include <QDateTime>
#include <QJsonArray>
#include <QList>
#include <QString>

namespace keywheel {

class AccessLog;
class KeyPool;
struct KeySnapshot;

/// What /stats and `keys list` say of some keys of `pool`; no secret.
QJsonArray keyRows(const QList<KeySnapshot> &keys, const KeyPool &pool);

/// What /health, /stats, /blacklist and /reset-keys answer, with the field names that programs
/// written for the original rely on and more where useful. Times are UTC in RFC 3339, latencies in
/// ms. Thread: the core's; `keys`, `log` and `clock` must outlive it.
class StatusReport final : public Management
{
public:
    StatusReport(KeyPool &keys, const AccessLog &log, const Clock &clock, QString version);

    QJsonObject health() const override;
    QJsonObject stats(const RowRange &rows = {}) const override;
    QJsonObject blacklist(const RowRange &rows = {}) const override;
    QJsonObject resetKeys() override;

private:
    QString uptime() const;
    QString timestamp() const;
    qint64 requestCount() const;

    KeyPool &keys_;
    const AccessLog &log_;
    const Clock &clock_;
    QString version_;
    Clock::Instant started_;
    QDateTime startTime_;
};

} // namespace keywheel
