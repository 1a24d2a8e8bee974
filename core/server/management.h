// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace keywheel {

/// What Keywheel's own endpoints answer; app joins it to the services. No secrets in any of them.
class Management
{
public:
    virtual ~Management() = default;
    virtual QJsonObject health() const = 0;
    virtual QJsonObject stats() const = 0;
    virtual QJsonObject blacklist() const = 0;
    virtual QJsonObject resetKeys() = 0;
};

} // namespace keywheel
