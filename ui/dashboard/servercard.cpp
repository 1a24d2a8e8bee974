// SPDX-License-Identifier: GPL-3.0-or-later
#include "servercard.h"

#include "widgets/icons.h"
#include "widgets/textwidth.h"
#include "widgets/tone.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

namespace keywheel {

namespace {

using namespace std::chrono_literals;

Tone toneOf(ServiceState state)
{
    switch (state) {
    case ServiceState::Running:
        return Tone::Good;
    case ServiceState::Starting:
    case ServiceState::Degraded:
        return Tone::Caution;
    case ServiceState::NoKeys:
    case ServiceState::Error:
        return Tone::Bad;
    case ServiceState::Stopped:
        break;
    }
    return Tone::Neutral;
}

bool canStart(RunState run)
{
    return run == RunState::Stopped || run == RunState::Failed;
}

} // namespace

ServerCard::ServerCard(QWidget *parent)
    : QFrame(parent),
      icon_(new QLabel),
      state_(new QLabel),
      detail_(new QLabel),
      toggle_(new QPushButton),
      addressLabel_(new QLabel),
      address_(new QLineEdit),
      copy_(new QPushButton),
      auth_(new QLabel)
{
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(makeStateRow());
    layout->addLayout(makeAddressRow());
    copied_.setSingleShot(true);
    copied_.setInterval(2s);
    connect(&copied_, &QTimer::timeout, this, &ServerCard::retranslate);
    connect(toggle_, &QPushButton::clicked, this, [this] {
        if (canStart(run_))
            Q_EMIT startWanted();
        else
            Q_EMIT stopWanted();
    });
    connect(copy_, &QPushButton::clicked, this, &ServerCard::copyAddress);
    applyPalette();
}

QLayout *ServerCard::makeStateRow()
{
    scaleFont(state_, 1.4, true);
    state_->setObjectName(QStringLiteral("runState"));
    detail_->setObjectName(QStringLiteral("runDetail"));
    detail_->setWordWrap(true);
    detail_->setForegroundRole(QPalette::PlaceholderText);
    toggle_->setObjectName(QStringLiteral("startStop"));
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(state_);
    words->addWidget(detail_);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(icon_);
    row->addLayout(words, 1);
    row->addWidget(toggle_);
    return row;
}

QLayout *ServerCard::makeAddressRow()
{
    address_->setObjectName(QStringLiteral("baseUrl"));
    address_->setReadOnly(true);
    address_->setMinimumWidth(textWidth(*address_, 40));
    addressLabel_->setBuddy(address_);
    copy_->setObjectName(QStringLiteral("copyBaseUrl"));
    auth_->setObjectName(QStringLiteral("authHint"));
    auth_->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->addWidget(addressLabel_);
    row->addWidget(address_);
    row->addWidget(copy_);
    row->addSpacing(12);
    row->addWidget(auth_, 1);
    return row;
}

void ServerCard::retranslate()
{
    addressLabel_->setText(tr("Base &URL:"));
    address_->setAccessibleName(tr("Base URL"));
    copy_->setText(copied_.isActive() ? tr("Copied") : tr("&Copy"));
    copy_->setToolTip(tr("Copy the base URL"));
    copy_->setAccessibleName(copied_.isActive() ? tr("Copied") : tr("Copy the base URL"));
}

void ServerCard::setSnapshot(const BackendSnapshot &snapshot)
{
    const ServiceState state = serviceState(snapshot);
    const bool changed = run_ != snapshot.run || service_ != state;
    run_ = snapshot.run;
    service_ = state;
    state_->setText(serviceStateText(snapshot));
    detail_->setText(detailText(snapshot));
    toggle_->setText(run_ == RunState::Failed    ? tr("&Try again")
                     : run_ == RunState::Stopped ? tr("&Start")
                                                 : tr("&Stop"));
    // Equal text would set the selection and the cursor back.
    if (const QString url = baseUrl(snapshot); url != address_->text())
        address_->setText(url);
    auth_->setText(snapshot.needsAuth ? tr("Tools must send the AUTH_KEY as their API key.")
                                      : tr("Any API key will do in the tool."));
    if (changed)
        applyPalette();
}

QString ServerCard::detailText(const BackendSnapshot &snapshot) const
{
    switch (snapshot.run) {
    case RunState::Stopped:
        return tr("Requests are refused until you start it.");
    case RunState::Failed:
        return tr("See below what is in the way.");
    case RunState::Starting:
    case RunState::Running:
        break;
    }
    if (snapshot.demo)
        return tr("Demo: requests are answered by a simulated upstream, with sample keys.");
    return tr("Requests go to %1.").arg(snapshot.upstream.toDisplayString());
}

void ServerCard::copyAddress()
{
    QGuiApplication::clipboard()->setText(address_->text());
    copied_.start();
    retranslate();
}

void ServerCard::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyPalette();
}

void ServerCard::applyPalette()
{
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, this);
    icon_->setPixmap(tonedPixmap(serviceStateSymbol(service_), size, toneOf(service_), this));
    toggle_->setIcon(
        symbolicIcon(canStart(run_) ? QStringLiteral("start") : QStringLiteral("stop")));
    copy_->setIcon(symbolicIcon(QStringLiteral("copy")));
    QPalette field; // in the card's own colour its edge is not seen where the palette is dark
    field.setColor(QPalette::Base, palette().color(QPalette::Window));
    address_->setPalette(field);
}

} // namespace keywheel
