// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importplan.h"

#include <QObject>
#include <QStringList>

namespace keywheel {

/// Reads and parses what is to be imported in another thread, so that megabytes of it do not stop
/// the window. One at a time. Thread: the window's.
class ImportReader : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 LargestInput = qint64(16) * 1024 * 1024;

    using QObject::QObject;

    /// Adds to `plan` what is in the text, then what is in the files. done() comes later.
    void read(const QByteArray &text, const QStringList &files, const ImportPlan &plan);

Q_SIGNALS:
    /// `errors`: one sentence for each input that could not be read.
    void done(const keywheel::ImportPlan &plan, const QStringList &errors);
};

} // namespace keywheel
