// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"

#include <QScrollArea>

#include <array>
#include <optional>

class QGroupBox;
class QLabel;
class QPushButton;

namespace keywheel {

class AttemptList;
class Timeline;

/// All that is known of one request: where its time went, its attempts, sizes, names.
class RequestDetail : public QScrollArea
{
    Q_OBJECT

public:
    explicit RequestDetail(QWidget *parent = nullptr);

    void setRecord(const RequestRecord &record);
    void retranslate();

Q_SIGNALS:
    void copyWanted();
    void closeWanted();

private:
    enum Fact { Started, Took, Client, Sent, Received, Id, UpstreamId, FactCount };

    QWidget *buildHeader();
    QWidget *buildFacts();
    void showRecord();
    QString factName(int fact) const;
    QString factText(int fact) const;

    std::optional<RequestRecord> record_;
    QLabel *icon_ = nullptr;
    QLabel *title_ = nullptr;
    QPushButton *copy_ = nullptr;
    QPushButton *close_ = nullptr;
    QGroupBox *timeBox_ = nullptr;
    QGroupBox *attemptBox_ = nullptr;
    QGroupBox *factBox_ = nullptr;
    Timeline *timeline_ = nullptr;
    AttemptList *attempts_ = nullptr;
    std::array<QLabel *, FactCount> names_{};
    std::array<QLabel *, FactCount> values_{};
};

} // namespace keywheel
