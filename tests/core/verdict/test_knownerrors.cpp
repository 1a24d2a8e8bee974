// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/causes.h"
#include "verdict/judge.h"
#include "verdict/knownerrors.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace keywheel;

namespace {

struct Table
{
    const char *dialect;
    std::span<const KnownError> rows;
};

QList<Table> tables()
{
    return {{"openai", openAiErrors()},
            {"kin", kinErrors()},
            {"anthropic", anthropicErrors()},
            {"gemini", geminiErrors()}};
}

/// One status of each kind that the row counts with.
QList<int> statusesOf(const KnownError &row)
{
    const std::pair<unsigned, int> kinds[] = {{On400, 400}, {On401, 401},      {On402, 402},
                                              {On403, 403}, {On404, 404},      {On429, 429},
                                              {On5xx, 500}, {OnOther4xx, 412}, {InStream, 200}};
    QList<int> statuses;
    for (const auto &[kind, status] : kinds) {
        if (row.statuses & kind)
            statuses.append(status);
    }
    return statuses;
}

/// `*` stands for anything.
QString sample(const KnownError &row)
{
    return QString::fromUtf8(row.text).replace(u'*', QLatin1String("some"));
}

AttemptResult answerSaying(const KnownError &row, int status)
{
    QJsonObject error;
    if (row.where == KnownError::Where::Code) {
        const QString code = sample(row);
        const bool named = code.startsWith(QLatin1String("base_resp.")) ||
                           code.startsWith(QLatin1String("error_code."));
        if (named)
            error.insert(code.startsWith(u'b') ? QStringLiteral("status_code")
                                               : QStringLiteral("error_code"),
                         code.section(u'.', 1).toInt());
        else
            error.insert(QStringLiteral("code"), code);
        error.insert(QStringLiteral("message"), QStringLiteral("Something happened"));
    } else {
        error.insert(QStringLiteral("message"),
                     QStringLiteral("Well, ") + sample(row) + QStringLiteral(" it says"));
    }
    AttemptResult result;
    result.kind = status < 400 ? AttemptResult::Kind::StreamError : AttemptResult::Kind::Answer;
    result.status = status;
    result.body =
        QJsonDocument(QJsonObject{{QStringLiteral("error"), error}}).toJson(QJsonDocument::Compact);
    return result;
}

} // namespace

class TestKnownErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsFound_data()
    {
        QTest::addColumn<int>("table");
        QTest::addColumn<int>("index");
        const auto all = tables();
        for (int table = 0; table < all.size(); ++table) {
            for (size_t i = 0; i < all[table].rows.size(); ++i)
                QTest::addRow("%s %s", all[table].dialect, all[table].rows[i].text)
                    << table << int(i);
        }
    }

    /// With every status that the row names.
    void everyRowIsFound()
    {
        QFETCH(int, table);
        QFETCH(int, index);
        const KnownError &row = tables()[table].rows[size_t(index)];
        const auto statuses = statusesOf(row);
        QVERIFY(!statuses.isEmpty());
        for (const int status : statuses) {
            if (status == 402 && row.cause != Cause::Content && row.cause != Cause::Overloaded)
                continue; // a 402 is about money, whatever else it says
            const Verdict verdict = judge(answerSaying(row, status), QDateTime());
            if (verdict.cause != row.cause)
                QFAIL(qPrintable(QStringLiteral("with status %1 it is judged %2, not %3")
                                     .arg(status)
                                     .arg(QLatin1String(causeSpec(verdict.cause).code),
                                          QLatin1String(causeSpec(row.cause).code))));
        }
    }

    void everyRowHasAProviderAndASource()
    {
        QSet<QString> seen;
        const auto all = tables();
        for (const Table &table : all) {
            for (const KnownError &row : table.rows) {
                QVERIFY2(*row.provider && *row.source, row.text);
                const QString text = QString::fromUtf8(row.text);
                QVERIFY2(text == text.toLower(), row.text);
                const QString name = text + QString::number(int(row.where));
                QVERIFY2(!seen.contains(name), row.text);
                seen.insert(name);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestKnownErrors)
#include "test_knownerrors.moc"
