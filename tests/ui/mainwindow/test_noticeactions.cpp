// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/noticeactions.h"
#include "support/fakebackend.h"

#include <QSignalSpy>
#include <QTest>

using namespace keywheel;
using Kind = Notice::Kind;

namespace {

Notice notice(Kind kind, const QString &subject = {})
{
    return {kind, subject, {}, {}, {}};
}

} // namespace

class TestNoticeActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesWhatTheButtonSays()
    {
        FakeBackend backend;
        NoticeActions actions(backend);
        const QSignalSpy imports(&actions, &NoticeActions::importWanted);
        actions.perform(notice(Kind::ListenFailed));
        actions.perform(notice(Kind::KeysUnreadable));
        actions.perform(notice(Kind::NoKeyLeft));
        actions.perform(notice(Kind::OriginRefused, QStringLiteral("https://page.example")));
        QCOMPARE(backend.takeCalls(),
                 (QStringList{QStringLiteral("start"), QStringLiteral("reloadKeys"),
                              QStringLiteral("resetBlacklist"),
                              QStringLiteral("allowOrigin https://page.example")}));
        actions.perform(notice(Kind::NoKeys));
        QCOMPARE(imports.count(), 1);
        actions.perform(notice(Kind::KeysNotBlamed));
        QVERIFY(backend.takeCalls().isEmpty());
    }

    void leadsToThePage_data()
    {
        QTest::addColumn<Notice::Kind>("kind");
        QTest::addColumn<PageId>("page");
        QTest::addColumn<QString>("topic");
        QTest::newRow("open") << Kind::OpenToNetwork << PageId::Settings
                              << QStringLiteral("AUTH_KEY");
        QTest::newRow("key") << Kind::KeyOut << PageId::Blacklist << QStringLiteral("f1");
        QTest::newRow("none left") << Kind::NoKeyLeft << PageId::Blacklist << QStringLiteral("f1");
        QTest::newRow("upstream") << Kind::UpstreamDown << PageId::Requests << QString();
        QTest::newRow("port") << Kind::ListenFailed << PageId::Overview << QString();
    }

    void leadsToThePage()
    {
        QFETCH(const Notice::Kind, kind);
        QFETCH(const PageId, page);
        QFETCH(const QString, topic);
        FakeBackend backend;
        NoticeActions actions(backend);
        QSignalSpy pages(&actions, &NoticeActions::pageWanted);
        actions.open(notice(kind, QStringLiteral("f1")));
        QCOMPARE(pages.count(), 1);
        QCOMPARE(pages.first().at(0).value<PageId>(), page);
        QCOMPARE(pages.first().at(1).toString(), topic);
        QVERIFY(backend.takeCalls().isEmpty());
    }

    void saysWhatWentWrong()
    {
        FakeBackend backend;
        backend.error_ = QStringLiteral("No.");
        NoticeActions actions(backend);
        const QSignalSpy failures(&actions, &NoticeActions::failed);
        actions.perform(notice(Kind::NoKeyLeft));
        QCOMPARE(failures, (QList<QVariantList>{{QStringLiteral("No.")}}));
    }
};

QTEST_GUILESS_MAIN(TestNoticeActions)
#include "test_noticeactions.moc"
