// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/xdgautostart.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

class TestXdgAutostart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        environment_ = QProcessEnvironment();
        environment_.insert(QStringLiteral("HOME"), folder_->path());
    }

    void startsThisProgramAtLogin()
    {
        XdgAutostart autostart(environment_, QStringLiteral("/opt/key wheel/keywheel"));
        QVERIFY(!autostart.isEnabled());
        autostart.setEnabled(true, true);
        QVERIFY(autostart.isEnabled());
        QCOMPARE(autostart.fileName(), file(QStringLiteral(".config")));
        QCOMPARE(value("Exec", autostart), QByteArray("\"/opt/key wheel/keywheel\" --minimized"));

        autostart.setEnabled(true, false);
        QCOMPARE(value("Exec", autostart), QByteArray("\"/opt/key wheel/keywheel\""));

        autostart.setEnabled(false, false);
        QVERIFY(!autostart.isEnabled());
        QVERIFY(!QFile::exists(autostart.fileName()));
        QSignalSpy finished(&autostart, &Autostart::finished);
        autostart.setEnabled(false, false);
        QCOMPARE(finished.value(0), QVariantList{QString()});
    }

    void quotesWhatTheDesktopWouldUnderstandOtherwise()
    {
        XdgAutostart autostart(environment_, QStringLiteral("/a\\b/c$d/e`f/g\"h/100%"));
        autostart.setEnabled(true, false);
        QCOMPARE(value("Exec", autostart),
                 QByteArray("\"/a\\\\\\\\b/c\\\\$d/e\\\\`f/g\\\\\"h/100%%\""));
    }

    void startsTheAppImageAndNotItsMount()
    {
        environment_.insert(QStringLiteral("APPIMAGE"),
                            QStringLiteral("/home/user/Keywheel.AppImage"));
        XdgAutostart autostart(environment_, QStringLiteral("/tmp/.mount_Key/usr/bin/keywheel"));
        autostart.setEnabled(true, false);
        QCOMPARE(value("Exec", autostart), QByteArray("\"/home/user/Keywheel.AppImage\""));
    }

    void heedsTheConfigurationFolder()
    {
        environment_.insert(QStringLiteral("XDG_CONFIG_HOME"),
                            folder_->filePath(QStringLiteral("elsewhere")));
        QCOMPARE(XdgAutostart(environment_, QStringLiteral("/k")).fileName(),
                 file(QStringLiteral("elsewhere")));
        environment_.insert(QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("relative"));
        QCOMPARE(XdgAutostart(environment_, QStringLiteral("/k")).fileName(),
                 file(QStringLiteral(".config")));
    }

    void isOffWhenTheDesktopSwitchedItOff_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("hidden") << QByteArray("Hidden=true\n");
        QTest::newRow("gnome") << QByteArray("X-GNOME-Autostart-enabled = False\n");
    }

    void isOffWhenTheDesktopSwitchedItOff()
    {
        QFETCH(const QByteArray, line);
        XdgAutostart autostart(environment_, QStringLiteral("/k"));
        autostart.setEnabled(true, true);
        QFile entry(autostart.fileName());
        QVERIFY(entry.open(QIODevice::Append));
        entry.write(line);
        entry.close();
        QVERIFY(!autostart.isEnabled());
        autostart.setEnabled(true, true);
        QVERIFY(autostart.isEnabled());
    }

    void saysWhyItCannot()
    {
        QFile obstacle(folder_->filePath(QStringLiteral(".config")));
        QVERIFY(obstacle.open(QIODevice::WriteOnly));
        obstacle.close();
        XdgAutostart autostart(environment_, QStringLiteral("/k"));
        QSignalSpy finished(&autostart, &Autostart::finished);
        autostart.setEnabled(true, true);
        QCOMPARE(finished.size(), 1);
        QVERIFY(finished.first().first().toString().contains(autostart.fileName()));
    }

private:
    QString file(const QString &config) const
    {
        return folder_->filePath(config + QStringLiteral("/autostart/keywheel.desktop"));
    }

    static QByteArray value(const QByteArray &name, const XdgAutostart &autostart)
    {
        QFile entry(autostart.fileName());
        if (!entry.open(QIODevice::ReadOnly))
            return {};
        const auto lines = entry.readAll().split('\n');
        for (const QByteArray &line : lines)
            if (line.startsWith(name + '='))
                return line.sliced(name.size() + 1);
        return {};
    }

    std::unique_ptr<QTemporaryDir> folder_;
    QProcessEnvironment environment_;
};

QTEST_GUILESS_MAIN(TestXdgAutostart)
#include "test_xdgautostart.moc"
