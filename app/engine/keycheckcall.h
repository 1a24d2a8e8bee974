// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "verdict/verdict.h"

#include <QHash>
#include <QStringList>

#include <functional>

namespace keywheel {

class KeyChecker;

/// Checks keys and calls `done` once with the verdict on each of `fingerprints` that exists, not
/// before it returns unless none does. Dropped when `checker` dies.
void checkKeys(KeyChecker &checker, const QStringList &fingerprints,
               const std::function<void(const QHash<QString, Verdict> &)> &done);

/// A verdict for programs: good, bad, limited (over its rate limit) or unknown.
QString checkWord(FaultClass fault);

} // namespace keywheel
