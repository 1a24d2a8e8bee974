// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keycollector.h"

namespace keywheel {

/// Reads a CSV table (RFC 4180, one record a line) whose header names a column of keys.
class CsvReader
{
public:
    /// nullopt when `header` names no column of keys or is not of several columns.
    static std::optional<CsvReader> forHeader(const QByteArray &header);

    void readRow(const QByteArray &line, int number, KeyCollector *out) const;

private:
    char separator_ = ',';
    qsizetype keyColumn_ = -1;
    qsizetype labelColumn_ = -1; ///< -1: none
};

} // namespace keywheel
