// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QTemporaryDir>

namespace keywheel {

/// A D-Bus session bus of its own, in a scratch home folder. Nothing of the user's session is seen
/// or touched, and on the bus nothing starts by itself. It ends with this.
/// Thread: one with an event loop.
class SessionBus
{
public:
    /// Whether the program is there.
    static bool isPossible();

    SessionBus();
    ~SessionBus();

    /// A connection of its own for each name; closed at the end.
    QDBusConnection connection(const QString &name);
    /// For processes that are to live in this session.
    QProcessEnvironment environment() const { return environment_; }

private:
    QTemporaryDir folder_;
    QProcessEnvironment environment_;
    QProcess daemon_;
    QStringList connections_;
};

} // namespace keywheel
