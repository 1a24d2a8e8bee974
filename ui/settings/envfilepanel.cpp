// SPDX-License-Identifier: GPL-3.0-or-later
#include "envfilepanel.h"

#include "backend/coretext.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QUrl>

namespace keywheel {

EnvFilePanel::EnvFilePanel(QWidget *parent)
    : QWidget(parent),
      place_(new QLabel),
      open_(new QPushButton),
      icon_(new QLabel),
      problems_(new QLabel)
{
    place_->setObjectName(QStringLiteral("envFile"));
    place_->setTextFormat(Qt::PlainText);
    place_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    place_->setWordWrap(true);
    open_->setObjectName(QStringLiteral("openFolder"));
    problems_->setObjectName(QStringLiteral("fileErrors"));
    problems_->setTextFormat(Qt::PlainText);
    problems_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    problems_->setWordWrap(true);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon_->setPixmap(style()
                         ->standardIcon(QStyle::SP_MessageBoxWarning)
                         .pixmap(QSize(size, size), devicePixelRatio()));

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->addWidget(place_, 0, 0, 1, 2);
    grid->addWidget(open_, 0, 2);
    grid->addWidget(icon_, 1, 0, Qt::AlignTop);
    grid->addWidget(problems_, 1, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    connect(open_, &QPushButton::clicked, this, &EnvFilePanel::openFolder);
    retranslate();
}

void EnvFilePanel::setSettings(const SettingsView &settings)
{
    file_ = settings.envFile;
    errors_ = settings.errors;
    retranslate();
}

void EnvFilePanel::retranslate()
{
    place_->setText(tr("Changes are saved at once in %1").arg(QDir::toNativeSeparators(file_)));
    open_->setText(tr("&Open folder"));
    open_->setEnabled(!file_.isEmpty());
    icon_->setVisible(!errors_.isEmpty());
    problems_->setVisible(!errors_.isEmpty());
    problems_->setText(tr("The file has mistakes, so the last good settings stay in use:") +
                       QLatin1Char('\n') + coreText(errors_.join(QLatin1Char('\n'))));
}

/// The folder may not be there before the first change.
void EnvFilePanel::openFolder()
{
    QString folder = QFileInfo(file_).absolutePath();
    while (!QFileInfo::exists(folder) && folder != QFileInfo(folder).path())
        folder = QFileInfo(folder).path();
    QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
}

} // namespace keywheel
