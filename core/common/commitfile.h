// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSaveFile>

namespace keywheel {

/// Puts the new file in the place of the old one, or leaves the old one as it is. Call it instead
/// of QSaveFile::commit(), which overlooks an error in writing what is still buffered, such as a
/// full disk, and so puts a torso there.
inline bool commitFile(QSaveFile &file)
{
    return file.flush() && file.commit();
}

} // namespace keywheel
