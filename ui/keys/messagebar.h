// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QStyle>

class QLabel;
class QPushButton;
class QToolButton;

namespace keywheel {

/// A line of text in a page, such as an error or what was done, with an optional button; in the
/// place of message boxes. Hidden while it has nothing to say. Thread: the window's.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Done, Error };

    explicit MessageBar(QWidget *parent = nullptr);

    void tell(Kind kind, const QString &text);
    /// The same with a button; a text alone can be changed while it stands.
    void offer(const QString &text, const QString &action);
    void retranslate();

Q_SIGNALS:
    void actionTriggered();
    /// A person has closed it.
    void closed();

private:
    void show(QStyle::StandardPixmap icon, const QString &text, const QString &action);

    QLabel *icon_;
    QLabel *text_;
    QPushButton *action_;
    QToolButton *close_;
};

} // namespace keywheel
