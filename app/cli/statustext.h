// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace keywheel {

// What the management commands print for people, from what the server's own endpoints answered.
// Fields that an older server does not send are left out or empty. Each ends with a line feed.

QString healthReport(const QJsonObject &health);
QString statsReport(const QJsonObject &stats);
QString blacklistReport(const QJsonObject &blacklist);
QString resetReport(const QJsonObject &reset);

} // namespace keywheel
