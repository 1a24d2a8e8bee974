// SPDX-License-Identifier: GPL-3.0-or-later
#include "banner.h"

#include "widgets/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

namespace keywheel {

Banner::Banner(const QString &symbol, QWidget *parent)
    : QFrame(parent),
      symbol_(symbol),
      picture_(new QLabel(this)),
      text_(new QLabel(this)),
      button_(new QPushButton(this))
{
    text_->setObjectName(QStringLiteral("bannerText"));
    text_->setWordWrap(true);
    button_->setObjectName(QStringLiteral("bannerButton"));
    button_->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    row->addWidget(picture_);
    row->addWidget(text_, 1);
    row->addWidget(button_);
    connect(button_, &QPushButton::clicked, this, &Banner::clicked);
    showSymbol();
}

void Banner::setText(const QString &text)
{
    text_->setText(text);
    setAccessibleName(text);
}

void Banner::setButtonText(const QString &text)
{
    button_->setText(text);
}

void Banner::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    QColor tint = palette().color(QPalette::Highlight);
    tint.setAlphaF(0.18F);
    painter.fillRect(rect(), tint);
    painter.fillRect(QRect(0, height() - 1, width(), 1), palette().color(QPalette::Highlight));
}

void Banner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showSymbol();
}

void Banner::showSymbol()
{
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    picture_->setPixmap(symbolicIcon(symbol_).pixmap(QSize(side, side), devicePixelRatioF()));
}

} // namespace keywheel
