// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"
#include "widgets/card.h"

#include <array>

class QPushButton;

namespace keywheel {

/// How many keys are in which state, as a bar and in words. Thread: the window's.
class KeyHealthCard : public Card
{
    Q_OBJECT

public:
    explicit KeyHealthCard(QWidget *parent = nullptr);

    void setKeys(const QList<KeySnapshot> &keys);
    /// Sets all texts; setKeys() must follow.
    void retranslate();

Q_SIGNALS:
    void blacklistWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    static constexpr int States = 4;
    class Bar;

    void applyPalette();

    QLabel *total_;
    Bar *bar_;
    std::array<QLabel *, States> icons_{};
    std::array<QLabel *, States> words_{};
    QPushButton *blacklist_;
};

} // namespace keywheel
