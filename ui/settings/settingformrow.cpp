// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingformrow.h"

#include "backend/coretext.h"
#include "settingeditor.h"
#include "settingwords.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

#include <utility>

namespace keywheel {

namespace {

/// The backend shows credentials so; saved, it would be the password.
bool isRedacted(const QString &text)
{
    return text.contains(QLatin1String("[redacted]"));
}

} // namespace

SettingFormRow::SettingFormRow(const SettingSpec &spec, Backend &backend, QWidget *parent)
    : SettingFormRow(spec, backend, makeSettingEditor(spec, nullptr), parent)
{
}

SettingFormRow::SettingFormRow(const SettingSpec &spec, Backend &backend, SettingEditor *editor,
                               QWidget *parent)
    : FormRow(editor, editor->field(), parent),
      spec_(spec),
      backend_(backend),
      editor_(editor),
      revert_(new QToolButton),
      default_(spec.defaultText)
{
    setObjectName(QLatin1String("row.") + spec.name);
    editor->field()->setObjectName(spec.name);
    setName(spec.name);
    revert_->setObjectName(QLatin1String("revert.") + spec.name);
    QSizePolicy policy = revert_->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // so that all editors end at one edge
    revert_->setSizePolicy(policy);
    line()->addWidget(revert_);

    connect(editor_, &SettingEditor::edited, this, &SettingFormRow::whenEdited);
    connect(editor_, &SettingEditor::finished, this, &SettingFormRow::save);
    connect(editor_, &SettingEditor::cleared, this, [this] { saveText(std::nullopt); });
    connect(revert_, &QToolButton::clicked, this, [this] { saveText(std::nullopt); });
    retranslate();
}

void SettingFormRow::setView(const SettingView &view, const QString &fileError)
{
    view_ = view;
    fileError_ = fileError;
    // The desktop keeps keys elsewhere than the table says for servers.
    if (view.origin == SettingOrigin::Default && std::exchange(default_, view.text) != view.text)
        retranslate();
    if (!edited_ || isLocked())
        discard();
    editor_->setReadOnly(isLocked());
    revert_->setVisible(view.origin == SettingOrigin::EnvFile
                            ? spec_.secrecy != Secrecy::Secret
                            : !fileError.isEmpty() && !isLocked());
    showNote();
}

void SettingFormRow::retranslate()
{
    setTitle(settingLabel(spec_.name));
    setDescription(spec_.secrecy == Secrecy::Secret
                       ? settingDescription(spec_)
                       : tr("%1 Default: %2.")
                             .arg(settingDescription(spec_), settingDefault(spec_, default_)));
    revert_->setText(tr("Use default"));
    revert_->setAccessibleName(tr("Use default: %1").arg(settingLabel(spec_.name)));
    revert_->setToolTip(tr("Takes the setting out of the .env file."));
    editor_->retranslate();
    showNote();
}

void SettingFormRow::focusEditor()
{
    editor_->setFocus(Qt::OtherFocusReason);
}

QString SettingFormRow::keywords() const
{
    QStringList words = spec_.words;
    for (const QString &word : spec_.words)
        words.append(settingWord(spec_, word));
    return words.join(QLatin1Char('\n'));
}

void SettingFormRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || !edited_)
        return FormRow::keyPressEvent(event);
    discard();
    showNote();
}

void SettingFormRow::whenEdited()
{
    edited_ = editor_->text() != shown_;
    touched_ = true;
    saveError_.clear();
    showNote();
}

void SettingFormRow::save()
{
    if (!(edited_ || corrects()) || isLocked() || !mistake().isEmpty())
        return;
    const QString text = editor_->text();
    saveText(text.isEmpty() ? std::nullopt : std::optional(text));
}

void SettingFormRow::saveText(const std::optional<QString> &text)
{
    backend_.saveSetting(spec_.name, text, this,
                         [this, text, before = view_.text](const Expected<void> &result) {
                             whenSaved(text, before, result);
                         });
}

/// `before` is what view_ said when it was asked for.
void SettingFormRow::whenSaved(const std::optional<QString> &text, const QString &before,
                               const Expected<void> &result)
{
    // Nothing new was typed meanwhile, or the default was asked for.
    const bool stands = !text || editor_->text() == *text;
    if (!result) {
        if (editor_->isChoice())
            discard();
        if (stands)
            saveError_ = result.error().message;
    } else if (stands) {
        // The backend's settingsChanged() may be there already, or come with the next event.
        edited_ = false;
        shown_ = editor_->text();
        if (spec_.secrecy == Secrecy::Secret)
            view_.isSet = text.has_value();
        else if (text && view_.text == before)
            view_.text = *text;
        discard();
    }
    showNote();
}

/// Shows what is in use.
void SettingFormRow::discard()
{
    editor_->showValue(view_);
    shown_ = editor_->text();
    edited_ = false;
    touched_ = false;
    saveError_.clear();
}

/// Whether the value in use was typed anew, to stand in the file instead of one that is bad.
bool SettingFormRow::corrects() const
{
    return touched_ && !edited_ && !fileError_.isEmpty() && spec_.secrecy != Secrecy::Secret;
}

/// Why the text that stands there will not do; empty when it does.
QString SettingFormRow::mistake() const
{
    const QString text = editor_->text();
    if (!edited_ && !corrects())
        return {};
    if (isRedacted(text))
        return tr("Type the user name and password again in place of [redacted].");
    Settings scratch{};
    const auto parsed = spec_.parse(text.isEmpty() ? spec_.defaultText : text, scratch);
    if (parsed)
        return {};
    const QString reason = settingReason(parsed.error());
    return reason.isEmpty()
               ? tr("Not valid. Accepted: %1.").arg(settingAccepted(spec_))
               : tr("Not valid: %1. Accepted: %2.").arg(reason, settingAccepted(spec_));
}

bool SettingFormRow::isLocked() const
{
    return view_.origin == SettingOrigin::Environment || view_.origin == SettingOrigin::CommandLine;
}

void SettingFormRow::showNote()
{
    QString error = saveError_.isEmpty() ? mistake() : coreText(saveError_);
    if (error.isEmpty() && !edited_)
        error = coreText(fileError_);
    if (!error.isEmpty())
        setNote(Note::Error, error);
    else if (view_.origin == SettingOrigin::Environment)
        setNote(Note::Info, tr("Locked: the environment variable %1 sets it.").arg(spec_.name));
    else if (view_.origin == SettingOrigin::CommandLine)
        setNote(Note::Info, tr("Locked: the command line that started Keywheel sets it."));
    else if (!editor_->hint().isEmpty())
        setNote(Note::Info, editor_->hint());
    else
        setNote(Note::None, {});
}

} // namespace keywheel
