// SPDX-License-Identifier: GPL-3.0-or-later
#include "secreteditor.h"

#include "settingwords.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRandomGenerator>

#include <array>

namespace keywheel {

namespace {

/// 256 bits, in letters that every header, shell and file takes.
QString madeUp()
{
    std::array<quint32, 8> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), qsizetype(bits.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(bits.data()), sizeof(bits));
    return QStringLiteral("kw-") +
           QString::fromLatin1(
               bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

SecretEditor::SecretEditor(const SettingSpec &spec, QWidget *parent)
    : SettingEditor(parent),
      spec_(spec),
      state_(new QLabel),
      replace_(new QPushButton),
      generate_(new QPushButton),
      clear_(new QPushButton),
      line_(new QLineEdit),
      visible_(new QCheckBox),
      copy_(new QPushButton),
      save_(new QPushButton),
      cancel_(new QPushButton)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(state_);
    layout->addWidget(line_, 1);
    for (QWidget *widget : {static_cast<QWidget *>(replace_), static_cast<QWidget *>(generate_),
                            static_cast<QWidget *>(clear_), static_cast<QWidget *>(visible_),
                            static_cast<QWidget *>(copy_), static_cast<QWidget *>(save_),
                            static_cast<QWidget *>(cancel_)})
        layout->addWidget(widget);
    layout->addStretch();
    replace_->setObjectName(QStringLiteral("replace.") + spec.name);
    generate_->setObjectName(QStringLiteral("generate.") + spec.name);
    clear_->setObjectName(QStringLiteral("clear.") + spec.name);
    visible_->setObjectName(QStringLiteral("show.") + spec.name);
    copy_->setObjectName(QStringLiteral("copy.") + spec.name);
    save_->setObjectName(QStringLiteral("save.") + spec.name);
    cancel_->setObjectName(QStringLiteral("cancel.") + spec.name);

    connect(replace_, &QPushButton::clicked, this, [this] { begin({}); });
    connect(generate_, &QPushButton::clicked, this, &SecretEditor::generate);
    connect(clear_, &QPushButton::clicked, this, &SecretEditor::askToClear);
    connect(line_, &QLineEdit::textEdited, this, [this] {
        generated_ = false;
        arrange();
        Q_EMIT edited();
    });
    connect(line_, &QLineEdit::returnPressed, this, &SettingEditor::finished);
    connect(visible_, &QCheckBox::toggled, this, [this](bool visible) {
        line_->setEchoMode(visible ? QLineEdit::Normal : QLineEdit::Password);
    });
    connect(copy_, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(line_->text()); });
    connect(save_, &QPushButton::clicked, this, &SettingEditor::finished);
    connect(cancel_, &QPushButton::clicked, this, [this] {
        end();
        replace_->setFocus();
        Q_EMIT edited();
    });
    end();
    SecretEditor::retranslate();
}

QString SecretEditor::text() const
{
    return line_->text();
}

void SecretEditor::showValue(const SettingView &view)
{
    isSet_ = view.isSet;
    end();
    retranslate();
}

void SecretEditor::setReadOnly(bool readOnly)
{
    readOnly_ = readOnly;
    arrange();
}

void SecretEditor::retranslate()
{
    const QString name = settingLabel(spec_.name);
    state_->setText(isSet_ ? tr("Set") : tr("Not set"));
    replace_->setText(isSet_ ? tr("Replace…") : tr("Set…"));
    replace_->setAccessibleName((isSet_ ? tr("Replace: %1") : tr("Set: %1")).arg(name));
    generate_->setText(tr("Generate"));
    generate_->setAccessibleName(tr("Generate: %1").arg(name));
    clear_->setText(tr("Clear"));
    clear_->setAccessibleName(tr("Clear: %1").arg(name));
    line_->setPlaceholderText(tr("New value"));
    visible_->setText(tr("Show"));
    copy_->setText(tr("Copy"));
    save_->setText(tr("Save"));
    cancel_->setText(tr("Cancel"));
}

QWidget *SecretEditor::field() const
{
    return line_;
}

QString SecretEditor::hint() const
{
    return generated_ ? tr("Copy it now: once saved, it is not shown again.") : QString();
}

void SecretEditor::begin(const QString &text)
{
    typing_ = true;
    line_->setText(text);
    arrange();
    line_->setFocus();
    Q_EMIT edited();
}

void SecretEditor::end()
{
    typing_ = false;
    generated_ = false;
    line_->clear();
    visible_->setChecked(false);
    line_->setEchoMode(QLineEdit::Password);
    arrange();
}

void SecretEditor::generate()
{
    generated_ = true;
    begin(madeUp());
}

void SecretEditor::askToClear()
{
    auto *question =
        new QMessageBox(QMessageBox::Warning, tr("Clear the access key?"),
                        tr("Whoever reaches Keywheel can then use your keys without a password. "
                           "The value is lost."),
                        QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton *clear = question->addButton(tr("Clear"), QMessageBox::DestructiveRole);
    connect(clear, &QPushButton::clicked, this, &SettingEditor::cleared);
    question->open();
}

/// Shows what the person can do now.
void SecretEditor::arrange()
{
    state_->setVisible(!typing_);
    replace_->setVisible(!typing_ && !readOnly_);
    generate_->setVisible(!typing_ && !readOnly_);
    clear_->setVisible(!typing_ && !readOnly_ && isSet_);
    for (QWidget *widget : {static_cast<QWidget *>(line_), static_cast<QWidget *>(visible_),
                            static_cast<QWidget *>(save_), static_cast<QWidget *>(cancel_)})
        widget->setVisible(typing_);
    copy_->setVisible(typing_ && generated_);
    setFocusProxy(typing_ ? static_cast<QWidget *>(line_) : replace_);
}

} // namespace keywheel
