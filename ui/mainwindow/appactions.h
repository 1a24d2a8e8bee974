// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"

#include <QAction>

namespace keywheel {

/// The commands that the window's menu and the tray's menu share, with texts in the present
/// language. They are enabled when they can do something. Those that concern the backend are done
/// here; for the others, connect to triggered(). Thread: the window's; `backend` must outlive it.
class AppActions : public QObject
{
    Q_OBJECT

public:
    explicit AppActions(Backend &backend, QObject *parent = nullptr);

    QAction *startStop() { return &startStop_; }
    QAction *copyUrl() { return &copyUrl_; }
    QAction *importKeys() { return &importKeys_; }
    QAction *importClipboard() { return &importClipboard_; }
    QAction *resetBlacklist() { return &resetBlacklist_; }
    QAction *openWindow() { return &openWindow_; }
    QAction *settings() { return &settings_; }
    QAction *quit() { return &quit_; }

    void retranslate();

Q_SIGNALS:
    /// One sentence.
    void failed(const QString &error);

private:
    void refresh(const BackendSnapshot &snapshot);
    void startOrStop();
    void copyBaseUrl();

    Backend &backend_;
    QAction startStop_, copyUrl_, importKeys_, importClipboard_, resetBlacklist_, openWindow_,
        settings_, quit_;
};

} // namespace keywheel
