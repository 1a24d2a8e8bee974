// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingspage.h"

#include "envfilepanel.h"
#include "settingformrow.h"
#include "settingwords.h"
#include "windowsettings.h"

#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace keywheel {

namespace {

constexpr int ReadableWidth = 860;

/// The line of an error list that is about the setting: `PORT=70000 (…) is not valid…`.
QString errorOf(const QString &name, const QStringList &errors)
{
    for (const QString &error : errors)
        if (error.startsWith(name + QLatin1Char('=')) || error.startsWith(name + QLatin1Char(' ')))
            return error;
    return {};
}

} // namespace

SettingsPage::SettingsPage(Backend &backend, Preferences &preferences, Autostart &autostart,
                           QWidget *parent)
    : Page(backend, parent),
      search_(new QLineEdit),
      file_(new EnvFilePanel),
      scroll_(new QScrollArea),
      nothing_(new QLabel),
      window_(new WindowSettings(preferences, autostart, this))
{
    search_->setObjectName(QStringLiteral("search"));
    search_->setClearButtonEnabled(true);
    search_->setMaximumWidth(ReadableWidth);
    file_->setMaximumWidth(ReadableWidth);
    nothing_->setObjectName(QStringLiteral("nothingFound"));
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setTextFormat(Qt::PlainText);

    auto *content = new QWidget;
    content->setMaximumWidth(ReadableWidth);
    auto *list = new QVBoxLayout(content);
    QMargins margins = list->contentsMargins(); // its edges are those of the search field
    margins.setLeft(0);
    margins.setRight(0);
    list->setContentsMargins(margins);
    addServerSections(list);
    addSection(list, SettingGroup::Other, window_->rows());
    list->addWidget(nothing_);
    list->addStretch();
    scroll_->setWidget(content);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);

    auto *top = new QVBoxLayout(this);
    top->addWidget(search_);
    top->addWidget(file_);
    top->addWidget(scroll_, 1);

    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, search_, qOverload<>(&QWidget::setFocus));
    connect(search_, &QLineEdit::textChanged, this, &SettingsPage::filter);
    connect(&backend, &Backend::settingsChanged, this, &SettingsPage::showSettings);
    SettingsPage::retranslate();
    showSettings(backend.settings());
}

QString SettingsPage::title() const
{
    return tr("Settings");
}

void SettingsPage::showTopic(const QString &topic)
{
    SettingFormRow *wanted = row(topic);
    if (!wanted)
        return;
    search_->clear();
    wanted->focusEditor();
    // Only after the page was laid out, which may be now for the first time.
    QMetaObject::invokeMethod(
        this,
        [this, wanted] {
            scroll_->widget()->layout()->activate();
            scroll_->ensureWidgetVisible(wanted, 0, scroll_->viewport()->height() / 3);
        },
        Qt::QueuedConnection);
}

void SettingsPage::refresh(const BackendSnapshot &)
{
    window_->refresh();
}

void SettingsPage::retranslate()
{
    search_->setPlaceholderText(tr("Search settings"));
    search_->setAccessibleName(tr("Search settings"));
    file_->retranslate();
    window_->retranslate();
    for (SettingFormRow *setting : std::as_const(settings_))
        setting->retranslate();
    for (const Section &section : std::as_const(sections_))
        section.heading->setText(section.group == SettingGroup::Other
                                     ? tr("Window and start")
                                     : settingGroupTitle(section.group));
    filter();
    alignRows();
}

void SettingsPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        alignRows();
}

void SettingsPage::addServerSections(QVBoxLayout *layout)
{
    using Group = SettingGroup;
    for (const Group group : {Group::Server, Group::Keys, Group::Upstream, Group::Limits,
                              Group::Browsers, Group::Logs}) {
        QList<FormRow *> rows;
        for (const SettingSpec &spec : settingsTable()) {
            // One that the window does not know yet is better at the end than nowhere.
            const Group known = settingGroup(spec.name);
            if ((known == Group::Other ? Group::Logs : known) != group)
                continue;
            settings_.append(new SettingFormRow(spec, backend(), this));
            rows.append(settings_.last());
        }
        addSection(layout, group, rows);
    }
}

void SettingsPage::addSection(QVBoxLayout *layout, SettingGroup group, const QList<FormRow *> &rows)
{
    auto *heading = new QLabel;
    QFont large = heading->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    heading->setFont(large);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Sunken);
    const int gap = heading->fontMetrics().height();
    heading->setContentsMargins(0, sections_.isEmpty() ? 0 : gap / 2, 0, 0);
    layout->addWidget(heading);
    layout->addWidget(line);
    for (FormRow *each : rows) {
        each->setContentsMargins(0, gap / 4, 0, gap / 4);
        layout->addWidget(each);
    }
    sections_.append({group, heading, line, rows});
}

void SettingsPage::showSettings(const SettingsView &settings)
{
    file_->setSettings(settings);
    for (const SettingView &view : settings.rows)
        if (SettingFormRow *setting = row(view.name))
            setting->setView(view, errorOf(view.name, settings.errors));
}

void SettingsPage::filter()
{
    const QString search = search_->text();
    bool any = false;
    for (const Section &section : std::as_const(sections_)) {
        bool some = false;
        for (FormRow *each : section.rows) {
            const bool found = each->matches(search) || section.heading->text().contains(
                                                            search.trimmed(), Qt::CaseInsensitive);
            each->setVisible(found);
            some = some || found;
        }
        section.heading->setVisible(some);
        section.line->setVisible(some);
        any = any || some;
    }
    nothing_->setText(tr("No setting matches “%1”.").arg(search));
    nothing_->setVisible(!any);
}

/// One left column for all.
void SettingsPage::alignRows()
{
    int width = 0;
    for (const Section &section : std::as_const(sections_))
        for (const FormRow *each : section.rows)
            width = std::max(width, each->titleWidth());
    for (const Section &section : std::as_const(sections_))
        for (FormRow *each : section.rows)
            each->setTitleWidth(width);
}

SettingFormRow *SettingsPage::row(const QString &name) const
{
    const auto found =
        std::find_if(settings_.cbegin(), settings_.cend(),
                     [&](const SettingFormRow *each) { return each->name() == name; });
    return found == settings_.cend() ? nullptr : *found;
}

} // namespace keywheel
