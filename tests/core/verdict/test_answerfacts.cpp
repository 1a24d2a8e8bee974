// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/answerfacts.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

class TestAnswerFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headroom_data()
    {
        QTest::addColumn<Headers>("head");
        QTest::addColumn<qint64>("tokens"); // -1: not told
        QTest::newRow("nothing") << Headers{{"Content-Type", "application/json"}} << qint64(-1);
        QTest::newRow("requests") << Headers{{"X-RateLimit-Remaining-Requests", "7"}}
                                  << qint64(7000);
        QTest::newRow("tokens") << Headers{{"x-ratelimit-remaining-tokens", " 1234 "}}
                                << qint64(1234);
        QTest::newRow("the least counts") << Headers{{"x-ratelimit-remaining-tokens", "5000"},
                                                     {"x-ratelimit-remaining-requests", "3"}}
                                          << qint64(3000);
        QTest::newRow("bare") << Headers{{"x-ratelimit-remaining", "2"}} << qint64(2000);
        QTest::newRow("nonsense") << Headers{{"x-ratelimit-remaining-tokens", "many"},
                                             {"x-ratelimit-remaining-requests", "-3"}}
                                  << qint64(-1);
        QTest::newRow("huge") << Headers{{"x-ratelimit-remaining-requests", "9223372036854775807"}}
                              << (qint64{1} << 50) / 1000 * 1000;
        QTest::newRow("limits only") << Headers{{"x-ratelimit-limit-tokens", "5"}} << qint64(-1);
    }

    void headroom()
    {
        QFETCH(Headers, head);
        QTEST(readAnswer(head, true).headroom.value_or(-1), "tokens");
        QVERIFY(!readAnswer(head, false).headroom);
    }

    void theLongestResetCounts()
    {
        const AnswerFacts facts = readAnswer({{"x-ratelimit-reset-requests", "8.64s"},
                                              {"x-ratelimit-reset-tokens", "6m0s"},
                                              {"x-ratelimit-reset-other", "soon"}},
                                             true);
        QCOMPARE(facts.reset, 360s);
        QVERIFY(!readAnswer({}, true).reset);
    }

    void theOrganisation()
    {
        QCOMPARE(readAnswer({{"OpenAI-Organization", "org-a "}}, false).organization,
                 QByteArray("org-a"));
        QVERIFY(readAnswer({{"openai-organizations", "x"}}, false).organization.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAnswerFacts)
#include "test_answerfacts.moc"
