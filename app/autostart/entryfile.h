// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace keywheel {

/// The file that makes a system start Keywheel at login. Both say what went wrong, naming the file,
/// or nothing.

/// Replaces the file whole, and makes its folder where there is none.
QString writeEntry(const QString &fileName, const QByteArray &content);
/// No file is as good as one removed.
QString removeEntry(const QString &fileName);

} // namespace keywheel
