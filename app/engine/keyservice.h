// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "settings/settings.h"

#include <QJsonObject>

#include <memory>

namespace keywheel {

/// Where a command about keys makes its calls (KeyAdmin has the list): to the Keywheel that runs on
/// PORT, so that they take effect there at once, else on the store itself. Blocking, with an event
/// loop of its own. Needs a QCoreApplication.
class KeyService
{
public:
    KeyService() = default;
    virtual ~KeyService() = default;
    Q_DISABLE_COPY_MOVE(KeyService)

    virtual Expected<QJsonObject> call(const QString &name, const QJsonObject &arguments) = 0;
    /// Whether a running Keywheel answers.
    virtual bool isRemote() const = 0;
};

/// Fails when the running Keywheel does not answer or the store cannot be read.
Expected<std::unique_ptr<KeyService>> openKeyService(const Settings &settings);

} // namespace keywheel
