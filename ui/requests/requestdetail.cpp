// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestdetail.h"

#include "attemptlist.h"
#include "models/requesttext.h"
#include "timeline.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace keywheel {

namespace {

/// In the units of the table.
QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

QGroupBox *boxAround(QWidget *content)
{
    auto *box = new QGroupBox;
    auto *layout = new QVBoxLayout(box);
    layout->addWidget(content);
    layout->addStretch();
    return box;
}

} // namespace

RequestDetail::RequestDetail(QWidget *parent) : QScrollArea(parent)
{
    setObjectName(QStringLiteral("requestDetail"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    timeline_ = new Timeline;
    attempts_ = new AttemptList;
    timeBox_ = boxAround(timeline_);
    attemptBox_ = boxAround(attempts_);
    factBox_ = boxAround(buildFacts());

    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(0, 6, 0, 0);
    grid->addWidget(buildHeader(), 0, 0, 1, 2);
    grid->addWidget(timeBox_, 1, 0);
    grid->addWidget(factBox_, 1, 1, 2, 1);
    grid->addWidget(attemptBox_, 2, 0);
    grid->setRowStretch(2, 1);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    setWidget(content);
    retranslate();
}

QWidget *RequestDetail::buildHeader()
{
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins({});
    icon_ = new QLabel;
    title_ = new QLabel;
    title_->setObjectName(QStringLiteral("requestTitle"));
    title_->setTextFormat(Qt::PlainText);
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    // A long path is cut rather than widening the window; the table's tool tip has it whole.
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QFont bold = font();
    bold.setBold(true);
    title_->setFont(bold);
    copy_ = new QPushButton;
    copy_->setObjectName(QStringLiteral("copyJson"));
    close_ = new QPushButton;
    close_->setObjectName(QStringLiteral("closeDetail"));
    connect(copy_, &QPushButton::clicked, this, &RequestDetail::copyWanted);
    connect(close_, &QPushButton::clicked, this, &RequestDetail::closeWanted);
    layout->addWidget(icon_);
    layout->addWidget(title_, 1);
    layout->addWidget(copy_);
    layout->addWidget(close_);
    return header;
}

QWidget *RequestDetail::buildFacts()
{
    auto *facts = new QWidget;
    auto *form = new QFormLayout(facts);
    form->setContentsMargins({});
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (int i = 0; i < FactCount; ++i) {
        auto *name = new QLabel;
        auto *value = new QLabel;
        value->setTextFormat(Qt::PlainText);
        value->setWordWrap(true);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        form->addRow(name, value);
        names_.at(std::size_t(i)) = name;
        values_.at(std::size_t(i)) = value;
    }
    values_.at(Id)->setObjectName(QStringLiteral("requestId"));
    values_.at(UpstreamId)->setObjectName(QStringLiteral("upstreamId"));
    return facts;
}

void RequestDetail::setRecord(const RequestRecord &record)
{
    record_ = record;
    showRecord();
}

void RequestDetail::retranslate()
{
    setAccessibleName(tr("Details of the request"));
    copy_->setText(tr("Copy as &JSON"));
    close_->setText(tr("Close &details"));
    timeBox_->setTitle(tr("Time line"));
    attemptBox_->setTitle(tr("Attempts"));
    factBox_->setTitle(tr("Facts"));
    for (int i = 0; i < FactCount; ++i)
        names_.at(std::size_t(i))->setText(factName(i));
    timeline_->retranslate();
    if (record_)
        showRecord();
}

void RequestDetail::showRecord()
{
    const int side = fontMetrics().height();
    icon_->setPixmap(outcomeIcon(shownOutcome(*record_), palette())
                         .pixmap(QSize(side, side), devicePixelRatioF()));
    title_->setText(tr("%1 – %2 %3")
                        .arg(outcomeText(*record_), QString::fromUtf8(record_->method),
                             QString::fromUtf8(record_->path)));
    timeline_->setRecord(*record_);
    attempts_->setRecord(*record_);
    for (int i = 0; i < FactCount; ++i) {
        QLabel *value = values_.at(std::size_t(i));
        value->setText(factText(i));
        value->setAccessibleName(factName(i) + QLatin1Char(' ') + value->text());
        const bool known = !value->text().isEmpty();
        value->setVisible(known);
        names_.at(std::size_t(i))->setVisible(known);
    }
}

QString RequestDetail::factName(int fact) const
{
    switch (fact) {
    case Started:
        return tr("Started:");
    case Took:
        return tr("Took:");
    case Client:
        return tr("Client:");
    case Sent:
        return tr("Request:");
    case Received:
        return tr("Answer:");
    case Id:
        return tr("Request ID:");
    case UpstreamId:
        return tr("Service's ID:");
    default:
        return {};
    }
}

QString RequestDetail::factText(int fact) const
{
    switch (fact) {
    case Started:
        return QLocale().toString(record_->startedAt.toLocalTime(), QLocale::ShortFormat);
    case Took:
        return record_->firstByte.count() > 0
                   ? tr("%1, first byte after %2")
                         .arg(durationText(record_->total), durationText(record_->firstByte))
                   : durationText(record_->total);
    case Client:
        return record_->peer;
    case Sent:
        return sizeText(record_->bytesIn);
    case Received:
        return sizeText(record_->bytesOut);
    case Id:
        return QString::fromUtf8(record_->id);
    case UpstreamId:
        return QString::fromUtf8(record_->upstreamId);
    default:
        return {};
    }
}

} // namespace keywheel
