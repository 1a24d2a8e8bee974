// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace keywheel {

/// A framed part of a page with a heading. Thread: the window's.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

    /// Also the card's accessible name. Without a title there is no heading line.
    void setTitle(const QString &title);
    /// For what belongs at the end of the heading line.
    QHBoxLayout *head() const { return head_; }
    /// Below the heading.
    QVBoxLayout *body() const { return body_; }

private:
    QLabel *title_;
    QHBoxLayout *head_;
    QVBoxLayout *body_;
};

/// Makes the text of `label` larger or smaller than the rest by `factor`; follows the
/// application's font.
void scaleFont(QLabel *label, double factor, bool bold = false);

} // namespace keywheel
