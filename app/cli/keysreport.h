// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keyimport.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace keywheel {

/// The table of `keys list`, from the rows of KeyAdmin.
QString keysReport(const QJsonArray &rows);

/// The table of `keys check`, from its rows.
QString checkReport(const QJsonArray &rows);

/// What `keys import` has done.
struct ImportReport
{
    QString source; ///< as a person would name it
    KeyImport found;
    QList<bool> added; ///< of each key of `found`, as far as it came; the others were there already
    bool dryRun = false;
    bool shredded = false;

    qsizetype countAdded() const { return added.count(true); }
};

QString importText(const ImportReport &report);
/// The same with each key's line, preview and fingerprint.
QJsonObject importJson(const ImportReport &report);

} // namespace keywheel
