// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace keywheel {

/// One line of the settings page: what it is on the left, its editor on the right, with an
/// explanation and, when there is one, a note below. Thread: the window's. It owns the editor.
class FormRow : public QWidget
{
    Q_OBJECT

public:
    enum class Note { None, Info, Error };

    /// `field` gets the title's mnemonic, the accessible name and the description.
    FormRow(QWidget *editor, QWidget *field, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setName(const QString &name); ///< small, below the title
    void setDescription(const QString &description);
    void setNote(Note note, const QString &text);
    QString note() const;

    int titleWidth() const; ///< what the left column needs
    void setTitleWidth(int width);
    /// Whether all words of `search` stand somewhere in its texts.
    bool matches(const QString &search) const;

protected:
    QHBoxLayout *line() const { return line_; }
    /// Further words to be found by.
    virtual QString keywords() const { return {}; }

private:
    void describe();

    QWidget *field_;
    QHBoxLayout *line_;
    QLabel *title_;
    QLabel *name_;
    QLabel *description_;
    QLabel *noteIcon_;
    QLabel *noteText_;
};

} // namespace keywheel
