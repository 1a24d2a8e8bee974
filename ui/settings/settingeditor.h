// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backendsnapshot.h"
#include "settings/settingstable.h"

#include <QWidget>

namespace keywheel {

/// Changes one setting's text. It tells what a person does; programs change it silently. Thread:
/// the window's.
///
/// Signals: edited() with every change, then finished() once it stands (Enter, focus elsewhere, a
/// choice made), perhaps without any change.
class SettingEditor : public QWidget
{
    Q_OBJECT

public:
    explicit SettingEditor(QWidget *parent = nullptr);

    virtual QString text() const = 0;
    /// Shows what is in use; what was typed and not finished is lost.
    virtual void showValue(const SettingView &view) = 0;
    virtual void setReadOnly(bool readOnly) = 0;
    virtual void retranslate() {}
    /// The widget with the focus, for its name; the focus proxy.
    virtual QWidget *field() const = 0;
    /// True where a choice is complete as soon as it is made, so that a refused one is taken back.
    virtual bool isChoice() const { return false; }
    /// What the person should know before it is finished.
    virtual QString hint() const { return {}; }

Q_SIGNALS:
    void edited();
    void finished();
    /// The setting shall be taken out.
    void cleared();
};

/// The editor for the spec's type: a switch, a menu, a number with its unit, a file, a secret, or a
/// line of text. `spec` must outlive it.
SettingEditor *makeSettingEditor(const SettingSpec &spec, QWidget *parent);

/// Leaves the wheel to the page: what is saved at once must not change by scrolling past.
void ignoreWheel(QWidget *widget);

} // namespace keywheel
