// SPDX-License-Identifier: GPL-3.0-or-later
#include "keylistview.h"

#include "backend/preferences.h"
#include "keyactions.h"
#include "models/keyfiltermodel.h"
#include "widgets/textwidth.h"

#include <QHeaderView>
#include <QStyledItemDelegate>

#include <array>

namespace keywheel {

namespace {

QString layoutName()
{
    return QStringLiteral("keys");
}

/// Its editors leave what is dropped to the window: they would show a key in clear.
class NoDropDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (editor)
            editor->setAcceptDrops(false);
        return editor;
    }
};

} // namespace

KeyListView::KeyListView(KeyFilterModel &shown, KeyActions &actions, Preferences &preferences,
                         QWidget *parent)
    : QTableView(parent),
      shown_(shown),
      preferences_(preferences)
{
    setModel(&shown);
    setItemDelegate(new NoDropDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    auto *gap = new QAction(this);
    gap->setSeparator(true);
    addActions({actions.check, actions.enable, actions.disable, actions.release, actions.rename,
                gap, actions.remove});
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(actions.rename, &QAction::triggered, this, &KeyListView::editLabel);
    setUpColumns();
}

/// As the person left them, or wide enough for what usually stands in them.
void KeyListView::setUpColumns()
{
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    const std::array<int, KeyTableModel::ColumnCount> usual{18, 14, 17, 9, 11, 10, 7, 12, 16, 18};
    for (int column = 0; column < KeyTableModel::ColumnCount; ++column)
        header->resizeSection(column, textWidth(*this, usual.at(size_t(column))));
    setSortingEnabled(true);
    header->setSortIndicatorClearable(true);
    if (!header->restoreState(preferences_.layout(layoutName())))
        header->setSortIndicator(-1, Qt::AscendingOrder);
    showChecks(false); // until there is something in it
    shown_.sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
}

QList<KeySnapshot> KeyListView::selection() const
{
    QList<KeySnapshot> selected;
    const QItemSelection ranges = selectionModel()->selection();
    for (const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            selected.append(shown_.key(row));
    }
    return selected;
}

/// Of the selected key: the current one may have been taken out of the selection.
void KeyListView::editLabel()
{
    const QModelIndexList rows = selectionModel()->selectedRows(KeyTableModel::LabelColumn);
    if (rows.size() != 1)
        return;
    setCurrentIndex(rows.first());
    edit(rows.first());
}

void KeyListView::select(const QModelIndex &key)
{
    setCurrentIndex(key);
    scrollTo(key, QAbstractItemView::PositionAtCenter);
    setFocus(Qt::OtherFocusReason);
}

void KeyListView::showChecks(bool checks)
{
    if (isColumnHidden(KeyTableModel::CheckColumn) == checks)
        setColumnHidden(KeyTableModel::CheckColumn, !checks);
}

void KeyListView::keepLayout()
{
    preferences_.setLayout(layoutName(), horizontalHeader()->saveState());
}

} // namespace keywheel
