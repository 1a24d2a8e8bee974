// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>

#include <optional>

namespace keywheel {

struct PortHolder
{
    QString program; ///< as /proc/PID/comm names it
    qint64 pid = 0;
};

/// The program that listens on `port` where a listener on `address` would collide with it, read
/// from Linux' /proc (proc(5): net/tcp, net/tcp6, PID/fd). nullopt elsewhere, and for programs of
/// other users, whose descriptors cannot be seen.
std::optional<PortHolder> findPortHolder(const QHostAddress &address, quint16 port,
                                         const QString &proc = QStringLiteral("/proc"));

} // namespace keywheel
