// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

namespace keywheel {

/// What whoever starts a Service, or reads its settings, decides about it. A value.
struct ServiceOptions
{
    QMap<QString, QString> settings; ///< by variable; they outrank every other source
    QString envFile;                 ///< empty: the usual places
    bool freePort = false;           ///< any free port instead of PORT
    bool demo = false;               ///< a simulated upstream with sample keys, and nothing else
    bool desktop = false;            ///< the settings are those of the window's Keywheel
    bool opensPort = true;           ///< false for commands that open none
};

} // namespace keywheel
