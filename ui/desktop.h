// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"
#include "backend/backend.h"
#include "backend/preferences.h"
#include "common/clock.h"

#include <QPointer>

#include <memory>

QT_BEGIN_NAMESPACE
class QMessageBox;
QT_END_NAMESPACE

namespace keywheel {

class AppActions;
class ImportDialog;
class Language;
class MainWindow;
class NoticeActions;
class Notifications;
class Notifier;
class Theme;
class TrayHost;
class TrayIcon;
class TrayWait;
struct Notification;

/// The desktop side of the program: window, tray and notifications over one backend. It never
/// leaves the program invisible: without a tray the window stays in the task bar.
///
/// Thread: the window's. Needs a QApplication; the references must outlive it.
class Desktop : public QObject
{
    Q_OBJECT

public:
    Desktop(Backend &backend, Preferences &preferences, Autostart &autostart);
    ~Desktop() override;

    /// Shows the window, unless `minimised`, and the tray icon as soon as there is a tray. Without
    /// one, a minimised start ends in the task bar.
    void start(bool minimised);
    void showWindow();
    void toggleWindow();
    MainWindow &window() { return *window_; }

Q_SIGNALS:
    /// A person wants to end the program.
    void quitWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addPages();
    void joinActions();
    void joinNotices();
    void showTray(bool minimised);
    bool hasTray() const;
    void keepVisible();
    void closeWindow();
    void hideToTray();
    void askHowToClose();
    ImportDialog *openImport();
    void importClipboard();
    void report(const QString &error);
    void showInTray(const Notification &notification);

    Backend &backend_;
    Preferences &preferences_;
    Autostart &autostart_;
    SystemClock clock_;
    std::unique_ptr<Language> language_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<AppActions> actions_;
    std::unique_ptr<NoticeActions> noticeActions_;
    std::unique_ptr<MainWindow> window_;
    std::unique_ptr<TrayHost> trayHost_;
    std::unique_ptr<TrayWait> trayWait_;
    std::unique_ptr<TrayIcon> tray_;
    std::unique_ptr<Notifications> notifications_;
    std::unique_ptr<Notifier> notifier_;
    QPointer<QMessageBox> question_;
    QPointer<ImportDialog> import_;
    QString trayTopic_; ///< of the message that the tray shows
    Clock::Instant lastActive_;
};

} // namespace keywheel
