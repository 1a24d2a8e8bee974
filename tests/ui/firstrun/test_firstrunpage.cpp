// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstrun/firstrunpage.h"

#include "support/fakebackend.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace keywheel;

class TestFirstRunPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        backend_.emplace();
        page_.emplace(*backend_);
        page_->show();
    }

    void cleanup()
    {
        page_.reset();
        backend_.reset();
    }

    void offersTheWays()
    {
        const QSignalSpy wanted(&*page_, &Page::importWanted);
        button("import")->click();
        QCOMPARE(wanted.count(), 1);
        button("demo")->click();
        QCOMPARE(backend_->takeCalls(), QStringList{QStringLiteral("setDemo true")});
    }

    void copiesTheAddress()
    {
        QCOMPARE(page_->findChild<QLineEdit *>(QStringLiteral("baseUrl"))->text(),
                 QStringLiteral("http://127.0.0.1:3000/v1"));
        button("copyBaseUrl")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:3000/v1"));
    }

    void saysWhereKeysAreKept()
    {
        QVERIFY(place().contains(QLatin1String("keys.txt")));
        keepIn(QStringLiteral("keychain"), SettingOrigin::Default);
        QVERIFY(place().contains(QLatin1String("keychain")));
        QVERIFY(!button("keepInFile")->isVisible());
        QVERIFY(!button("tryAgain")->isVisible());
    }

    void offersAFileWhenTheKeychainIsUnusable()
    {
        keepIn(QStringLiteral("keychain"), SettingOrigin::Default);
        lockKeychain();
        QVERIFY(place().contains(QLatin1String("The keychain is locked")));
        button("tryAgain")->click();
        button("keepInFile")->click();
        QCOMPARE(backend_->takeCalls(),
                 (QStringList{QStringLiteral("reloadKeys"),
                              QStringLiteral("saveSetting KEY_STORE file")}));
        backend_->error_ = QStringLiteral("The disk is full");
        button("keepInFile")->click();
        QVERIFY(place().contains(QLatin1String("The disk is full")));
    }

    void leavesALockedPlaceAlone()
    {
        keepIn(QStringLiteral("keychain"), SettingOrigin::Environment);
        lockKeychain();
        QVERIFY(!button("keepInFile")->isEnabled());
        QVERIFY(!button("keepInFile")->toolTip().isEmpty());
    }

private:
    QPushButton *button(const char *name) const
    {
        return page_->findChild<QPushButton *>(QString::fromLatin1(name));
    }
    QString place() const { return page_->findChild<QLabel *>(QStringLiteral("keyPlace"))->text(); }
    void keepIn(const QString &store, SettingOrigin origin)
    {
        for (SettingView &view : backend_->settings_.rows)
            if (view.name == QLatin1String("KEY_STORE"))
                view = {view.name, store, true, origin};
        backend_->publishSettings();
    }
    void lockKeychain()
    {
        backend_->snapshot_.keysError = QStringLiteral("The keychain is locked: unlock it");
        backend_->publish();
    }

    std::optional<FakeBackend> backend_;
    std::optional<FirstRunPage> page_;
};

QTEST_MAIN(TestFirstRunPage)
#include "test_firstrunpage.moc"
