// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keychain.h"

namespace keywheel {

/// The keychain of the operating system, by QtKeychain: Secret Service or KWallet, Windows
/// Credential Manager, macOS Keychain. Nothing is ever stored in plain text instead.
/// On Linux its thread needs GLib's event dispatcher, which is Qt's default there.
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

/// keychainprobe_unix.cpp and _other.cpp: one call to the Secret Service, on platforms that have
/// it.
void probeKeychain(QObject *context, std::function<void(KeychainState)> answer);

} // namespace keywheel
