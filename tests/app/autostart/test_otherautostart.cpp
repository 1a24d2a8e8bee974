// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/launchagentautostart.h"
#include "autostart/runkeyautostart.h"

#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace keywheel;

namespace {

/// What a property list says: keys with the texts that follow each.
QMap<QString, QStringList> propertyList(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QMap<QString, QStringList> result;
    QString key;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("key"))
            key = xml.readElementText();
        else if (xml.name() == QLatin1String("string"))
            result[key] += xml.readElementText();
        else if (xml.name() == QLatin1String("true"))
            result[key] += QStringLiteral("true");
    }
    return xml.hasError() ? QMap<QString, QStringList>() : result;
}

} // namespace

/// Start at login on macOS and Windows, as far as another system can tell: what is written where.
class TestOtherAutostart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void launchdStartsThisProgram()
    {
        const QString program = QStringLiteral("/Applications/A & B/Keywheel");
        LaunchAgentAutostart autostart(folder_->path(), program);
        QSignalSpy finished(&autostart, &Autostart::finished);
        QVERIFY(!autostart.isEnabled());

        autostart.setEnabled(true, true);
        QCOMPARE(finished.value(0), QVariantList{QString()});
        QVERIFY(autostart.isEnabled());
        QCOMPARE(autostart.fileName(),
                 folder_->filePath(QStringLiteral("Library/LaunchAgents/keywheel.login.plist")));
        auto said = propertyList(autostart.fileName());
        QCOMPARE(said[QStringLiteral("Label")], QStringList{QStringLiteral("keywheel.login")});
        QCOMPARE(said[QStringLiteral("ProgramArguments")],
                 (QStringList{program, QStringLiteral("--minimized")}));
        QCOMPARE(said[QStringLiteral("RunAtLoad")], QStringList{QStringLiteral("true")});

        autostart.setEnabled(true, false);
        said = propertyList(autostart.fileName());
        QCOMPARE(said[QStringLiteral("ProgramArguments")], QStringList{program});

        autostart.setEnabled(false, false);
        QVERIFY(!QFile::exists(autostart.fileName()));
        autostart.setEnabled(false, false);
        QCOMPARE(finished.value(3), QVariantList{QString()});
    }

    void saysWhyLaunchdWillNot()
    {
        QFile obstacle(folder_->filePath(QStringLiteral("Library")));
        QVERIFY(obstacle.open(QIODevice::WriteOnly));
        obstacle.close();
        LaunchAgentAutostart autostart(folder_->path(), QStringLiteral("/k"));
        QSignalSpy finished(&autostart, &Autostart::finished);
        autostart.setEnabled(true, true);
        QVERIFY(finished.value(0).value(0).toString().contains(autostart.fileName()));
        QVERIFY(!autostart.isEnabled());
    }

    void windowsStartsThisProgram()
    {
#ifdef Q_OS_WIN
        QSKIP("would write this person's registry");
#endif
        // Elsewhere the native format is a file.
        const QString key = folder_->filePath(QStringLiteral("run"));
        RunKeyAutostart autostart(key, QStringLiteral("/Program Files/keywheel.exe"));
        QSignalSpy finished(&autostart, &Autostart::finished);
        QVERIFY(!autostart.isEnabled());

        autostart.setEnabled(true, true);
        QCOMPARE(finished.value(0), QVariantList{QString()});
        QVERIFY(autostart.isEnabled());
        QCOMPARE(runValue(key), QStringLiteral("\"/Program Files/keywheel.exe\" --minimized"));
        autostart.setEnabled(true, false);
        QCOMPARE(runValue(key), QStringLiteral("\"/Program Files/keywheel.exe\""));

        autostart.setEnabled(false, false);
        QVERIFY(!autostart.isEnabled());
        QCOMPARE(runValue(key), QString());
    }

    void saysThatWindowsWillNot()
    {
#ifdef Q_OS_WIN
        QSKIP("would write this person's registry");
#endif
        RunKeyAutostart autostart(folder_->path(), QStringLiteral("/k"));
        QSignalSpy finished(&autostart, &Autostart::finished);
        autostart.setEnabled(true, true);
        QVERIFY(!finished.value(0).value(0).toString().isEmpty());
    }

private:
    static QString runValue(const QString &key)
    {
        return QSettings(key, QSettings::NativeFormat).value(QStringLiteral("Keywheel")).toString();
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestOtherAutostart)
#include "test_otherautostart.moc"
