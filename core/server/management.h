// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace keywheel {

/// Which of the keys are listed: an answer about all of 100,000 would hold up every stream.
struct RowRange
{
    static constexpr int Most = 1000;
    int offset = 0;
    int limit = Most;
};

/// What Keywheel's own endpoints answer; app joins it to the services. No secrets in any of them.
class Management
{
public:
    virtual ~Management() = default;
    virtual QJsonObject health() const = 0;
    virtual QJsonObject stats(const RowRange &rows) const = 0;
    virtual QJsonObject blacklist(const RowRange &rows) const = 0;
    virtual QJsonObject resetKeys() = 0;
};

} // namespace keywheel
