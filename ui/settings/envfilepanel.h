// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backendsnapshot.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace keywheel {

/// Where the settings are written, and what was wrong with the file when it was last read. Thread:
/// the window's.
class EnvFilePanel : public QWidget
{
    Q_OBJECT

public:
    explicit EnvFilePanel(QWidget *parent = nullptr);

    void setSettings(const SettingsView &settings);
    void retranslate();

private:
    void openFolder();

    QString file_;
    QStringList errors_;
    QLabel *place_;
    QPushButton *open_;
    QLabel *icon_;
    QLabel *problems_;
};

} // namespace keywheel
