// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"
#include "backend/preferences.h"
#include "widgets/page.h"

class QLabel;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace keywheel {

class EnvFilePanel;
class FormRow;
class SettingFormRow;
class WindowSettings;
enum class SettingGroup;

/// All settings, made from the settings table and saved as soon as one is changed, and those of the
/// window. Topics of showTopic(): a variable's name. Thread: the window's; what it is given must
/// outlive it.
class SettingsPage : public Page
{
    Q_OBJECT

public:
    SettingsPage(Backend &backend, Preferences &preferences, Autostart &autostart,
                 QWidget *parent = nullptr);

    QString title() const override;
    void showTopic(const QString &topic) override;

protected:
    void refresh(const BackendSnapshot &snapshot) override;
    void retranslate() override;
    void changeEvent(QEvent *event) override;

private:
    struct Section
    {
        SettingGroup group{}; ///< Other for the window's
        QLabel *heading = nullptr;
        QWidget *line = nullptr;
        QList<FormRow *> rows;
    };

    void addSection(QVBoxLayout *layout, SettingGroup group, const QList<FormRow *> &rows);
    void addServerSections(QVBoxLayout *layout);
    void showSettings(const SettingsView &settings);
    void filter();
    void alignRows();
    SettingFormRow *row(const QString &name) const;

    QLineEdit *search_;
    EnvFilePanel *file_;
    QScrollArea *scroll_;
    QLabel *nothing_;
    WindowSettings *window_;
    QList<SettingFormRow *> settings_;
    QList<Section> sections_;
};

} // namespace keywheel
