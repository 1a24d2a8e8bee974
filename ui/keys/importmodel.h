// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importplan.h"

#include <QAbstractTableModel>

namespace keywheel {

/// The rows of an ImportPlan, for a look before the import. Holds no secret. Thread: the window's.
class ImportModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhatColumn, KeyColumn, LabelColumn, PlaceColumn, RemarkColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<ImportRow> &rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const ImportRow &row, Column column) const;

    QList<ImportRow> rows_;
};

} // namespace keywheel
