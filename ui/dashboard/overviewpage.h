// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

#include <array>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace keywheel {

class AttentionList;
class KeyHealthCard;
class MetricCard;
class ServerCard;
class TrafficView;

/// How Keywheel does at a glance: whether it serves and where, what needs attention, how much goes
/// through, how fast, and how many keys are good. Thread: the window's.
class OverviewPage : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(Backend &backend, QWidget *parent = nullptr);

    QString title() const override;

protected:
    void refresh(const BackendSnapshot &snapshot) override;
    void retranslate() override;

private:
    void makeParts();
    QWidget *makeHint();
    void connectParts();
    void showMetrics(const BackendSnapshot &snapshot);

    ServerCard *server_;
    AttentionList *attention_;
    std::array<MetricCard *, 4> metrics_;
    QStackedWidget *trafficOrHint_;
    TrafficView *traffic_;
    QLabel *hint_;
    QPushButton *connectTool_;
    KeyHealthCard *keys_;
};

} // namespace keywheel
