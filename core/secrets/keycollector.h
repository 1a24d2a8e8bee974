// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keyimport.h"

#include <QHash>

#include <optional>

namespace keywheel {

/// Gathers what the readers of one text find; see parseKeyImport().
class KeyCollector
{
public:
    /// Takes `token` as a key, or remarks why not. The index of a key that is new, else nullopt.
    std::optional<qsizetype> add(const QByteArray &token, int line);
    void reject(int line, const QString &reason);
    /// `label` is UTF-8; what could be a secret in it is redacted.
    void setLabel(qsizetype index, const QByteArray &label);

    qsizetype count() const { return found_.keys.size(); }
    KeyImport take() { return std::move(found_); }

private:
    KeyImport found_;
    QHash<QByteArray, int> firstLine_; ///< by secret
};

} // namespace keywheel
