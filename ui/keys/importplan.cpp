// SPDX-License-Identifier: GPL-3.0-or-later
#include "importplan.h"

#include "common/redact.h"
#include "secrets/keysyntax.h"

#include <algorithm>

namespace keywheel {

void ImportPlan::add(const KeyImport &found, const QString &source)
{
    for (const ApiKey &key : found.keys)
        addKey(key, source);
    for (const ImportRemark &remark : found.duplicates.kept)
        rows_.append({ImportRow::Kind::Repeated, source, remark.line, {}, {}, remark.reason});
    for (const ImportRemark &remark : found.rejected.kept)
        rows_.append({ImportRow::Kind::Rejected, source, remark.line, {}, {}, remark.reason});
    repeated_ += found.duplicates.count;
    rejected_ += found.rejected.count;
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const ImportRow &a, const ImportRow &b) { return a.kind < b.kind; });
}

void ImportPlan::addKey(const ApiKey &key, const QString &source)
{
    const QString fingerprint = keyFingerprint(key.secret);
    ImportRow row{ImportRow::Kind::New,   source,    key.lineNumber,
                  keyPreview(key.secret), key.label, QString()};
    if (seen_.contains(fingerprint)) {
        row.kind = ImportRow::Kind::Repeated;
        ++repeated_;
    } else if (present_.contains(fingerprint)) {
        row.kind = ImportRow::Kind::Present;
        ++presentKeys_;
    } else {
        row.remark = whyUnusualKey(key.secret);
        row.kind = row.remark.isEmpty() ? ImportRow::Kind::New : ImportRow::Kind::Unusual;
        newKeys_.append(key);
    }
    seen_.insert(fingerprint);
    rows_.append(row);
}

} // namespace keywheel
