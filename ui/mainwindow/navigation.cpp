// SPDX-License-Identifier: GPL-3.0-or-later
#include "navigation.h"

#include "widgets/icons.h"

#include <QEvent>

namespace keywheel {

namespace {

constexpr int iconSide = 20;

QString symbolOf(PageId page)
{
    switch (page) {
    case PageId::Overview:
        return QStringLiteral("overview");
    case PageId::Keys:
        return QStringLiteral("keys");
    case PageId::Blacklist:
        return QStringLiteral("blacklist");
    case PageId::Requests:
        return QStringLiteral("requests");
    case PageId::Connect:
        return QStringLiteral("connect");
    case PageId::Settings:
        break;
    }
    return QStringLiteral("settings");
}

} // namespace

Navigation::Navigation(QWidget *parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("navigation"));
    setFrameShape(QFrame::NoFrame);
    setIconSize({iconSide, iconSide});
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    connect(this, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *row) {
        if (row)
            Q_EMIT pageChosen(PageId(row->data(Qt::UserRole).toInt()));
    });
}

void Navigation::addPage(PageId page, const QString &title)
{
    int at = 0;
    while (at < count() && item(at)->data(Qt::UserRole).toInt() < int(page))
        ++at;
    auto *row = new QListWidgetItem(symbolicIcon(symbolOf(page)), title);
    row->setData(Qt::UserRole, int(page));
    row->setToolTip(
        QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + int(page))).toString(QKeySequence::NativeText));
    insertItem(at, row);
    fit(row);
    updateGeometry();
}

void Navigation::setTitle(PageId page, const QString &title)
{
    if (QListWidgetItem *row = rowOf(page)) {
        row->setText(title);
        fit(row);
        updateGeometry();
    }
}

void Navigation::select(PageId page)
{
    if (QListWidgetItem *row = rowOf(page))
        setCurrentItem(row);
}

QSize Navigation::sizeHint() const
{
    return {sizeHintForColumn(0), fontMetrics().height() * 10};
}

void Navigation::changeEvent(QEvent *event)
{
    QListWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    for (int at = 0; at < count(); ++at)
        fit(item(at));
    updateGeometry();
}

QListWidgetItem *Navigation::rowOf(PageId page) const
{
    for (int at = 0; at < count(); ++at)
        if (item(at)->data(Qt::UserRole).toInt() == int(page))
            return item(at);
    return nullptr;
}

void Navigation::fit(QListWidgetItem *row) const
{
    constexpr int spareHeight = 18;
    constexpr int spareWidth = 40;
    row->setSizeHint({iconSide + fontMetrics().horizontalAdvance(row->text()) + spareWidth,
                      qMax(fontMetrics().height(), iconSide) + spareHeight});
}

} // namespace keywheel
