// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

#include <QListWidget>

namespace keywheel {

/// The list at the side with a row for each page, in the order of PageId.
/// Thread: the window's. Signals: pageChosen() also for select().
class Navigation : public QListWidget
{
    Q_OBJECT

public:
    explicit Navigation(QWidget *parent = nullptr);

    void addPage(PageId page, const QString &title);
    void setTitle(PageId page, const QString &title);
    void select(PageId page);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void pageChosen(keywheel::PageId page);

protected:
    void changeEvent(QEvent *event) override;

private:
    QListWidgetItem *rowOf(PageId page) const;
    void fit(QListWidgetItem *row) const;
};

} // namespace keywheel
