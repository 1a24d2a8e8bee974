// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/sessionbus.h"

#include <memory>

namespace keywheel {

/// A SessionBus with a real gnome-keyring. Nobody else is on the bus, so that a locked keyring
/// cannot ask anybody. Everything it started ends with it. Thread: one with an event loop.
class KeyringSession
{
public:
    /// Whether the programs are there.
    static bool isPossible();

    KeyringSession();
    ~KeyringSession();

    /// (Re)starts gnome-keyring. Its first start unlocked makes the default keyring.
    bool startUnlocked();
    /// A keyring that an earlier start made is locked; else there is none.
    bool startLocked();
    void stop();
    /// The service is there and does not answer, until resume().
    void suspend();
    void resume();

    /// For processes that are to live in this session.
    QProcessEnvironment environment() const { return bus_.environment(); }

private:
    bool startService(const QStringList &options, const QByteArray &password);
    /// What the default keyring says to org.freedesktop.Secret.Collection.Locked.
    bool isUnlocked() const;

    SessionBus bus_;
    QDBusConnection connection_;
    std::unique_ptr<QProcess> service_;
};

} // namespace keywheel
