// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/requestfilter.h"
#include "widgets/page.h"

#include <QPointer>

class QFileDialog;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace keywheel {

class RequestDetail;
class RequestFilterBar;
class RequestTable;

/// The last requests, live: filtered, sorted, one of them in detail, copied, exported.
class RequestsPage : public Page
{
    Q_OBJECT

public:
    explicit RequestsPage(Backend &backend, QWidget *parent = nullptr);
    ~RequestsPage() override;

    QString title() const override;
    /// A key's fingerprint or preview, a path, or any text.
    void showTopic(const QString &topic) override;

    /// Writes what the table shows, as CSV when the name ends so, else as JSON lines. Shows what
    /// went wrong, and says whether it went well.
    bool exportTo(const QString &file);

protected:
    void refresh(const BackendSnapshot &snapshot) override;
    void retranslate() override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildBar();
    QWidget *buildEmpty();
    void connectAll();
    void applyConditions();
    void showCounts();
    void showCurrent();
    void closeDetail();
    void showMenu(const QPoint &at);
    void showKey();
    void copyJson();
    void copyId();
    void askExport();
    const RequestRecord *current() const;
    QString fingerprintOf(const QString &preview) const;

    RequestLogModel model_;
    RequestFilter filter_;
    RequestFilterBar *bar_ = nullptr;
    QPushButton *pause_ = nullptr;
    QPushButton *clear_ = nullptr;
    QPushButton *export_ = nullptr;
    QLabel *counts_ = nullptr;
    QLabel *held_ = nullptr;
    QLabel *error_ = nullptr;
    QStackedWidget *stack_ = nullptr;
    QSplitter *splitter_ = nullptr;
    RequestTable *table_ = nullptr;
    RequestDetail *detail_ = nullptr;
    QLabel *emptyTitle_ = nullptr;
    QLabel *emptyText_ = nullptr;
    QPushButton *emptyAction_ = nullptr;
    QPointer<QFileDialog> dialog_;
};

} // namespace keywheel
