// SPDX-License-Identifier: GPL-3.0-or-later
#include "appactions.h"

#include "backend/coretext.h"
#include "widgets/icons.h"
#include "widgets/servicestate.h"

#include <QClipboard>
#include <QGuiApplication>

namespace keywheel {

namespace {

bool isOn(RunState run)
{
    return run == RunState::Running || run == RunState::Starting;
}

} // namespace

AppActions::AppActions(Backend &backend, QObject *parent) : QObject(parent), backend_(backend)
{
    startStop_.setObjectName(QStringLiteral("startStop"));
    copyUrl_.setObjectName(QStringLiteral("copyUrl"));
    copyUrl_.setIcon(symbolicIcon(QStringLiteral("copy")));
    importKeys_.setObjectName(QStringLiteral("importKeys"));
    importKeys_.setIcon(symbolicIcon(QStringLiteral("import")));
    importKeys_.setShortcut(Qt::CTRL | Qt::Key_I);
    importClipboard_.setObjectName(QStringLiteral("importClipboard"));
    importClipboard_.setIcon(symbolicIcon(QStringLiteral("paste")));
    resetBlacklist_.setObjectName(QStringLiteral("resetBlacklist"));
    resetBlacklist_.setIcon(symbolicIcon(QStringLiteral("refresh")));
    openWindow_.setObjectName(QStringLiteral("openWindow"));
    settings_.setObjectName(QStringLiteral("openSettings"));
    settings_.setIcon(symbolicIcon(QStringLiteral("settings")));
    settings_.setMenuRole(QAction::PreferencesRole);
    quit_.setObjectName(QStringLiteral("quit"));
    quit_.setIcon(symbolicIcon(QStringLiteral("quit")));
    quit_.setShortcut(Qt::CTRL | Qt::Key_Q);
    quit_.setMenuRole(QAction::QuitRole);

    connect(&startStop_, &QAction::triggered, this, &AppActions::startOrStop);
    connect(&copyUrl_, &QAction::triggered, this, &AppActions::copyBaseUrl);
    connect(&resetBlacklist_, &QAction::triggered, this, [this] {
        backend_.resetBlacklist(this, [this](const Expected<int> &cleared) {
            if (!cleared)
                Q_EMIT failed(coreText(cleared.error().message));
        });
    });
    connect(&backend, &Backend::snapshotChanged, this, &AppActions::refresh);
    retranslate();
}

void AppActions::retranslate()
{
    copyUrl_.setText(tr("&Copy base URL"));
    importKeys_.setText(tr("&Import keys…"));
    importClipboard_.setText(tr("Import from clip&board…"));
    resetBlacklist_.setText(tr("&Reset blacklist"));
    openWindow_.setText(tr("&Open Keywheel"));
    settings_.setText(tr("&Settings"));
    quit_.setText(tr("&Quit"));
    refresh(backend_.snapshot());
}

void AppActions::refresh(const BackendSnapshot &snapshot)
{
    const bool on = isOn(snapshot.run);
    const QString text = on ? tr("S&top") : tr("S&tart");
    // Only when it differs: a menu in the tray sends every change over D-Bus.
    if (startStop_.text() != text || startStop_.icon().isNull()) {
        startStop_.setText(text);
        startStop_.setIcon(symbolicIcon(on ? QStringLiteral("stop") : QStringLiteral("start")));
    }
    resetBlacklist_.setEnabled(blacklistedCount(snapshot) > 0);
}

void AppActions::startOrStop()
{
    if (isOn(backend_.snapshot().run))
        backend_.stop();
    else
        backend_.start();
}

void AppActions::copyBaseUrl()
{
    QGuiApplication::clipboard()->setText(baseUrl(backend_.snapshot()));
}

} // namespace keywheel
