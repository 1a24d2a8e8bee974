// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"
#include "formrow.h"
#include "settings/settingstable.h"

class QToolButton;

namespace keywheel {

class SettingEditor;

/// One setting of the server: shows what is in use, checks while a person types, and saves at once
/// when that is finished. What is being typed survives a change from elsewhere. Thread: the
/// window's; `spec` and `backend` must outlive it.
class SettingFormRow : public FormRow
{
    Q_OBJECT

public:
    SettingFormRow(const SettingSpec &spec, Backend &backend, QWidget *parent = nullptr);

    QString name() const { return spec_.name; }
    /// `fileError` is what the last reading of the .env file said of this setting; may be empty.
    void setView(const SettingView &view, const QString &fileError);
    void retranslate();
    void focusEditor();

protected:
    QString keywords() const override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    SettingFormRow(const SettingSpec &spec, Backend &backend, SettingEditor *editor,
                   QWidget *parent);
    void whenEdited();
    void save();
    void saveText(const std::optional<QString> &text);
    void whenSaved(const std::optional<QString> &text, const QString &before,
                   const Expected<void> &result);
    void discard();
    bool corrects() const;
    QString mistake() const;
    bool isLocked() const;
    void showNote();

    const SettingSpec &spec_;
    Backend &backend_;
    SettingEditor *editor_;
    QToolButton *revert_;
    QString default_; ///< as far as it is known
    SettingView view_;
    QString shown_; ///< the editor's text for view_
    QString fileError_;
    QString saveError_; ///< of the text that stands there
    bool edited_ = false;
    bool touched_ = false; ///< typed in, perhaps to the same text
};

} // namespace keywheel
