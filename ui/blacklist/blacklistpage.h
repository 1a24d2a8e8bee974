// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "blacklistmodel.h"
#include "widgets/page.h"

#include <QSortFilterProxyModel>
#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace keywheel {

/// The keys that are not in use: why, until when, and what a person can do about it. Thread: the
/// window's.
class BlacklistPage : public Page
{
    Q_OBJECT

public:
    explicit BlacklistPage(Backend &backend, QWidget *parent = nullptr);

    QString title() const override;
    /// Selects the key with that fingerprint.
    void showTopic(const QString &topic) override;
    bool isCountingDown() const { return tick_.isActive(); }

protected:
    void refresh(const BackendSnapshot &snapshot) override;
    void retranslate() override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeList();
    QWidget *makeEmpty();
    QLayout *makeButtons();
    void connectParts();
    void takeCheckInterval(const SettingsView &settings);
    void showDetail();
    void enableButtons();
    void releaseSelected();
    void enableSelected();
    void checkSelected();
    void releaseAll();
    void showChecked(const QList<Backend::Checked> &checked);
    QStringList selected() const; ///< fingerprints
    QStringList selected(bool disabled) const;
    void say(const QString &message);

    BlacklistModel model_;
    QSortFilterProxyModel sorted_;
    QTimer tick_; ///< while the page is seen and something counts down
    QStackedWidget *listOrEmpty_;
    QLabel *intro_;
    QTreeView *view_;
    QLabel *detail_;
    QPushButton *release_;
    QPushButton *enable_;
    QPushButton *check_;
    QPushButton *releaseAll_;
    QLabel *message_;
    QLabel *empty_;
    QLabel *emptyIcon_;
};

} // namespace keywheel
