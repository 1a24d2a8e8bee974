// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

class Engine;
class LogSetup;

/// Tells a person on the terminal where the engine listens and what it forwards to; with `demo`,
/// also a line to try.
void announceListener(LogSetup &log, const Engine &engine, bool demo);

} // namespace keywheel
