// SPDX-License-Identifier: GPL-3.0-or-later
#include "numbereditor.h"

#include "quietlabel.h"
#include "settingwords.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace keywheel {

NumberEditor::NumberEditor(const SettingSpec &spec, QWidget *parent)
    : SettingEditor(parent),
      spec_(spec),
      box_(new QDoubleSpinBox),
      quantity_(new QuietLabel)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(box_);
    layout->addWidget(quantity_, 1);
    setFocusProxy(box_);
    ignoreWheel(box_);
    const bool hasUnit = !settingUnit(spec).isEmpty();
    box_->setDecimals(0);
    box_->setRange(double(spec.bounds->least), double(spec.bounds->most));
    box_->setGroupSeparatorShown(hasUnit);
    if (hasUnit)
        box_->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    connect(box_, &QDoubleSpinBox::valueChanged, this, [this] {
        showQuantity();
        Q_EMIT edited();
    });
    connect(box_, &QDoubleSpinBox::editingFinished, this, &SettingEditor::finished);
    NumberEditor::retranslate();
}

QString NumberEditor::text() const
{
    return QString::number(qint64(box_->value()));
}

void NumberEditor::showValue(const SettingView &view)
{
    const QSignalBlocker quiet(box_);
    box_->setValue(double(view.text.toLongLong()));
    showQuantity();
}

void NumberEditor::setReadOnly(bool readOnly)
{
    box_->setReadOnly(readOnly);
    box_->setButtonSymbols(readOnly ? QAbstractSpinBox::NoButtons : QAbstractSpinBox::UpDownArrows);
}

void NumberEditor::retranslate()
{
    const QString unit = settingUnit(spec_);
    const QSignalBlocker quiet(box_);
    box_->setSuffix(unit.isEmpty() ? QString() : QLatin1Char(' ') + unit);
    box_->setLocale(QLocale());
    showQuantity();
}

QWidget *NumberEditor::field() const
{
    return box_;
}

void NumberEditor::showQuantity()
{
    const QString quantity = settingQuantity(spec_, qint64(box_->value()));
    quantity_->setText(quantity.isEmpty() ? QString() : QStringLiteral("= ") + quantity);
}

} // namespace keywheel
