// SPDX-License-Identifier: GPL-3.0-or-later
#include "attemptlist.h"

#include "backend/coretext.h"
#include "models/requesttext.h"

#include <QGridLayout>
#include <QLabel>

namespace keywheel {

namespace {

ShownOutcome shownOutcome(const AttemptRecord &attempt)
{
    switch (attempt.fault) {
    case FaultClass::Success:
        return ShownOutcome::Succeeded;
    case FaultClass::Client:
    case FaultClass::Temporary:
    case FaultClass::NotWithThisKey:
        return ShownOutcome::Refused;
    case FaultClass::Cancelled:
        return ShownOutcome::ClientLeft;
    default:
        return ShownOutcome::Failed;
    }
}

QLabel *makeLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText); // the upstream's words are not markup
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

AttemptList::AttemptList(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("attempts"));
}

void AttemptList::setRecord(const RequestRecord &record)
{
    qDeleteAll(findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
    delete layout();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setColumnStretch(1, 1);
    grid->setVerticalSpacing(2);
    if (record.attempts.isEmpty())
        addText(tr("No key was used: Keywheel answered by itself."), 0, 1);
    for (int i = 0; i < record.attempts.size(); ++i)
        addAttempt(record.attempts.at(i), i + 1, i + 1 == record.attempts.size());
}

void AttemptList::addAttempt(const AttemptRecord &attempt, int number, bool last)
{
    auto *grid = qobject_cast<QGridLayout *>(layout());
    int row = grid->rowCount();
    auto *icon = new QLabel;
    const int side = fontMetrics().height();
    icon->setPixmap(outcomeIcon(shownOutcome(attempt), palette())
                        .pixmap(QSize(side, side), devicePixelRatioF()));
    grid->addWidget(icon, row, 0, Qt::AlignTop);
    QLabel *title =
        makeLabel(tr("%1. %2: %3").arg(number).arg(attempt.keyPreview, attemptAnswer(attempt)));
    QFont bold = font();
    bold.setBold(true);
    title->setFont(bold);
    grid->addWidget(title, row++, 1);
    addText(choiceText(attempt.choice), row++, 1);
    if (!attempt.reason.isEmpty())
        addText(tr("The answer: %1").arg(coreText(attempt.reason)), row++, 1);
    addText(attemptMeaning(attempt, last), row++, 1);
    grid->setRowMinimumHeight(row, 4);
}

void AttemptList::addText(const QString &text, int row, int column)
{
    qobject_cast<QGridLayout *>(layout())->addWidget(makeLabel(text), row, column);
}

} // namespace keywheel
