// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/eventlog.h"

#include "accesslog/accesslog.h"
#include "common/logging.h"
#include "keypool/keypool.h"
#include "process/logsetup.h"

namespace keywheel {

void logEvents(const KeyPool &pool, const AccessLog &accessLog, LogSetup &log)
{
    QObject::connect(&accessLog, &AccessLog::recorded, &pool,
                     [&log](const RequestRecord &record) { log.access(record); });
    QObject::connect(&pool, &KeyPool::keyBlacklisted, &pool, [](const KeySnapshot &key) {
        const QString until = key.until.isNull()
                                  ? QStringLiteral("until it is reset")
                                  : QStringLiteral("until ") + key.until.toString(Qt::ISODate);
        qCWarning(lcKeys).noquote() << QStringLiteral("Key #%1 %2 is set aside %3: %4")
                                           .arg(key.index)
                                           .arg(key.preview, until, key.reason);
    });
    QObject::connect(&pool, &KeyPool::keyPutBack, &pool, [](const KeySnapshot &key) {
        qCInfo(lcKeys).noquote() << QStringLiteral("Key #%1 %2 is back in the rotation: %3")
                                        .arg(key.index)
                                        .arg(key.preview, key.reason);
    });
    QObject::connect(
        &pool, &KeyPool::keyDisabled, &pool, [](const KeySnapshot &key) {
            qCInfo(lcKeys).noquote()
                << QStringLiteral("Key #%1 %2 is disabled").arg(key.index).arg(key.preview);
        });
    QObject::connect(&pool, &KeyPool::noKeyLeft, &pool, [](bool reset) {
        qCWarning(lcKeys).noquote()
            << (reset ? QStringLiteral("No key is left: all cooldowns are ended")
                      : QStringLiteral("No key is left: requests get 503 no_keys_available"));
    });
    QObject::connect(
        &pool, &KeyPool::brakeApplied, &pool, [](const QDateTime &until, const QString &reason) {
            qCWarning(lcKeys).noquote()
                << QStringLiteral("No key is blamed %1: %2")
                       .arg(until.isNull() ? QStringLiteral("until the network is back")
                                           : QStringLiteral("until ") + until.toString(Qt::ISODate),
                            reason);
        });
}

} // namespace keywheel
