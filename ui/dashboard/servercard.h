// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/card.h"
#include "widgets/servicestate.h"

#include <QTimer>

class QLineEdit;
class QPushButton;

namespace keywheel {

/// Whether Keywheel serves, the button that starts and stops it, and the address that tools need.
/// Thread: the window's.
class ServerCard : public QFrame
{
    Q_OBJECT

public:
    explicit ServerCard(QWidget *parent = nullptr);

    void setSnapshot(const BackendSnapshot &snapshot);
    /// Sets all texts that do not depend on the snapshot; setSnapshot() must follow.
    void retranslate();

Q_SIGNALS:
    void startWanted();
    void stopWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    QLayout *makeStateRow();
    QLayout *makeAddressRow();
    void copyAddress();
    void applyPalette();
    QString detailText(const BackendSnapshot &snapshot) const;

    RunState run_ = RunState::Starting;
    ServiceState service_ = ServiceState::Starting;
    QLabel *icon_;
    QLabel *state_;
    QLabel *detail_;
    QPushButton *toggle_;
    QLabel *addressLabel_;
    QLineEdit *address_;
    QPushButton *copy_;
    QLabel *auth_;
    QTimer copied_; ///< while the button says so
};

} // namespace keywheel
