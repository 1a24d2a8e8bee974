// SPDX-License-Identifier: GPL-3.0-or-later
#include "metriccard.h"

#include <QLabel>
#include <QVBoxLayout>

namespace keywheel {

MetricCard::MetricCard(QWidget *parent)
    : QFrame(parent),
      title_(new QLabel),
      value_(new QLabel),
      detail_(new QLabel)
{
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    scaleFont(value_, 1.8, true);
    value_->setObjectName(QStringLiteral("value"));
    detail_->setObjectName(QStringLiteral("detail"));
    detail_->setForegroundRole(QPalette::PlaceholderText);
    detail_->setWordWrap(true);
    detail_->setAlignment(Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(2);
    layout->addWidget(title_);
    layout->addWidget(value_);
    layout->addWidget(detail_, 1);
}

void MetricCard::setTitle(const QString &title)
{
    title_->setText(title);
}

void MetricCard::setValue(const QString &value, const QString &detail)
{
    value_->setText(value);
    detail_->setText(detail);
    value_->setAccessibleName(QStringLiteral("%1: %2").arg(title_->text(), value));
    setAccessibleName(QStringLiteral("%1: %2, %3").arg(title_->text(), value, detail));
}

} // namespace keywheel
