// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/preferences.h"
#include "common/alarm.h"
#include "models/keyfiltermodel.h"
#include "widgets/page.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace keywheel {

class EmptyState;
class KeyActions;
class KeyListView;
class KeyRemoval;
class MessageBar;

/// The keys: a table to look through, and what can be done with them. A topic is a fingerprint.
/// importWanted() is the way to more keys. Thread: the window's; what the constructor takes must
/// outlive it.
class KeysPage : public Page
{
    Q_OBJECT

public:
    KeysPage(Backend &backend, Clock &clock, Preferences &preferences, QWidget *parent = nullptr);
    ~KeysPage() override;

    QString title() const override;
    void showTopic(const QString &fingerprint) override;

protected:
    void refresh(const BackendSnapshot &snapshot) override;
    void retranslate() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeTop();
    QWidget *makeBottom();
    void connectParts();

    void followSelection();
    void showAllKeys();
    void showRemoval();
    void showPart(); ///< the table, or why it is empty
    void showCounts();
    /// Count-downs, once a second while somebody may see them.
    void tick();
    void setTicking(bool on);

    Clock &clock_;
    KeyTableModel keys_;
    KeyFilterModel shown_;
    KeyRemoval *removal_;
    KeyActions *actions_;
    Alarm nextTick_;

    MessageBar *undo_;
    MessageBar *message_;
    QPushButton *import_ = nullptr;
    QLabel *searchLabel_ = nullptr;
    QLineEdit *search_ = nullptr;
    QLabel *statesLabel_ = nullptr;
    QComboBox *states_ = nullptr;
    QStackedWidget *parts_;
    KeyListView *table_;
    EmptyState *empty_;
    EmptyState *noMatch_;
    QLabel *counts_;
};

} // namespace keywheel
