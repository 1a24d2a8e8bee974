// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace keywheel {

/// Where connections go. Connections of equal origins may stand in for each other.
struct Origin
{
    bool tls = false;
    QString host;
    quint16 port = 0;

    friend bool operator==(const Origin &, const Origin &) = default;

    static Origin of(const QUrl &url);
    /// The Host field: the port only where it is not the scheme's own (RFC 9110 §7.2).
    QByteArray authority() const;
    bool isLoopback() const;
};

} // namespace keywheel
