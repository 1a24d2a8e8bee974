// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainerror.h"

namespace keywheel {
namespace {

Error withWayOut(const QString &what)
{
    return {what + QStringLiteral(". Or set KEY_STORE=file, to keep the keys in KEYS_FILE as plain "
                                  "text")};
}

} // namespace

Error keychainError(const KeychainAnswer &answer)
{
    switch (answer.outcome) {
    case KeychainAnswer::Outcome::Denied:
        return withWayOut(QStringLiteral("The keychain refused access to Keywheel's keys (%1): "
                                         "allow it when it asks")
                              .arg(answer.message));
    case KeychainAnswer::Outcome::TimedOut:
        return withWayOut(QStringLiteral("The keychain does not answer in time: if it asks for a "
                                         "password, give it and try again"));
    default:
        return withWayOut(QStringLiteral("The keychain cannot be used (%1): start a keychain "
                                         "service, such as gnome-keyring, in this session")
                              .arg(answer.message));
    }
}

Error keychainLocked()
{
    return withWayOut(QStringLiteral("The keychain is locked: unlock it"));
}

Error keychainWithoutKeyring()
{
    return withWayOut(QStringLiteral("The keychain has no keyring yet: make a default keyring, or "
                                     "import keys and give it a password when it asks"));
}

Error keychainLooksEmpty(qsizetype keys)
{
    return withWayOut(QStringLiteral("The keychain shows none of the %1 keys that were stored: "
                                     "unlock it, if it is locked")
                          .arg(keys));
}

Error keychainIsNewer()
{
    return {QStringLiteral("The keys in the keychain were stored by a newer Keywheel: update this "
                           "one")};
}

} // namespace keywheel
