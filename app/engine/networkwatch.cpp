// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/networkwatch.h"

namespace keywheel {

NetworkWatch::NetworkWatch(QObject *parent) : QObject(parent)
{
    if (!QNetworkInformation::loadDefaultBackend())
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this] { Q_EMIT changed(isDown()); });
}

bool NetworkWatch::isDown(QNetworkInformation::Reachability reachability)
{
    return reachability == QNetworkInformation::Reachability::Disconnected;
}

bool NetworkWatch::isDown() const
{
    const auto *information = QNetworkInformation::instance();
    return information && isDown(information->reachability());
}

} // namespace keywheel
