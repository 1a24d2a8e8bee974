// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>

namespace keywheel {

/// Only what a program needs to run with HOME as its home, and what the sanitizers need to report.
QProcessEnvironment cleanEnvironment(const QString &home);

} // namespace keywheel
