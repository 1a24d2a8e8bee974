// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"
#include "backend/preferences.h"

#include <QObject>

class QCheckBox;
class QComboBox;

namespace keywheel {

class FormRow;

/// The rows of the settings page that concern the window and not the server; they follow
/// Preferences, and change it at once. Thread: the window's. `page` owns the rows; the rest must
/// outlive it.
class WindowSettings : public QObject
{
    Q_OBJECT

public:
    WindowSettings(Preferences &preferences, Autostart &autostart, QWidget *page);

    QList<FormRow *> rows() const { return rows_; }
    void retranslate();
    /// Shows what is in use; the autostart entry may have changed without a signal.
    void refresh();

private:
    QCheckBox *addSwitch(const QString &name);
    QComboBox *addMenu(const QString &name);
    void setAutostart(bool enabled);
    void showAutostart(const QString &error);

    Preferences &preferences_;
    Autostart &autostart_;
    QWidget *page_;
    QList<FormRow *> rows_;
    QCheckBox *atLogin_;
    QCheckBox *minimised_;
    QComboBox *theme_;
    QComboBox *language_;
    QCheckBox *notifications_;
    QComboBox *close_;
};

} // namespace keywheel
