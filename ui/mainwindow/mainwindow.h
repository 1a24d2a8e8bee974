// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "appactions.h"
#include "backend/preferences.h"
#include "widgets/page.h"

#include <QMainWindow>
#include <QShortcut>

#include <map>

QT_BEGIN_NAMESPACE
class QMenu;
class QStackedWidget;
QT_END_NAMESPACE

namespace keywheel {

class Banner;
class DropOverlay;
class Navigation;
class StatusLine;

/// The window: navigation at the side, one page beside it, the status line below. It tells the
/// backend whether somebody looks, and keeps its geometry in the preferences. It never closes by
/// itself: closeWanted() asks its owner. Thread: the window's; all references must outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Backend &backend, Preferences &preferences, AppActions &actions);
    ~MainWindow() override;

    /// In any order; the window owns it.
    void addPage(PageId id, Page *page);
    /// Stands for the overview as long as there are no keys and no demo; the window owns it.
    void setFirstRunPage(Page *page);
    void showPage(PageId id, const QString &topic = {});
    PageId currentPage() const { return current_; }

    /// Shown, not minimised, above others, with the keyboard.
    void bringUp();
    /// From now on it closes when told to.
    void allowClose() { mayClose_ = true; }

Q_SIGNALS:
    void closeWanted();
    void importWanted();
    void textDropped(const QByteArray &text);
    void filesDropped(const QStringList &paths);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void buildMenus();
    void wire(Page *page);
    void retranslate();
    void refresh(const BackendSnapshot &snapshot);
    void setCurrentPage(PageId id);
    void showCurrent();
    void keepGeometry();
    void watch();
    void about();

    Backend &backend_;
    Preferences &preferences_;
    AppActions &actions_;
    std::map<PageId, Page *> pages_;
    Page *firstRun_ = nullptr;
    PageId current_ = PageId::Overview;
    bool mayClose_ = false;
    Banner *demoBanner_ = nullptr;
    Navigation *navigation_ = nullptr;
    QStackedWidget *stack_ = nullptr;
    StatusLine *status_ = nullptr;
    DropOverlay *overlay_ = nullptr;
    QMenu *programMenu_ = nullptr;
    QMenu *goMenu_ = nullptr;
    QMenu *helpMenu_ = nullptr;
    QAction *closeAction_ = nullptr;
    QAction *aboutAction_ = nullptr;
    std::map<PageId, QAction *> goActions_;
};

} // namespace keywheel
