// SPDX-License-Identifier: GPL-3.0-or-later
#include "importmodel.h"

#include "importremark.h"

namespace keywheel {

void ImportModel::setRows(const QList<ImportRow> &rows)
{
    beginResetModel();
    rows_ = rows;
    endResetModel();
}

int ImportModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(rows_.size());
}

int ImportModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ImportModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QString shown = text(rows_.at(index.row()), Column(index.column()));
    if (role == Qt::DisplayRole)
        return shown;
    if (role == Qt::ToolTipRole && !shown.isEmpty())
        return QStringLiteral("<qt>%1</qt>").arg(shown.toHtmlEscaped());
    return {};
}

QVariant ImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhatColumn:
        return tr("Result");
    case KeyColumn:
        return tr("Key");
    case LabelColumn:
        return tr("Label");
    case PlaceColumn:
        return tr("Found in");
    case RemarkColumn:
        return tr("Remark");
    default:
        return {};
    }
}

QString ImportModel::text(const ImportRow &row, Column column) const
{
    switch (column) {
    case WhatColumn:
        switch (row.kind) {
        case ImportRow::Kind::Rejected:
            return tr("Not taken");
        case ImportRow::Kind::Unusual:
            return tr("New, unusual");
        case ImportRow::Kind::New:
            return tr("New");
        case ImportRow::Kind::Present:
            return tr("Already there");
        case ImportRow::Kind::Repeated:
            return tr("Repeated");
        }
        return {};
    case KeyColumn:
        return row.preview;
    case LabelColumn:
        return row.label;
    case PlaceColumn:
        return row.source.isEmpty() ? tr("Line %1").arg(row.line)
                                    : tr("%1, line %2").arg(row.source).arg(row.line);
    case RemarkColumn:
        return importRemarkText(row.remark);
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace keywheel
