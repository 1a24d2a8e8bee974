// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop.h"
#include "keys/importdialog.h"
#include "mainwindow/mainwindow.h"
#include "support/fakeautostart.h"
#include "support/fakebackend.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCommandLineParser>
#include <QHeaderView>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

using namespace keywheel;

namespace {

struct Options
{
    QString page;
    QString theme;
    QString language;
    QString state;
    QString row;
    QString grab;
    QSize size;
    bool minimised = false;
};

Options parse()
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Shows Keywheel's window over made-up data. QT_SCALE_FACTOR=2 and "
                       "QT_QPA_PLATFORM=offscreen help with pictures."));
    parser.addHelpOption();
    const auto option = [&parser](const char *name, const char *help, const char *value) {
        parser.addOption({QLatin1String(name), QLatin1String(help), QLatin1String(value)});
    };
    option("page", "overview, keys, blacklist, requests, connect, settings or import", "page");
    option("theme", "system, light or dark", "theme");
    option("language", "such as zh_CN", "language");
    option("state", "busy (the default), demo, empty, stopped or failed", "state");
    option("row", "of the page's list to select, counted from 0", "row");
    option("grab", "write the window or the dialog as a picture and leave", "file");
    option("size", "of the window, such as 1060x720", "size");
    parser.addOption({QStringLiteral("minimized"), QStringLiteral("start in the tray")});
    parser.process(*qApp);
    const QStringList size = parser.value(QStringLiteral("size")).split(QLatin1Char('x'));
    return {parser.value(QStringLiteral("page")),
            parser.value(QStringLiteral("theme")),
            parser.value(QStringLiteral("language")),
            parser.value(QStringLiteral("state")),
            parser.value(QStringLiteral("row")),
            parser.value(QStringLiteral("grab")),
            size.size() == 2 ? QSize(size[0].toInt(), size[1].toInt()) : QSize(1060, 720),
            parser.isSet(QStringLiteral("minimized"))};
}

void fill(FakeBackend &backend, const QString &state)
{
    if (state != QLatin1String("empty"))
        fillWithSamples(backend);
    BackendSnapshot &shown = backend.snapshot_;
    shown.demo = state == QLatin1String("demo");
    if (state == QLatin1String("stopped"))
        shown.run = RunState::Stopped;
    if (state == QLatin1String("failed")) {
        shown.run = RunState::Failed;
        shown.notices.prepend({Notice::Kind::ListenFailed,
                               {},
                               QStringLiteral("Port 3000 is taken by another program."),
                               {},
                               QDateTime::currentDateTimeUtc()});
    }
}

PageId pageNamed(const QString &name)
{
    static const QStringList names{QStringLiteral("overview"),  QStringLiteral("keys"),
                                   QStringLiteral("blacklist"), QStringLiteral("requests"),
                                   QStringLiteral("connect"),   QStringLiteral("settings")};
    return PageId(qMax(0, int(names.indexOf(name))));
}

void apply(const Options &options, Preferences &preferences)
{
    if (options.theme == QLatin1String("dark"))
        preferences.setTheme(Preferences::Theme::Dark);
    else if (options.theme == QLatin1String("light"))
        preferences.setTheme(Preferences::Theme::Light);
    if (!options.language.isEmpty())
        preferences.setLanguage(options.language);
}

/// Some keys that are new and some lines that are not taken.
void openImport(MainWindow &window)
{
    Q_EMIT window.importWanted();
    if (auto *dialog = window.findChild<ImportDialog *>())
        dialog->importText("sk-test-0123456789abcdefghijklmn # Team\n"
                           "sk-test-abcdefghijklmn0123456789\n"
                           "sk-test-0123456789abcdefghijklmn\n"
                           "sk-test-9\n"
                           "sk-9\n");
}

void selectRow(const MainWindow &window, int row)
{
    const auto views = window.findChildren<QAbstractItemView *>();
    for (QAbstractItemView *view : views)
        if (view->isVisible() && !qobject_cast<QHeaderView *>(view) &&
            view->objectName() != QLatin1String("navigation"))
            view->setCurrentIndex(view->model()->index(row, 0));
}

} // namespace

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keywheel"));
    QCoreApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    const Options options = parse();
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath(QStringLiteral("keywheel.conf")));
    apply(options, preferences);
    FakeBackend backend;
    fill(backend, options.state);
    FakeAutostart autostart;
    Desktop desktop(backend, preferences, autostart);
    QObject::connect(&desktop, &Desktop::quitWanted, qApp, &QCoreApplication::quit);
    QTextStream calls(stderr);
    QObject::connect(&backend, &FakeBackend::called, qApp,
                     [&calls](const QString &call) { calls << call << Qt::endl; });
    desktop.window().resize(options.size);
    desktop.window().showPage(pageNamed(options.page));
    desktop.start(options.minimised);
    backend.publish();
    if (options.page == QLatin1String("import"))
        openImport(desktop.window());
    if (!options.row.isEmpty())
        selectRow(desktop.window(), options.row.toInt());
    if (!options.grab.isEmpty())
        QTimer::singleShot(300, &desktop, [&] {
            desktop.window().setFocus(); // no blinking cursor in the picture
            QWidget *dialog = desktop.window().findChild<ImportDialog *>();
            const bool saved = (dialog ? dialog : &desktop.window())->grab().save(options.grab);
            QCoreApplication::exit(saved ? 0 : 1);
        });
    return QApplication::exec();
}
