// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace keywheel {

/// What tools are pointed at, for a listener at `address`.
inline QString baseUrl(QUrl address)
{
    address.setPath(QStringLiteral("/v1"));
    return address.toString();
}

} // namespace keywheel
