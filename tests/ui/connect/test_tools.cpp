// SPDX-License-Identifier: GPL-3.0-or-later
#include "connect/tools.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>
#include <QUrl>

using namespace keywheel;

class TestTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyToolIsThereOnce();
    void snippets_data();
    void snippets();
    void jsonIsJson();
    void authLinesAreThereOnlyWithAuth();
};

void TestTools::everyToolIsThereOnce()
{
    QSet<QString> ids;
    for (const Tool &tool : tools())
        ids.insert(QLatin1String(tool.id));
    QCOMPARE(ids.size(), tools().size());
    for (const char *id :
         {"sh", "powershell", "curl", "openai-python", "openai-node", "aider", "continue", "cline",
          "open-webui", "zed", "jetbrains", "vscode", "codex", "langchain", "litellm"})
        QVERIFY2(ids.contains(QLatin1String(id)), id);
}

void TestTools::snippets_data()
{
    QTest::addColumn<int>("tool");
    QTest::addColumn<bool>("needsAuth");
    for (int i = 0; i < tools().size(); ++i) {
        QTest::addRow("%s", tools().at(i).id) << i << false;
        QTest::addRow("%s with AUTH_KEY", tools().at(i).id) << i << true;
    }
}

void TestTools::snippets()
{
    QFETCH(int, tool);
    QFETCH(bool, needsAuth);
    const Tool &shown = tools().at(tool);
    const ToolTarget target{QStringLiteral("http://127.0.0.1:4321/v1"), needsAuth,
                            QStringLiteral("some-model")};
    const QString text = toolSnippet(shown, target);
    QVERIFY(text.contains(target.baseUrl));
    QVERIFY(!text.contains(QStringLiteral("/v1/v1")));
    for (const QString &filled : {text, toolNote(shown, target)}) {
        for (const char *left : {"%URL%", "%KEY%", "%MODEL%", "%AUTH%"})
            QVERIFY2(!filled.contains(QLatin1String(left)), left);
    }
    // A person who needs it is told where to put AUTH_KEY; nobody else is.
    const QString all = text + toolNote(shown, target);
    QCOMPARE(all.contains(authPlaceholder()), needsAuth);
    QVERIFY(text.endsWith(QLatin1Char('\n')));
    QVERIFY(!toolName(shown).isEmpty());
    QVERIFY(!toolPlace(shown).isEmpty());
    const QUrl docs(QLatin1String(shown.docs), QUrl::StrictMode);
    QVERIFY(docs.isValid());
    QCOMPARE(docs.scheme(), QStringLiteral("https"));
}

void TestTools::jsonIsJson()
{
    for (const Tool &tool : tools()) {
        const QString text = toolSnippet(tool, {QStringLiteral("http://x/v1"), true, {}});
        if (!text.startsWith(QLatin1Char('{')) && !text.startsWith(QStringLiteral("[\n")))
            continue;
        QJsonParseError error;
        QJsonDocument::fromJson(text.toUtf8(), &error);
        QVERIFY2(error.error == QJsonParseError::NoError, tool.id);
    }
}

void TestTools::authLinesAreThereOnlyWithAuth()
{
    for (const Tool &tool : tools()) {
        if (qstrcmp(tool.id, "curl") != 0)
            continue;
        ToolTarget target{QStringLiteral("http://x/v1"), false, QStringLiteral("m")};
        QVERIFY(!toolSnippet(tool, target).contains(QStringLiteral("Authorization")));
        target.needsAuth = true;
        QVERIFY(toolSnippet(tool, target)
                    .contains(QStringLiteral("  -H \"Authorization: Bearer YOUR_AUTH_KEY\" \\\n")));
    }
}

QTEST_APPLESS_MAIN(TestTools)
#include "test_tools.moc"
