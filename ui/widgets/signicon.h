// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tone.h"

#include <QIcon>

namespace keywheel {

/// What is drawn in the disc of a signIcon(), so that it differs in shape too.
enum class Sign { Tick, Hands, Cross, Bar, Exclamation };

/// A disc in the tone's colour with a sign in it, sharp at every size.
QIcon signIcon(Sign sign, Tone tone, const QPalette &palette);

} // namespace keywheel
