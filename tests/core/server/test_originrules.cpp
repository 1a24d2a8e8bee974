// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/originrules.h"

#include <QTest>

using namespace keywheel;

class TestOriginRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allows_data();
    void allows();
};

void TestOriginRules::allows_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *entry, const char *origin, bool allowed) {
        QTest::addRow("%s for %s", entry, origin)
            << QString::fromLatin1(entry) << QByteArray(origin) << allowed;
    };
    row("*", "https://any.example", true);
    row("*", "null", true);
    row("null", "null", true);
    row("http://localhost:*", "null", false);
    row("http://localhost:*", "http://localhost", true);
    row("http://localhost:*", "http://localhost:5173", true);
    row("http://localhost:*", "https://localhost:5173", false);
    row("http://localhost:*", "http://localhost.evil.com", false);
    row("http://localhost:*", "http://localhost:80@evil.com", false);
    row("http://localhost:*", "http://localhost:", false);
    row("http://localhost:*", "http://localhosts", false);
    row("http://[::1]:*", "http://[::1]:8080", true);
    row("https://app.example", "https://app.example", true);
    row("https://App.example/", "https://app.EXAMPLE", true);
    row("https://app.example:443", "https://app.example", true);
    row("https://app.example", "https://app.example:8443", false);
    row("https://app.example", "https://app.example.evil.com", false);
    row("https://app.example", "https://sub.app.example", false);
    row("https://app.example:8443", "https://app.example:8443", true);
    row("http://app.example:80", "http://app.example", true);
    row("vscode-webview://", "vscode-webview://1a2b", true);
    row("file://", "file://", true);
    row("app://", "http://app", false);
    row("", "https://app.example", false);
}

void TestOriginRules::allows()
{
    QFETCH(QString, entry);
    QFETCH(QByteArray, origin);
    QFETCH(bool, allowed);
    QCOMPARE(OriginRules({entry}).allows(origin), allowed);
    QCOMPARE(OriginRules({QStringLiteral("https://other.example"), entry}).allows(origin), allowed);
    QVERIFY(!OriginRules().allows(origin));
}

QTEST_GUILESS_MAIN(TestOriginRules)
#include "test_originrules.moc"
