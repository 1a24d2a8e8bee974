// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/settingedit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

class TestSettingEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void changesOneLine();
    void takesASettingOut();
    void makesTheFileAndItsFolder();
    void refusesABadValue_data();
    void refusesABadValue();
    void refusesWhatIsFixed();
    void ownAddressInTheEnvironmentFixesNothing();
    void refusesALoop();
    void correctsOneOfTwoMistakes();

private:
    void write(const QByteArray &text) const;
    Expected<EnvFile> edit(const char *name, std::optional<QString> value) const
    {
        return editSetting(sources_, QLatin1String(name), value);
    }

    std::unique_ptr<QTemporaryDir> folder_;
    SettingSources sources_;
};

void TestSettingEdit::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    sources_ = {};
    sources_.envFilePath = folder_->filePath(QStringLiteral("sub/.env"));
}

void TestSettingEdit::write(const QByteArray &text) const
{
    QVERIFY(saveEnvFile(EnvFile::parse(text), sources_.envFilePath));
}

void TestSettingEdit::changesOneLine()
{
    write("# mine\nPORT=3000 # local\nOTHER=1\n");
    const auto changed = edit("PORT", QStringLiteral("4000"));
    QVERIFY(changed);
    QCOMPARE(changed->toText(), QByteArray("# mine\nPORT=4000 # local\nOTHER=1\n"));
}

void TestSettingEdit::takesASettingOut()
{
    write("PORT=4000\nMAX_RETRIES=1\n");
    QCOMPARE(edit("PORT", {})->toText(), QByteArray("MAX_RETRIES=1\n"));
    QVERIFY(edit("HOST", {}));
}

void TestSettingEdit::makesTheFileAndItsFolder()
{
    const auto changed = edit("MAX_RETRIES", QStringLiteral("2"));
    QVERIFY(changed);
    QVERIFY(saveEnvFile(*changed, sources_.envFilePath));
    QFile file(sources_.envFilePath);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("MAX_RETRIES=2\n"));
    QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestSettingEdit::refusesABadValue_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("said");
    QTest::newRow("number") << QStringLiteral("PORT") << QStringLiteral("70000")
                            << QStringLiteral("PORT=70000 is not valid; accepted: 1 to 65535");
    QTest::newRow("word") << QStringLiteral("KEY_STRATEGY") << QStringLiteral("best")
                          << QStringLiteral("round-robin");
    QTest::newRow("unknown") << QStringLiteral("PROT") << QStringLiteral("1")
                             << QStringLiteral("PROT");
}

void TestSettingEdit::refusesABadValue()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, said);
    const auto changed = editSetting(sources_, name, value);
    QVERIFY(!changed);
    QVERIFY2(changed.error().message.contains(said), qPrintable(changed.error().message));
    const auto secret = edit("AUTH_KEY", QStringLiteral("abc\u00e9secret"));
    QVERIFY(!secret);
    QVERIFY(!secret.error().message.contains(QLatin1String("abc")));
}

void TestSettingEdit::refusesWhatIsFixed()
{
    sources_.environment.insert(QStringLiteral("PORT"), QStringLiteral("4000"));
    sources_.commandLine.insert(QStringLiteral("HOST"), QStringLiteral("::1"));
    QVERIFY(edit("PORT", QStringLiteral("5000"))
                .error()
                .message.contains(QLatin1String("environment")));
    QVERIFY(edit("HOST", {}).error().message.contains(QLatin1String("command line")));
    sources_.environment.insert(QStringLiteral("AUTH_KEY"), QString());
    QVERIFY(edit("AUTH_KEY", QStringLiteral("long-enough"))); // an empty one counts as not given
}

void TestSettingEdit::ownAddressInTheEnvironmentFixesNothing()
{
    sources_.environment.insert(QStringLiteral("OPENAI_BASE_URL"),
                                QStringLiteral("http://127.0.0.1:3000/v1"));
    QVERIFY(edit("OPENAI_BASE_URL", QStringLiteral("https://x.test")));
    write("PORT=4000\n"); // now it is another's
    QVERIFY(!edit("OPENAI_BASE_URL", QStringLiteral("https://x.test")));
}

void TestSettingEdit::refusesALoop()
{
    const auto changed = edit("OPENAI_BASE_URL", QStringLiteral("http://127.0.0.1:3000"));
    QVERIFY(!changed);
    QVERIFY(changed.error().message.contains(QLatin1String("Keywheel itself")));
}

void TestSettingEdit::correctsOneOfTwoMistakes()
{
    write("PORT=none\nMAX_RETRIES=many\n");
    QVERIFY(edit("PORT", QStringLiteral("4000")));
    QVERIFY(!edit("PORT", QStringLiteral("0")));
    QVERIFY(edit("LOG_LEVEL", QStringLiteral("debug")));
}

QTEST_GUILESS_MAIN(TestSettingEdit)
#include "test_settingedit.moc"
