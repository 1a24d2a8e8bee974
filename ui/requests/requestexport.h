// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"
#include "common/expected.h"

#include <functional>

namespace keywheel {

enum class ExportFormat { JsonLines, Csv };

/// Writes one line per record; `next` gives them one after another, then nullptr. The file is there
/// whole or not at all. CSV as in RFC 4180, with a header; the fields of both are those of
/// toJson(), the CSV's without the attempts but for their number and the last one's key.
Expected<void> exportRequests(const QString &file, ExportFormat format,
                              const std::function<const RequestRecord *()> &next);

} // namespace keywheel
