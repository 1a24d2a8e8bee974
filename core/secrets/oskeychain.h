// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keychain.h"

namespace keywheel {

/// The keychain of the operating system, by QtKeychain: Secret Service or KWallet, Windows
/// Credential Manager, macOS Keychain. Nothing is ever stored in plain text instead.
/// The jobs run in a thread of their own; on Linux that needs GLib's event dispatcher, so
/// QT_NO_GLIB must not be set when the first one starts.
class OsKeychain final : public Keychain
{
public:
    /// `service`: under what name people see the entries.
    explicit OsKeychain(const QString &service);

    void read(const QString &name, QObject *context, Answer answer) override;
    void write(const QString &name, const QByteArray &data, QObject *context,
               Answer answer) override;
    void erase(const QString &name, QObject *context, Answer answer) override;
    void probe(QObject *context, std::function<void(KeychainState)> answer) override;

private:
    QString service_;
};

// What differs between platforms: keychainplatform_unix.cpp and _other.cpp.

/// One call to the Secret Service, where there is one.
void probeKeychain(QObject *context, std::function<void(KeychainState)> answer);
/// After a failed job, in its thread: libsecret goes on using its session with a service that has
/// been restarted, and every further job would fail.
void forgetKeychainSession();

} // namespace keywheel
