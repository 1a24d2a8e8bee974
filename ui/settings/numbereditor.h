// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settingeditor.h"

class QDoubleSpinBox;
class QLabel;

namespace keywheel {

/// A whole number with its unit, and beside it what that is in units that people use. Thread: the
/// window's.
class NumberEditor : public SettingEditor
{
    Q_OBJECT

public:
    NumberEditor(const SettingSpec &spec, QWidget *parent);

    QString text() const override;
    void showValue(const SettingView &view) override;
    void setReadOnly(bool readOnly) override;
    void retranslate() override;
    QWidget *field() const override;

private:
    void showQuantity();

    const SettingSpec &spec_;
    QDoubleSpinBox *box_; // a QSpinBox ends at 2³¹, MAX_BODY_SIZE does not
    QLabel *quantity_;
};

} // namespace keywheel
