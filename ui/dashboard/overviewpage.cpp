// SPDX-License-Identifier: GPL-3.0-or-later
#include "overviewpage.h"

#include "attentionlist.h"
#include "keyhealthcard.h"
#include "metriccard.h"
#include "servercard.h"
#include "trafficview.h"
#include "widgets/numbers.h"
#include "widgets/servicestate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

#include <cmath>

namespace keywheel {

namespace {

enum Metric { Rate, Success, Active, FirstByte };

double milliseconds(std::chrono::microseconds time)
{
    return double(time.count()) / 1000;
}

} // namespace

OverviewPage::OverviewPage(Backend &backend, QWidget *parent)
    : Page(backend, parent),
      server_(new ServerCard),
      attention_(new AttentionList(backend)),
      metrics_(),
      trafficOrHint_(new QStackedWidget),
      traffic_(new TrafficView),
      hint_(new QLabel),
      connectTool_(new QPushButton),
      keys_(new KeyHealthCard)
{
    makeParts();
    connectParts();
    OverviewPage::retranslate();
}

void OverviewPage::makeParts()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setSpacing(12);
    layout->addWidget(server_);
    layout->addWidget(attention_);
    auto *cards = new QHBoxLayout;
    const char *names[] = {"requestRate", "successRate", "activeRequests", "firstByte"};
    for (std::size_t i = 0; i < metrics_.size(); ++i) {
        metrics_[i] = new MetricCard;
        metrics_[i]->setObjectName(QLatin1String(names[i]));
        cards->addWidget(metrics_[i], 1);
    }
    layout->addLayout(cards);
    trafficOrHint_->addWidget(traffic_);
    trafficOrHint_->addWidget(makeHint());
    layout->addWidget(trafficOrHint_, 1);
    layout->addWidget(keys_);

    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus); // it scrolls to what has the focus
    scroll->setWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(scroll);
}

QWidget *OverviewPage::makeHint()
{
    auto *card = new Card;
    card->setObjectName(QStringLiteral("noTraffic"));
    hint_->setAlignment(Qt::AlignCenter);
    hint_->setWordWrap(true);
    hint_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connectTool_->setObjectName(QStringLiteral("connectTool"));
    card->body()->addStretch();
    card->body()->addWidget(hint_);
    card->body()->addWidget(connectTool_, 0, Qt::AlignCenter);
    card->body()->addStretch();
    return card;
}

void OverviewPage::connectParts()
{
    connect(server_, &ServerCard::startWanted, this, [this] { backend().start(); });
    connect(server_, &ServerCard::stopWanted, this, [this] { backend().stop(); });
    connect(attention_, &AttentionList::pageWanted, this, &Page::pageWanted);
    connect(attention_, &AttentionList::importWanted, this, &Page::importWanted);
    connect(connectTool_, &QPushButton::clicked, this,
            [this] { Q_EMIT pageWanted(PageId::Connect, {}); });
    connect(keys_, &KeyHealthCard::blacklistWanted, this,
            [this] { Q_EMIT pageWanted(PageId::Blacklist, {}); });
}

QString OverviewPage::title() const
{
    return tr("Overview");
}

void OverviewPage::retranslate()
{
    server_->retranslate();
    attention_->retranslate();
    metrics_[Rate]->setTitle(tr("Requests per minute"));
    metrics_[Success]->setTitle(tr("Success rate"));
    metrics_[Active]->setTitle(tr("Active now"));
    metrics_[FirstByte]->setTitle(tr("Time to first byte"));
    traffic_->retranslate();
    keys_->retranslate();
    connectTool_->setText(tr("Sho&w how"));
}

void OverviewPage::refresh(const BackendSnapshot &snapshot)
{
    server_->setSnapshot(snapshot);
    attention_->setNotices(snapshot.notices);
    showMetrics(snapshot);
    keys_->setKeys(snapshot.keys);
    const bool any = snapshot.counters.requests > 0 || snapshot.counters.active > 0;
    trafficOrHint_->setCurrentIndex(any ? 0 : 1);
    if (any)
        traffic_->setTraffic(snapshot.traffic);
    else
        hint_->setText(tr("No requests yet.\nPoint your tools at %1 and they show up here.")
                           .arg(baseUrl(snapshot)));
}

void OverviewPage::showMetrics(const BackendSnapshot &snapshot)
{
    const QString none = QStringLiteral("–");
    const QString ofFiveMinutes = tr("in the last 5 minutes");
    const QString noneLately = tr("no requests in the last 5 minutes");
    metrics_[Rate]->setValue(
        locale().toString(snapshot.requestsPerMinute),
        tr("%1 since the start").arg(locale().toString(snapshot.counters.requests)));
    const auto share = snapshot.successShare;
    // Rounded down, so that it says 100 % only when nothing failed.
    metrics_[Success]->setValue(share
                                    ? tr("%1 %").arg(locale().toString(
                                          std::floor(*share * 1000) / 10, 'f', *share == 1 ? 0 : 1))
                                    : none,
                                share ? ofFiveMinutes : noneLately);
    metrics_[Active]->setValue(locale().toString(snapshot.counters.active),
                               tr("requests under way"));
    const bool answered = snapshot.p50.count() > 0;
    metrics_[FirstByte]->setValue(
        answered ? durationText(milliseconds(snapshot.p50), locale()) : none,
        answered ? tr("p50; p95: %1").arg(durationText(milliseconds(snapshot.p95), locale()))
                 : noneLately);
}

} // namespace keywheel
