// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingstable.h"

#include <QFile>
#include <QTest>

using namespace keywheel;

/// README.md shows the settings table as the program knows it. To bring it up to date after a
/// change of the table, run this test with KEYWHEEL_UPDATE_README=1.
class TestReadme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsTableIsCurrent();
};

void TestReadme::settingsTableIsCurrent()
{
    const QByteArray begin("<!-- settings -->\n");
    const QByteArray end("<!-- /settings -->\n");
    QFile file(QStringLiteral(KEYWHEEL_README));
    QVERIFY2(file.open(QIODevice::ReadOnly), KEYWHEEL_README);
    const QByteArray readme = file.readAll();
    file.close();
    const qsizetype from = readme.indexOf(begin);
    const qsizetype to = readme.indexOf(end);
    QVERIFY2(from >= 0 && to > from, "README.md has lost the markers of its settings table");

    const QByteArray expected = settingsMarkdown().toUtf8();
    const qsizetype tableBegin = from + begin.size();
    if (qEnvironmentVariableIsSet("KEYWHEEL_UPDATE_README")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(readme.left(tableBegin) + expected + readme.mid(to));
        return;
    }
    QCOMPARE(QString::fromUtf8(readme.mid(tableBegin, to - tableBegin)),
             QString::fromUtf8(expected));
}

QTEST_GUILESS_MAIN(TestReadme)
#include "test_readme.moc"
