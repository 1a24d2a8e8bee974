// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settingeditor.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace keywheel {

/// Says whether a secret is set, never which; replaces, makes up or clears it. What is typed is
/// masked unless the person asks to see it, and forgotten once it is saved. Thread: the window's.
class SecretEditor : public SettingEditor
{
    Q_OBJECT

public:
    SecretEditor(const SettingSpec &spec, QWidget *parent);

    QString text() const override;
    void showValue(const SettingView &view) override;
    void setReadOnly(bool readOnly) override;
    void retranslate() override;
    QWidget *field() const override;
    QString hint() const override;

private:
    void begin(const QString &text);
    void end();
    void generate();
    void askToClear();
    void arrange();

    const SettingSpec &spec_;
    QLabel *state_;
    QPushButton *replace_;
    QPushButton *generate_;
    QPushButton *clear_;
    QLineEdit *line_;
    QCheckBox *visible_;
    QPushButton *copy_;
    QPushButton *save_;
    QPushButton *cancel_;
    bool isSet_ = false;
    bool readOnly_ = false;
    bool typing_ = false;
    bool generated_ = false;
};

} // namespace keywheel
