// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace keywheel {

/// One upstream API key with what people may see of it. A value; `secret` never leaves the core.
struct ApiKey
{
    QByteArray secret;
    int lineNumber = 0; ///< in the file it came from, from 1; 0 when it came from elsewhere
    QString label;
};

} // namespace keywheel
