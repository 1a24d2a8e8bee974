// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingeditor.h"

#include "numbereditor.h"
#include "secreteditor.h"
#include "settings/settingparsers.h"
#include "settingwords.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace keywheel {

namespace {

QHBoxLayout *flatLayout(QWidget *widget)
{
    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins({});
    return layout;
}

class SwitchEditor : public SettingEditor
{
public:
    explicit SwitchEditor(QWidget *parent) : SettingEditor(parent), box_(new QCheckBox)
    {
        flatLayout(this)->addWidget(box_);
        setFocusProxy(box_);
        connect(box_, &QCheckBox::toggled, this, [this] {
            Q_EMIT edited();
            Q_EMIT finished();
        });
        SwitchEditor::retranslate();
    }

    QString text() const override
    {
        return box_->isChecked() ? QStringLiteral("true") : QStringLiteral("false");
    }
    void showValue(const SettingView &view) override
    {
        const QSignalBlocker quiet(box_);
        box_->setChecked(parseBoolean(view.text).value_or(false));
    }
    void setReadOnly(bool readOnly) override { box_->setEnabled(!readOnly); }
    void retranslate() override { box_->setText(SettingEditor::tr("On")); }
    QWidget *field() const override { return box_; }
    bool isChoice() const override { return true; }

private:
    QCheckBox *box_;
};

class WordEditor : public SettingEditor
{
public:
    WordEditor(const SettingSpec &spec, QWidget *parent)
        : SettingEditor(parent),
          spec_(spec),
          box_(new QComboBox)
    {
        QHBoxLayout *layout = flatLayout(this);
        layout->addWidget(box_);
        layout->addStretch();
        setFocusProxy(box_);
        ignoreWheel(box_);
        for (const QString &word : spec.words)
            box_->addItem(settingWord(spec, word), word);
        connect(box_, &QComboBox::currentIndexChanged, this, [this] {
            Q_EMIT edited();
            Q_EMIT finished();
        });
    }

    QString text() const override { return box_->currentData().toString(); }
    void showValue(const SettingView &view) override
    {
        const QSignalBlocker quiet(box_);
        box_->setCurrentIndex(box_->findData(view.text.toLower()));
    }
    void setReadOnly(bool readOnly) override { box_->setEnabled(!readOnly); }
    void retranslate() override
    {
        for (int i = 0; i < box_->count(); ++i)
            box_->setItemText(i, settingWord(spec_, box_->itemData(i).toString()));
    }
    QWidget *field() const override { return box_; }
    bool isChoice() const override { return true; }

private:
    const SettingSpec &spec_;
    QComboBox *box_;
};

class TextEditor : public SettingEditor
{
public:
    explicit TextEditor(QWidget *parent) : SettingEditor(parent), line_(new QLineEdit)
    {
        flatLayout(this)->addWidget(line_, 1);
        setFocusProxy(line_);
        connect(line_, &QLineEdit::textEdited, this, &SettingEditor::edited);
        connect(line_, &QLineEdit::editingFinished, this, &SettingEditor::finished);
    }

    QString text() const override { return line_->text().trimmed(); }
    void showValue(const SettingView &view) override
    {
        if (line_->text() == view.text)
            return; // keeps the cursor
        line_->setText(view.text);
        line_->setCursorPosition(0);
    }
    void setReadOnly(bool readOnly) override { line_->setReadOnly(readOnly); }
    QWidget *field() const override { return line_; }

protected:
    QLineEdit *line_;
};

class FileEditor : public TextEditor
{
public:
    FileEditor(const SettingSpec &spec, QWidget *parent)
        : TextEditor(parent),
          spec_(spec),
          browse_(new QPushButton)
    {
        browse_->setObjectName(QLatin1String("browse.") + spec.name);
        layout()->addWidget(browse_);
        connect(browse_, &QPushButton::clicked, this, &FileEditor::browse);
        FileEditor::retranslate();
    }

    void setReadOnly(bool readOnly) override
    {
        TextEditor::setReadOnly(readOnly);
        browse_->setEnabled(!readOnly);
    }
    void retranslate() override
    {
        browse_->setText(SettingEditor::tr("Browse…"));
        browse_->setAccessibleName(
            SettingEditor::tr("Browse for: %1").arg(settingLabel(spec_.name)));
    }

private:
    void browse()
    {
        const QString folder = QFileInfo(text()).absolutePath();
        // Not modal to a nested loop: the window may close meanwhile.
        auto *dialog = new QFileDialog(this, settingLabel(spec_.name), folder);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
            line_->setText(file);
            Q_EMIT edited();
            Q_EMIT finished();
        });
        dialog->open();
    }

    const SettingSpec &spec_;
    QPushButton *browse_;
};

class WheelFilter : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Wheel)
            return QObject::eventFilter(watched, event);
        event->ignore(); // so that the parent gets it
        return true;
    }
};

} // namespace

SettingEditor::SettingEditor(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

SettingEditor *makeSettingEditor(const SettingSpec &spec, QWidget *parent)
{
    if (spec.secrecy == Secrecy::Secret)
        return new SecretEditor(spec, parent);
    if (spec.bounds)
        return new NumberEditor(spec, parent);
    if (!spec.words.isEmpty())
        return new WordEditor(spec, parent);
    if (spec.type == QLatin1String("switch"))
        return new SwitchEditor(parent);
    if (spec.type == QLatin1String("file"))
        return new FileEditor(spec, parent);
    return new TextEditor(parent);
}

void ignoreWheel(QWidget *widget)
{
    widget->installEventFilter(new WheelFilter(widget));
}

} // namespace keywheel
