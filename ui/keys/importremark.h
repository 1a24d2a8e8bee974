// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace keywheel {

/// What the import says about a line, in the window's language; what it does not know stays as it
/// is. Thread: any.
QString importRemarkText(const QString &remark);

} // namespace keywheel
