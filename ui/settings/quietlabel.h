// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace keywheel {

/// Explanations beside the thing itself: smaller and paler than its surroundings, but with the
/// contrast that reading needs, whatever the palette. Thread: the window's.
class QuietLabel : public QLabel
{
    Q_OBJECT

public:
    explicit QuietLabel(QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void tint();
};

} // namespace keywheel
