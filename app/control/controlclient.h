// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control/controlmessage.h"

#include <QLocalSocket>

#include <chrono>
#include <memory>

namespace keywheel {

/// Makes calls to a running Keywheel of the same user; see ControlServer. Blocking, with an event
/// loop of its own, so that signals of the operating system are heard meanwhile.
class ControlClient
{
public:
    /// The one that listens at controlPath(`name`), or the Keywheel on `port`; null when there is
    /// none.
    static Expected<std::unique_ptr<ControlClient>> find(const QString &name);
    static Expected<std::unique_ptr<ControlClient>> find(quint16 port);

    /// What it answers, or its error, or why none came within `limit`.
    Expected<QJsonObject> call(const QString &name, const QJsonObject &arguments,
                               std::chrono::milliseconds limit);

private:
    ControlClient() = default;
    static Expected<std::unique_ptr<ControlClient>> findAt(const Expected<QString> &path);

    QLocalSocket socket_;
};

} // namespace keywheel
