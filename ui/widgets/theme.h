// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/preferences.h"
#include "systemscheme.h"

#include <QPalette>

namespace keywheel {

/// Gives the application the colours that the person chose, at once and whenever the choice or the
/// system's own changes. Where the system's style has them already it stays; otherwise Fusion
/// stands in, with a palette of ours. Thread: the window's; one at a time.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(Preferences &preferences, QObject *parent = nullptr);

    bool isDark() const; ///< what is shown now

Q_SIGNALS:
    void changed(); ///< after the palette is in use; charts and the like draw anew

private:
    void apply();

    Preferences &preferences_;
    SystemScheme system_;
    QString systemStyle_;
    QPalette systemPalette_;
};

/// Whether `palette` shows light text on dark.
bool isDarkPalette(const QPalette &palette);

} // namespace keywheel
