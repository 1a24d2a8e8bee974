// SPDX-License-Identifier: GPL-3.0-or-later
#include "messagebar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace keywheel {

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent),
      icon_(new QLabel(this)),
      text_(new QLabel(this)),
      action_(new QPushButton(this)),
      close_(new QToolButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::AlternateBase);
    setAutoFillBackground(true);
    text_->setObjectName(QStringLiteral("messageText"));
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    action_->setObjectName(QStringLiteral("messageAction"));
    close_->setObjectName(QStringLiteral("messageClose"));
    close_->setAutoRaise(true);
    close_->setFocusPolicy(Qt::TabFocus);
    close_->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));

    auto *layout = new QHBoxLayout(this);
    layout->addWidget(icon_);
    layout->addWidget(text_, 1);
    layout->addWidget(action_);
    layout->addWidget(close_);
    connect(action_, &QPushButton::clicked, this, &MessageBar::actionTriggered);
    connect(close_, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    retranslate();
    hide();
}

void MessageBar::retranslate()
{
    close_->setToolTip(tr("Close this message"));
    close_->setAccessibleName(tr("Close this message"));
}

void MessageBar::tell(Kind kind, const QString &text)
{
    show(kind == Kind::Error ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation,
         text, {});
}

void MessageBar::offer(const QString &text, const QString &action)
{
    show(QStyle::SP_MessageBoxInformation, text, action);
}

void MessageBar::show(QStyle::StandardPixmap icon, const QString &text, const QString &action)
{
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon_->setPixmap(style()->standardIcon(icon).pixmap(QSize(side, side), devicePixelRatioF()));
    const bool news = isHidden() || action_->text() != action || action.isEmpty();
    text_->setText(text);
    action_->setText(action);
    action_->setVisible(!action.isEmpty());
    setVisible(true);
    if (!news) // a count-down is read aloud once
        return;
    QAccessibleEvent alert(text_, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace keywheel
