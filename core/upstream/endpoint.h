// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace keywheel {

/// The address of an upstream. Connections to equal endpoints are interchangeable. A value, usable
/// in every thread.
struct Endpoint
{
    bool tls = false;
    QString host;
    quint16 port = 0;

    friend bool operator==(const Endpoint &, const Endpoint &) = default;

    static Endpoint of(const QUrl &url);
    QString name() const; ///< host:port, as a key of tables and in messages
    /// The Host field: the port only where it is not the scheme's own (RFC 9110 §7.2).
    QByteArray authority() const;
    bool isLoopback() const;
};

} // namespace keywheel
