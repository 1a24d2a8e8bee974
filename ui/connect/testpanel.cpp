// SPDX-License-Identifier: GPL-3.0-or-later
#include "testpanel.h"

#include "widgets/signicon.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace keywheel {

TestPanel::TestPanel(Backend &backend, QWidget *parent)
    : QGroupBox(parent),
      backend_(backend),
      modelLabel_(new QLabel),
      model_(new QLineEdit),
      button_(new QPushButton),
      answer_(new QPlainTextEdit),
      icon_(new QLabel),
      status_(new QLabel)
{
    setObjectName(QStringLiteral("testPanel"));
    model_->setObjectName(QStringLiteral("testModel"));
    model_->setClearButtonEnabled(true);
    modelLabel_->setBuddy(model_);
    button_->setObjectName(QStringLiteral("sendTest"));
    answer_->setObjectName(QStringLiteral("testAnswer"));
    answer_->setReadOnly(true);
    answer_->setTabChangesFocus(true);
    answer_->setMinimumHeight(answer_->fontMetrics().lineSpacing() * 3);
    status_->setObjectName(QStringLiteral("testStatus"));
    status_->setTextFormat(Qt::PlainText); // an error may hold the upstream's words
    status_->setWordWrap(true);
    status_->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *line = new QHBoxLayout;
    line->addWidget(modelLabel_);
    line->addWidget(model_, 1);
    line->addWidget(button_);
    auto *outcome = new QHBoxLayout;
    outcome->addWidget(icon_, 0, Qt::AlignTop);
    outcome->addWidget(status_, 1);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(line);
    layout->addWidget(answer_, 1);
    layout->addLayout(outcome);

    connect(button_, &QPushButton::clicked, this, &TestPanel::onButton);
    connect(model_, &QLineEdit::returnPressed, this, [this] {
        if (!isBusy() && button_->isEnabled())
            onButton();
    });
    connect(&backend, &Backend::testText, this, &TestPanel::onText);
    connect(&backend, &Backend::testDone, this, &TestPanel::onDone);
    retranslate();
}

bool TestPanel::isBusy() const
{
    return state_ == State::Waiting || state_ == State::Answering || state_ == State::Cancelling;
}

void TestPanel::setRunState(RunState state)
{
    running_ = state == RunState::Running;
    setState(state_);
}

void TestPanel::onButton()
{
    if (isBusy()) {
        setState(State::Cancelling);
        backend_.cancelTest();
        return;
    }
    answer_->clear();
    setState(State::Waiting);
    backend_.startTest(model_->text().trimmed());
}

void TestPanel::onText(const QString &text)
{
    if (state_ == State::Waiting)
        setState(State::Answering);
    if (state_ != State::Answering)
        return;
    answer_->moveCursor(QTextCursor::End);
    answer_->insertPlainText(text);
    answer_->ensureCursorVisible();
}

void TestPanel::onDone(const QString &error)
{
    if (!isBusy())
        return;
    error_ = error;
    if (state_ == State::Cancelling)
        setState(State::Cancelled);
    else
        setState(error.isEmpty() ? State::Succeeded : State::Failed);
}

void TestPanel::setState(State state)
{
    state_ = state;
    button_->setText(isBusy() ? tr("&Cancel") : tr("&Send"));
    button_->setEnabled(state != State::Cancelling && (isBusy() || running_));
    model_->setEnabled(!isBusy());
    status_->setText(statusText());
    QIcon icon;
    if (state == State::Succeeded)
        icon = signIcon(Sign::Tick, Tone::Good, palette());
    else if (state == State::Failed)
        icon = signIcon(Sign::Cross, Tone::Bad, palette());
    const int side = fontMetrics().height();
    icon_->setVisible(!icon.isNull());
    icon_->setPixmap(icon.pixmap(QSize(side, side), devicePixelRatioF()));
}

QString TestPanel::statusText() const
{
    switch (state_) {
    case State::Idle:
        return running_ ? tr("Uses one of your keys, as any request does.")
                        : tr("Start Keywheel to send a request.");
    case State::Waiting:
        return tr("Waiting for the answer…");
    case State::Answering:
        return tr("The answer is coming in…");
    case State::Cancelling:
        return tr("Cancelling…");
    case State::Cancelled:
        return tr("Cancelled.");
    case State::Succeeded:
        return tr("It works: the answer came through Keywheel.");
    case State::Failed:
        return error_;
    }
    return {};
}

void TestPanel::retranslate()
{
    setTitle(tr("Send a test request"));
    modelLabel_->setText(tr("&Model:"));
    model_->setPlaceholderText(tr("The first one that the service lists"));
    answer_->setPlaceholderText(tr("The answer appears here."));
    answer_->setAccessibleName(tr("Answer"));
    setState(state_);
}

} // namespace keywheel
