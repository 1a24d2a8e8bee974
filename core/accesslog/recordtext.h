// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"

// How a record is written. Pure functions, for any thread.
namespace keywheel {

/// The record as one line for people or as a JSON object (one line); both without secrets.
QString toLine(const RequestRecord &record);
QByteArray toJson(const RequestRecord &record);

/// Path and query with the values of parameters that may hold secrets replaced by `…`.
QByteArray loggablePath(const QByteArray &target);

} // namespace keywheel
