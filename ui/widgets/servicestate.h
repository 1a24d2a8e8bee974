// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backendsnapshot.h"

namespace keywheel {

/// How Keywheel does, as one word for the tray and the status line: of all that is true, what a
/// person should know first.
enum class ServiceState {
    Starting,
    Running,
    Degraded, ///< it serves, but something needs a look
    NoKeys,   ///< it listens, but every request is refused: no keys, or none left
    Stopped,
    Error
};

ServiceState serviceState(const BackendSnapshot &snapshot);
// In words, in the present language, a few each.
QString serviceStateText(const BackendSnapshot &snapshot); ///< without numbers
QString usableKeysText(const BackendSnapshot &snapshot);   ///< such as "2 of 6 keys usable"
QString requestRateText(const BackendSnapshot &snapshot);
/// For symbolicIcon(); each state has a shape of its own.
QString serviceStateSymbol(ServiceState state);

/// What tools are pointed at: the address with /v1.
QString baseUrl(const BackendSnapshot &snapshot);
/// There is nothing to rotate yet: neither keys of the person's own, nor such that cannot be read
/// now, nor the demo's.
bool needsFirstKeys(const BackendSnapshot &snapshot);
/// Of keys on the blacklist; keys that a person disabled are not.
int blacklistedCount(const BackendSnapshot &snapshot);

} // namespace keywheel
