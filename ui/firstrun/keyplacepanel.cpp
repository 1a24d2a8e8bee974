// SPDX-License-Identifier: GPL-3.0-or-later
#include "keyplacepanel.h"

#include "backend/coretext.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace keywheel {

namespace {

SettingView settingOf(const SettingsView &settings, const QString &name)
{
    const auto found = std::find_if(settings.rows.cbegin(), settings.rows.cend(),
                                    [&](const SettingView &view) { return view.name == name; });
    return found == settings.rows.cend() ? SettingView() : *found;
}

} // namespace

KeyPlacePanel::KeyPlacePanel(Backend &backend, QWidget *parent)
    : QWidget(parent),
      backend_(backend),
      icon_(new QLabel),
      text_(new QLabel),
      file_(new QPushButton),
      again_(new QPushButton)
{
    icon_->setObjectName(QStringLiteral("keyPlaceIcon"));
    text_->setObjectName(QStringLiteral("keyPlace"));
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    file_->setObjectName(QStringLiteral("keepInFile"));
    again_->setObjectName(QStringLiteral("tryAgain"));
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon_->setPixmap(style()
                         ->standardIcon(QStyle::SP_MessageBoxWarning)
                         .pixmap(QSize(size, size), devicePixelRatio()));

    auto *says = new QHBoxLayout;
    says->addWidget(icon_, 0, Qt::AlignTop);
    says->addWidget(text_, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(again_);
    buttons->addWidget(file_);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(says);
    layout->addLayout(buttons);

    connect(file_, &QPushButton::clicked, this, &KeyPlacePanel::keepInFile);
    connect(again_, &QPushButton::clicked, this, [this] {
        saveError_.clear();
        showState();
        backend_.reloadKeys();
    });
    connect(&backend, &Backend::settingsChanged, this, &KeyPlacePanel::showState);
    retranslate();
}

void KeyPlacePanel::refresh(const BackendSnapshot &snapshot)
{
    reason_ = snapshot.keysError; // not the notice, which may have been dismissed
    showState();
}

void KeyPlacePanel::retranslate()
{
    file_->setText(tr("Keep keys in a &file"));
    again_->setText(tr("&Try again"));
    showState();
}

void KeyPlacePanel::keepInFile()
{
    backend_.saveSetting(QStringLiteral("KEY_STORE"), QStringLiteral("file"), this,
                         [this](const Expected<void> &result) {
                             saveError_ = result ? QString() : result.error().message;
                             showState();
                         });
}

void KeyPlacePanel::showState()
{
    const SettingView store = settingOf(backend_.settings(), QStringLiteral("KEY_STORE"));
    const bool inFile = store.text.compare(QLatin1String("file"), Qt::CaseInsensitive) == 0;
    const bool locked =
        store.origin == SettingOrigin::Environment || store.origin == SettingOrigin::CommandLine;
    const QString file =
        QDir::toNativeSeparators(settingOf(backend_.settings(), QStringLiteral("KEYS_FILE")).text);
    const bool unreadable = !reason_.isEmpty();
    QStringList lines;
    if (unreadable)
        lines.append(inFile ? tr("The file with your keys, %1, cannot be read.").arg(file)
                            : tr("The keychain, where your keys are kept, cannot be used now."));
    else
        lines.append(inFile ? tr("Your keys are kept as plain text in %1.").arg(file)
                            : tr("Your keys are kept encrypted in the keychain of your desktop."));
    if (unreadable)
        lines.append(reason_);
    if (!saveError_.isEmpty())
        lines.append(coreText(saveError_));
    text_->setText(lines.join(QLatin1Char('\n')));
    icon_->setVisible(unreadable || !saveError_.isEmpty());
    again_->setVisible(unreadable);
    file_->setVisible(unreadable && !inFile);
    file_->setEnabled(!locked);
    file_->setToolTip(locked ? tr("The environment or the command line that started Keywheel "
                                  "decides where keys are kept.")
                             : QString());
}

} // namespace keywheel
