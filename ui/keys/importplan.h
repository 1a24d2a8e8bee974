// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keyimport.h"

#include <QSet>

namespace keywheel {

/// One key, or one thing that is none, of what a person wants to import. Holds no secret.
struct ImportRow
{
    enum class Kind { Rejected, Unusual, New, Present, Repeated }; ///< what needs a look first

    Kind kind = Kind::New;
    QString source; ///< a file's name; empty for pasted text
    int line = 0;
    QString preview;
    QString label;
    QString remark; ///< why it is rejected or unusual
};

/// What importing some texts would do. A value; `keys` holds secrets.
class ImportPlan
{
public:
    /// `present`: fingerprints of the keys that are there already.
    explicit ImportPlan(QSet<QString> present = {}) : present_(std::move(present)) {}

    void add(const KeyImport &found, const QString &source);

    const QList<ImportRow> &rows() const { return rows_; } ///< rejected ones first
    const QList<ApiKey> &newKeys() const { return newKeys_; }
    qsizetype presentKeys() const { return presentKeys_; }
    qsizetype repeated() const { return repeated_; }
    qsizetype rejected() const { return rejected_; } ///< not all of them have a row
    bool isEmpty() const { return rows_.isEmpty(); }

private:
    void addKey(const ApiKey &key, const QString &source);

    QSet<QString> present_;
    QSet<QString> seen_; ///< fingerprints
    QList<ImportRow> rows_;
    QList<ApiKey> newKeys_;
    qsizetype presentKeys_ = 0;
    qsizetype repeated_ = 0;
    qsizetype rejected_ = 0;
};

} // namespace keywheel
