// SPDX-License-Identifier: GPL-3.0-or-later
#include "attentionlist.h"

#include "mainwindow/noticeactions.h"
#include "noticerow.h"
#include "widgets/card.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace keywheel {

AttentionList::AttentionList(Backend &backend, QWidget *parent)
    : QWidget(parent),
      backend_(backend),
      heading_(new QLabel),
      list_(new QVBoxLayout),
      all_(new QPushButton)
{
    scaleFont(heading_, 1.15, true);
    all_->setObjectName(QStringLiteral("allNotices"));
    all_->setCheckable(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(heading_);
    layout->addLayout(list_);
    layout->addWidget(all_, 0, Qt::AlignLeft);
    connect(all_, &QPushButton::toggled, this, &AttentionList::showRows);
    hide();
}

void AttentionList::retranslate()
{
    heading_->setText(tr("Needs your attention"));
}

void AttentionList::setNotices(const QList<Notice> &notices)
{
    QList<NoticeRow *> rows;
    for (const Notice &notice : notices) {
        NoticeRow *row = rowOf(notice);
        if (row)
            row->setNotice(notice);
        else
            row = addRow(notice);
        rows.append(row);
    }
    for (NoticeRow *row : std::as_const(rows_)) {
        if (rows.contains(row))
            continue;
        list_->removeWidget(row);
        row->hide();
        row->deleteLater();
    }
    if (rows != rows_) {
        rows_ = rows;
        for (qsizetype i = 0; i < rows_.size(); ++i) {
            list_->removeWidget(rows_.at(i));
            list_->insertWidget(int(i), rows_.at(i));
            if (i > 0)
                setTabOrder(rows_.at(i - 1), rows_.at(i));
        }
    }
    showRows();
    setVisible(!rows_.isEmpty());
}

NoticeRow *AttentionList::rowOf(const Notice &notice) const
{
    const auto found = std::find_if(rows_.cbegin(), rows_.cend(), [&](const NoticeRow *row) {
        return row->notice().isSame(notice);
    });
    return found == rows_.cend() ? nullptr : *found;
}

NoticeRow *AttentionList::addRow(const Notice &notice)
{
    auto *row = new NoticeRow(notice, this);
    auto *actions = new NoticeActions(backend_, row); // errors come to their row
    connect(row, &NoticeRow::actionWanted, actions,
            [actions, row] { actions->perform(row->notice()); });
    connect(actions, &NoticeActions::failed, row, &NoticeRow::setError);
    connect(actions, &NoticeActions::pageWanted, this, &AttentionList::pageWanted);
    connect(actions, &NoticeActions::importWanted, this, &AttentionList::importWanted);
    connect(row, &NoticeRow::dismissed, this,
            [this, row] { backend_.dismissNotice(row->notice()); });
    return row;
}

void AttentionList::showRows()
{
    const bool all = all_->isChecked() || rows_.size() <= Few;
    for (qsizetype i = 0; i < rows_.size(); ++i)
        rows_.at(i)->setVisible(all || i < Few);
    all_->setVisible(rows_.size() > Few);
    all_->setText(all_->isChecked() ? tr("Show &fewer")
                                    : tr("Show &all %1").arg(locale().toString(rows_.size())));
}

} // namespace keywheel
