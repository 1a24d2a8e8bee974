// SPDX-License-Identifier: GPL-3.0-or-later
#include "emptystate.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keywheel {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent),
      title_(new QLabel(this)),
      text_(new QLabel(this)),
      action_(new QPushButton(this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    title_->setFont(large);
    title_->setAlignment(Qt::AlignHCenter);
    text_->setAlignment(Qt::AlignHCenter);
    text_->setWordWrap(true);
    action_->setObjectName(QStringLiteral("emptyAction"));
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(title_);
    layout->addWidget(text_);
    layout->addSpacing(fontMetrics().height());
    layout->addWidget(action_, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(action_, &QPushButton::clicked, this, &EmptyState::actionTriggered);
}

void EmptyState::setTexts(const QString &title, const QString &text, const QString &action)
{
    title_->setText(title);
    text_->setText(text);
    action_->setText(action);
}

} // namespace keywheel
