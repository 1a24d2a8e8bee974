// SPDX-License-Identifier: GPL-3.0-or-later
#include "card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace keywheel {

Card::Card(QWidget *parent)
    : QFrame(parent),
      title_(new QLabel),
      head_(new QHBoxLayout),
      body_(new QVBoxLayout)
{
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    scaleFont(title_, 1, true);
    title_->hide();
    head_->addWidget(title_);
    head_->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(head_);
    layout->addLayout(body_, 1);
}

void Card::setTitle(const QString &title)
{
    title_->setText(title);
    title_->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void scaleFont(QLabel *label, double factor, bool bold)
{
    QFont font; // what is not set comes from the parent
    if (factor != 1)
        font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(bold);
    label->setFont(font);
}

} // namespace keywheel
