// SPDX-License-Identifier: GPL-3.0-or-later
#include "requesttable.h"

#include "models/requestfilter.h"
#include "models/requestlogmodel.h"
#include "widgets/textwidth.h"

#include <QHeaderView>
#include <QScrollBar>

namespace keywheel {

RequestTable::RequestTable(RequestFilter &filter, QWidget *parent)
    : QTableView(parent),
      filter_(filter)
{
    setModel(&filter);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideMiddle); // ends of paths tell them apart
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    setUpColumns();
    connect(&filter, &RequestFilter::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { keepInView(first, last); });
}

void RequestTable::setUpColumns()
{
    // In the order in which they came, until a header is clicked; a third click brings that back.
    QHeaderView *header = horizontalHeader();
    header->setSortIndicator(-1, Qt::DescendingOrder);
    header->setSortIndicatorClearable(true);
    setSortingEnabled(true);
    header->setHighlightSections(false);
    header->setSectionResizeMode(RequestLogModel::Path, QHeaderView::Stretch);
    for (const auto &[column, letters] : {std::pair(RequestLogModel::Time, 10),
                                          {RequestLogModel::Method, 8},
                                          {RequestLogModel::Status, 25},
                                          {RequestLogModel::Key, 14},
                                          {RequestLogModel::Attempts, 10},
                                          {RequestLogModel::FirstByte, 10},
                                          {RequestLogModel::Total, 9},
                                          {RequestLogModel::Size, 9}})
        header->resizeSection(column, textWidth(*this, letters));
}

void RequestTable::retranslate()
{
    setAccessibleName(tr("Requests"));
    QHeaderView *header = horizontalHeader();
    for (int column = 0; column < RequestLogModel::ColumnCount; ++column)
        header->resizeSection(
            column, std::max(header->sectionSize(column), header->sectionSizeHint(column)));
}

// Somebody who reads further down shall not lose the place when new ones come in on top.
void RequestTable::keepInView(int first, int last)
{
    QScrollBar *bar = verticalScrollBar();
    if (first == 0 && bar->value() > 0 && filter_.sortColumn() < 0) {
        bar->setMaximum(bar->maximum() + last + 1); // the view itself does so only later
        bar->setValue(bar->value() + last + 1);
    }
}

} // namespace keywheel
