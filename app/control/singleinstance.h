// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control/controlserver.h"

#include <QLockFile>

#include <memory>

namespace keywheel {

/// Sees to it that a user has one Keywheel on the desktop, and lets others call it: a lock at
/// lockPath(), and the control channel. A lock or socket that a crash has left
/// is taken over. Thread: the main one.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    enum class Call { Show, Toggle, StartServer, StopServer, Quit };
    enum class Role { First, Second };

    explicit SingleInstance(QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Makes this the one, or else makes `call` to the one that runs, if there is any to make.
    Expected<Role> begin(std::optional<Call> call);
    /// The next one may begin.
    void end();

    /// Whether one runs, which has taken the call.
    static Expected<bool> tell(Call call);

Q_SIGNALS:
    void called(keywheel::SingleInstance::Call call);

private:
    std::unique_ptr<QLockFile> lock_;
    ControlServer server_;
};

} // namespace keywheel
