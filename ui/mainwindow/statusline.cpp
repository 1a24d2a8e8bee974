// SPDX-License-Identifier: GPL-3.0-or-later
#include "statusline.h"

#include "widgets/icons.h"
#include "widgets/servicestate.h"

#include <QLabel>
#include <QStyle>

namespace keywheel {

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent),
      demo_(new QLabel(this)),
      picture_(new QLabel(this)),
      state_(new QLabel(this)),
      keys_(new QLabel(this)),
      address_(new QLabel(this)),
      rate_(new QLabel(this))
{
    demo_->setObjectName(QStringLiteral("statusDemo"));
    QFont bold = demo_->font();
    bold.setBold(true);
    demo_->setFont(bold);
    state_->setObjectName(QStringLiteral("statusText"));
    address_->setObjectName(QStringLiteral("statusAddress"));
    address_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    keys_->setObjectName(QStringLiteral("statusKeys"));
    rate_->setObjectName(QStringLiteral("statusRate"));
    setContentsMargins(6, 0, 6, 0);
    for (QLabel *label : {keys_, address_, rate_})
        label->setContentsMargins(8, 0, 8, 0);
    addWidget(picture_);
    addWidget(demo_);
    addWidget(state_, 1);
    addPermanentWidget(keys_);
    addPermanentWidget(address_);
    addPermanentWidget(rate_);
}

void StatusLine::refresh(const BackendSnapshot &snapshot)
{
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    picture_->setPixmap(symbolicIcon(serviceStateSymbol(serviceState(snapshot)))
                            .pixmap(QSize(side, side), devicePixelRatioF()));
    demo_->setVisible(snapshot.demo);
    demo_->setText(tr("Demo"));
    state_->setText(serviceStateText(snapshot));
    keys_->setText(usableKeysText(snapshot));
    address_->setText(snapshot.address.toString());
    rate_->setText(requestRateText(snapshot));
}

} // namespace keywheel
