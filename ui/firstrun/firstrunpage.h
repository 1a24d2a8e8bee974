// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace keywheel {

class KeyPlacePanel;

/// What a person sees who has no keys yet: import some, or look around with simulated ones; where
/// keys are kept; and the address for their tools. Shown by the window instead of the overview.
/// Thread: the window's.
class FirstRunPage : public Page
{
    Q_OBJECT

public:
    explicit FirstRunPage(Backend &backend, QWidget *parent = nullptr);

    QString title() const override;

protected:
    void refresh(const BackendSnapshot &snapshot) override;
    void retranslate() override;
    void hideEvent(QHideEvent *event) override;

private:
    QLabel *addHeading(QVBoxLayout *layout);
    QLabel *addText(QVBoxLayout *layout);
    void copyAddress();

    QLabel *welcome_;
    QLabel *intro_;
    QLabel *importHeading_;
    QLabel *importText_;
    QPushButton *import_;
    KeyPlacePanel *place_;
    QLabel *demoHeading_;
    QLabel *demoText_;
    QPushButton *demo_;
    QLabel *addressHeading_;
    QLabel *addressText_;
    QLineEdit *address_;
    QPushButton *copy_;
    bool copied_ = false;
};

} // namespace keywheel
