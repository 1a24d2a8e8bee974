// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/random.h"

#include <QRandomGenerator>

namespace keywheel {

Random systemRandom()
{
    return [] {
        return QRandomGenerator::global()->generateDouble();
    };
}

} // namespace keywheel
