// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/noticetext.h"

#include <QTest>

using namespace keywheel;
using Kind = Notice::Kind;

class TestNoticeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasWords()
    {
        for (int kind = int(Kind::ListenFailed); kind <= int(Kind::OriginRefused); ++kind) {
            Notice notice{Kind(kind),
                          QStringLiteral("subject"),
                          QStringLiteral("detail"),
                          QStringLiteral("name"),
                          {}};
            QVERIFY2(!noticeTitle(notice).isEmpty(), qPrintable(QString::number(kind)));
            QVERIFY2(!noticeDetail(notice).isEmpty(), qPrintable(QString::number(kind)));
            QCOMPARE(noticeActionText(notice).isEmpty(),
                     noticeAction(notice) == NoticeAction::None);
        }
    }

    void namesWhatItIsAbout()
    {
        QVERIFY(noticeTitle({Kind::KeyOut, {}, {}, QStringLiteral("sk-te…1003"), {}})
                    .contains(QStringLiteral("sk-te…1003")));
        QVERIFY(
            noticeDetail({Kind::OriginRefused, QStringLiteral("https://page.example"), {}, {}, {}})
                .contains(QLatin1String("https://page.example")));
        QVERIFY(noticeDetail({Kind::ListenFailed, {}, QStringLiteral("Port 3000 is taken"), {}, {}})
                    .startsWith(QLatin1String("Port 3000 is taken\n")));
    }
};

QTEST_MAIN(TestNoticeText)
#include "test_noticetext.moc"
