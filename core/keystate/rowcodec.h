// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keyrecord.h"

class QSqlQuery;

/// How a KeyRecord stands in a row of the table `keys`. States and faults are words, times are
/// milliseconds since 1970; what is unknown (a word of a later version) is read as the default.
namespace keywheel::rowcodec {

/// The columns in the order of bind() and read(), joined by commas.
QString columns();
/// As many `?` as there are columns.
QString placeholders();
void bind(QSqlQuery &query, const KeyRecord &record);
KeyRecord read(const QSqlQuery &query);

} // namespace keywheel::rowcodec
