// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/keystores.h"

#include "keystate/statefolder.h"
#include "secrets/filekeystore.h"
#include "secrets/keychainkeystore.h"
#include "secrets/oskeychain.h"

namespace keywheel {

std::unique_ptr<KeyStore> makeKeyStore(const Settings &settings, Clock &clock)
{
    switch (settings.keyStore) {
    case KeyStoreKind::Keychain:
        return std::make_unique<KeychainKeyStore>(
            std::make_unique<OsKeychain>(QStringLiteral("keywheel")), clock, stateFolder());
    case KeyStoreKind::File:
        break;
    }
    return std::make_unique<FileKeyStore>(settings.keysFile);
}

bool isSameKeyStore(const Settings &one, const Settings &other)
{
    return one.keyStore == other.keyStore &&
           (one.keyStore != KeyStoreKind::File || one.keysFile == other.keysFile);
}

} // namespace keywheel
