// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace keywheel {

/// What core says for people, in the present language. Core writes English sentences, which go into
/// the log as they are; this knows their forms and puts the values into the translated form. What
/// an upstream or the system said stays as it is, and so does a line of unknown form. Thread: the
/// window's.
QString coreText(const QString &english);

} // namespace keywheel
