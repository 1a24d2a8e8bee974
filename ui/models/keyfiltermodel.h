// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keytablemodel.h"

#include <QSet>
#include <QSortFilterProxyModel>

namespace keywheel {

/// The rows of a KeyTableModel that a person looks for, sorted. Thread: the window's.
class KeyFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class States { All, Available, CoolingDown, NoQuota, OutOfUse, Disabled };
    Q_ENUM(States)

    /// `keys` must outlive it.
    explicit KeyFilterModel(KeyTableModel &keys, QObject *parent = nullptr);

    /// Part of a label, preview, fingerprint or organisation, in any case.
    void setSearch(const QString &text);
    void setStates(States states);
    /// Keys that are not shown at all, by fingerprint.
    void setHidden(const QSet<QString> &fingerprints);
    bool isFiltering() const { return !search_.isEmpty() || states_ != States::All; }

    const KeySnapshot &key(int row) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool hasState(const KeySnapshot &key) const;

    KeyTableModel &keys_;
    QString search_;
    States states_ = States::All;
    QSet<QString> hidden_;
};

} // namespace keywheel
