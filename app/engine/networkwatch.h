// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkInformation>
#include <QObject>

namespace keywheel {

/// Tells when this machine has no network at all, where the system says so (QNetworkInformation);
/// elsewhere it never does. Thread: the main one.
class NetworkWatch : public QObject
{
    Q_OBJECT

public:
    explicit NetworkWatch(QObject *parent = nullptr);

    /// A network without the internet may still lead to the upstream.
    static bool isDown(QNetworkInformation::Reachability reachability);
    bool isDown() const;

Q_SIGNALS:
    void changed(bool down);
};

} // namespace keywheel
