// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace keywheel {

/// What the import says about a line, in the window's language. core/secrets, which has no
/// languages, marks its sentences for translation; their numbers are put in here. What is not known
/// stays as it is. Thread: any.
QString importRemarkText(const QString &remark);

} // namespace keywheel
