// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/noticeboard.h"

#include <QTest>

using namespace keywheel;
using Kind = Notice::Kind;

namespace {

Notice notice(Kind kind, const QString &subject = {})
{
    Notice made;
    made.kind = kind;
    made.subject = subject;
    return made;
}

const QDateTime Now = QDateTime::fromSecsSinceEpoch(1'700'000'000).toUTC();

} // namespace

class TestNoticeBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWorstFirst()
    {
        NoticeBoard board;
        const auto shown =
            board.update({notice(Kind::OriginRefused, QStringLiteral("a")),
                          notice(Kind::KeyOut, QStringLiteral("1")),
                          notice(Kind::KeyOut, QStringLiteral("2")), notice(Kind::ListenFailed)},
                         Now);
        QCOMPARE(shown.size(), 4);
        QCOMPARE(shown.at(0).kind, Kind::ListenFailed);
        QCOMPARE(shown.at(1).subject, QStringLiteral("1"));
        QCOMPARE(shown.at(3).kind, Kind::OriginRefused);
    }

    void remembersSinceWhen()
    {
        NoticeBoard board;
        board.update({notice(Kind::NoKeys)}, Now);
        QCOMPARE(board.update({notice(Kind::NoKeys)}, Now.addSecs(60)).first().since, Now);
        board.update({}, Now.addSecs(70));
        QCOMPARE(board.update({notice(Kind::NoKeys)}, Now.addSecs(80)).first().since,
                 Now.addSecs(80));
    }

    void dismissedUntilItHasBeenAway()
    {
        NoticeBoard board;
        const Notice one = notice(Kind::KeyOut, QStringLiteral("1"));
        const Notice two = notice(Kind::KeyOut, QStringLiteral("2"));
        board.update({one, two}, Now);
        board.dismiss(one);
        auto shown = board.update({one, two}, Now);
        QCOMPARE(shown.size(), 1);
        QCOMPARE(shown.first().subject, two.subject);
        Notice worse = one;
        worse.detail = QStringLiteral("another reason");
        QCOMPARE(board.update({worse, two}, Now).size(), 1);
        QCOMPARE(board.update({two}, Now).size(), 1);
        QCOMPARE(board.update({one, two}, Now).size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestNoticeBoard)
#include "test_noticeboard.moc"
