// SPDX-License-Identifier: GPL-3.0-or-later
#include "noticerow.h"

#include "backend/noticetext.h"
#include "widgets/card.h"
#include "widgets/tone.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace keywheel {

namespace {

struct Look
{
    QString symbol;
    Tone tone = Tone::First;
};

Look lookOf(Severity severity)
{
    switch (severity) {
    case Severity::Danger:
        return {QStringLiteral("error"), Tone::Bad};
    case Severity::Warning:
        return {QStringLiteral("warning"), Tone::Caution};
    case Severity::Info:
        break;
    }
    return {QStringLiteral("info"), Tone::First};
}

QString severityText(Severity severity)
{
    switch (severity) {
    case Severity::Danger:
        return NoticeRow::tr("Error");
    case Severity::Warning:
        return NoticeRow::tr("Warning");
    case Severity::Info:
        break;
    }
    return NoticeRow::tr("Information");
}

QLabel *makeText(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // it holds words of the upstream and of web pages
    return label;
}

} // namespace

NoticeRow::NoticeRow(const Notice &notice, QWidget *parent)
    : QFrame(parent),
      icon_(new QLabel),
      title_(makeText(QStringLiteral("noticeTitle"))),
      detail_(makeText(QStringLiteral("noticeDetail"))),
      error_(makeText(QStringLiteral("noticeError"))),
      action_(new QPushButton),
      dismiss_(new QPushButton)
{
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    scaleFont(title_, 1, true);
    error_->hide();
    action_->setObjectName(QStringLiteral("noticeAction"));
    dismiss_->setObjectName(QStringLiteral("noticeDismiss"));
    dismiss_->setFlat(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    for (QLabel *label : {title_, detail_, error_})
        words->addWidget(label);
    auto *row = new QHBoxLayout(this);
    row->setSpacing(12);
    row->addWidget(icon_, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(action_);
    row->addWidget(dismiss_);
    connect(action_, &QPushButton::clicked, this, [this] {
        setError({});
        Q_EMIT actionWanted();
    });
    connect(dismiss_, &QPushButton::clicked, this, &NoticeRow::dismissed);
    setNotice(notice);
    applyPalette();
}

void NoticeRow::setNotice(const Notice &notice)
{
    notice_ = notice;
    const QString title = noticeTitle(notice);
    const QString detail = noticeDetail(notice);
    title_->setText(title);
    detail_->setText(detail);
    detail_->setVisible(!detail.isEmpty());
    action_->setText(noticeActionText(notice));
    action_->setVisible(!action_->text().isEmpty());
    dismiss_->setText(tr("Dismiss"));
    // Several rows have the same buttons.
    action_->setAccessibleName(QStringLiteral("%1: %2").arg(action_->text(), title));
    dismiss_->setAccessibleName(QStringLiteral("%1: %2").arg(dismiss_->text(), title));
    icon_->setAccessibleName(severityText(noticeSeverity(notice.kind)));
    setAccessibleName(title);
    setAccessibleDescription(detail);
}

void NoticeRow::setError(const QString &error)
{
    error_->setText(error);
    error_->setVisible(!error.isEmpty());
}

void NoticeRow::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        applyPalette();
}

void NoticeRow::applyPalette()
{
    const int size = style()->pixelMetric(QStyle::PM_ButtonIconSize, nullptr, this);
    const Look look = lookOf(noticeSeverity(notice_.kind));
    icon_->setPixmap(tonedPixmap(look.symbol, size, look.tone, this));
}

} // namespace keywheel
