// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QStringList>

namespace keywheel {

/// The list ALLOWED_ORIGINS. An entry is `*` (every origin), `null`, `scheme://` (every origin of
/// that scheme), `scheme://host`, `scheme://host:port` or `scheme://host:*` (any port or none).
/// Case does not matter, and a scheme's own port may stand there or not. A value.
///
/// `null` is what sandboxed frames and pages from files send, so any page can: it is allowed only
/// where it, or `*`, is listed.
class OriginRules
{
public:
    OriginRules() = default;
    explicit OriginRules(const QStringList &entries);

    bool allows(QByteArrayView origin) const;

private:
    struct Rule
    {
        QByteArray prefix;
        enum class Rest { Nothing, AnyPort, Anything } rest;
    };
    QList<Rule> rules_;
    bool all_ = false;
};

} // namespace keywheel
