// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingspage.h"

#include "settings/formrow.h"
#include "settings/settingstable.h"
#include "support/fakeautostart.h"
#include "support/fakebackend.h"
#include "support/inchinese.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTranslator>

#include <optional>

using namespace keywheel;

class TestSettingsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QVERIFY(folder_.isValid());
        backend_.emplace();
        preferences_.emplace(folder_.filePath(QStringLiteral("keywheel.conf")));
        page_.emplace(*backend_, *preferences_, autostart_);
        page_->resize(900, 700);
        page_->show();
        QVERIFY(QTest::qWaitForWindowActive(&*page_));
    }

    void cleanup()
    {
        page_.reset();
        preferences_.reset();
        backend_.reset();
    }

    void hasAnEditorForEverySetting()
    {
        for (const SettingSpec &spec : settingsTable()) {
            const auto *field = page_->findChild<QWidget *>(spec.name);
            QVERIFY2(field, qPrintable(spec.name));
            QVERIFY2(!field->accessibleName().isEmpty(), qPrintable(spec.name));
            QVERIFY2(!field->accessibleDescription().isEmpty(), qPrintable(spec.name));
        }
        QCOMPARE(line("OPENAI_BASE_URL")->text(), QStringLiteral("https://api.openai.com"));
        QCOMPARE(find<QComboBox>("KEY_STRATEGY")->currentText(), QStringLiteral("In turn"));
        QVERIFY(find<QCheckBox>("ENABLE_CORS")->isChecked());
    }

    void everyControlHasAName()
    {
        for (const QWidget *widget : page_->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() ||
                qobject_cast<const QLabel *>(widget) ||
                qobject_cast<const QAbstractSpinBox *>(widget->parent()))
                continue;
            QAccessibleInterface *face =
                QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            QVERIFY2(!face->text(QAccessible::Name).isEmpty(),
                     qPrintable(widget->objectName() +
                                QLatin1String(widget->metaObject()->className())));
        }
    }

    void savesATextOnceItIsFinished()
    {
        type("HOST", "0.0.0.0");
        QCOMPARE(backend_->takeCalls(), QStringList());
        QTest::keyClick(line("HOST"), Qt::Key_Return);
        line("KEYS_FILE")->setFocus(); // finishes it once more
        QCOMPARE(backend_->takeCalls(), QStringList{QStringLiteral("saveSetting HOST 0.0.0.0")});
    }

    void savesAChoiceAtOnce()
    {
        find<QCheckBox>("ENABLE_CORS")->click();
        find<QComboBox>("KEY_STRATEGY")->setCurrentIndex(1);
        QCOMPARE(backend_->takeCalls(),
                 (QStringList{QStringLiteral("saveSetting ENABLE_CORS false"),
                              QStringLiteral("saveSetting KEY_STRATEGY least-used")}));
    }

    void savesANumber()
    {
        auto *box = find<QDoubleSpinBox>("MAX_BODY_SIZE");
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QStringLiteral("5000000000"));
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(backend_->takeCalls(),
                 QStringList{QStringLiteral("saveSetting MAX_BODY_SIZE 5000000000")});
    }

    void saysWhatIsAcceptedWhileOneTypes()
    {
        type("HOST", "nonsense");
        QVERIFY(row("HOST")->note().contains(QLatin1String("127.0.0.1")));
        QTest::keyClick(line("HOST"), Qt::Key_Return);
        QCOMPARE(backend_->takeCalls(), QStringList());
        QCOMPARE(line("HOST")->text(), QStringLiteral("nonsense"));
        QTest::keyClick(line("HOST"), Qt::Key_Escape);
        QCOMPARE(line("HOST")->text(), QStringLiteral("127.0.0.1"));
        QCOMPARE(row("HOST")->note(), QString());
    }

    void showsARefusalAtTheRow()
    {
        backend_->error_ = QStringLiteral("The disk is full");
        type("HOST", "::1");
        QTest::keyClick(line("HOST"), Qt::Key_Return);
        QCOMPARE(row("HOST")->note(), QStringLiteral("The disk is full"));
        QCOMPARE(line("HOST")->text(), QStringLiteral("::1"));
        find<QCheckBox>("ENABLE_CORS")->click();
        QVERIFY(find<QCheckBox>("ENABLE_CORS")->isChecked()); // back as it is in use
        QCOMPARE(row("ENABLE_CORS")->note(), QStringLiteral("The disk is full"));
    }

    void followsHandEdits()
    {
        setView("HOST", "192.0.2.7", SettingOrigin::EnvFile);
        QCOMPARE(line("HOST")->text(), QStringLiteral("192.0.2.7"));
        type("OPENAI_BASE_URL", "https://half-");
        setView("OPENAI_BASE_URL", "https://other.example", SettingOrigin::EnvFile);
        QCOMPARE(line("OPENAI_BASE_URL")->text(), QStringLiteral("https://half-"));
        QTest::keyClick(line("OPENAI_BASE_URL"), Qt::Key_Escape);
        QCOMPARE(line("OPENAI_BASE_URL")->text(), QStringLiteral("https://other.example"));
    }

    void goesBackToTheDefault()
    {
        QVERIFY(!find<QToolButton>("revert.PORT")->isVisible());
        setView("PORT", "4000", SettingOrigin::EnvFile);
        QVERIFY(find<QToolButton>("revert.PORT")->isVisible());
        find<QToolButton>("revert.PORT")->click();
        QCOMPARE(backend_->takeCalls(), QStringList{QStringLiteral("saveSetting PORT (default)")});
    }

    void locksWhatTheEnvironmentFixes()
    {
        setView("HOST", "0.0.0.0", SettingOrigin::Environment);
        QVERIFY(line("HOST")->isReadOnly());
        QVERIFY(row("HOST")->note().contains(QLatin1String("HOST")));
        setView("LOG_LEVEL", "debug", SettingOrigin::CommandLine);
        QVERIFY(!find<QComboBox>("LOG_LEVEL")->isEnabled());
        QVERIFY(row("LOG_LEVEL")->note().contains(QLatin1String("command line")));
        QVERIFY(!find<QToolButton>("revert.LOG_LEVEL")->isVisible());
        setView("HOST", "0.0.0.0", SettingOrigin::EnvFile);
        QVERIFY(!line("HOST")->isReadOnly());
    }

    void neverSavesARedactedPassword()
    {
        setView("UPSTREAM_PROXY", "http://[redacted]@proxy.example:8080", SettingOrigin::EnvFile);
        type("UPSTREAM_PROXY", "http://[redacted]@proxy.example:9090");
        QTest::keyClick(line("UPSTREAM_PROXY"), Qt::Key_Return);
        QCOMPARE(backend_->takeCalls(), QStringList());
        QVERIFY(row("UPSTREAM_PROXY")->note().contains(QLatin1String("password")));
    }

    void masksAndForgetsTheAccessKey()
    {
        find<QPushButton>("replace.AUTH_KEY")->click();
        QLineEdit *field = line("AUTH_KEY");
        QVERIFY(field->hasFocus());
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        QTest::keyClicks(field, QStringLiteral("short "));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(backend_->takeCalls(), QStringList());
        QVERIFY(!row("AUTH_KEY")->note().isEmpty());
        QTest::keyClicks(field, QStringLiteral("-but-longer"));
        find<QPushButton>("save.AUTH_KEY")->click();
        QCOMPARE(backend_->takeCalls(),
                 QStringList{QStringLiteral("saveSetting AUTH_KEY short -but-longer")});
        QVERIFY(!field->isVisible());
        QCOMPARE(field->text(), QString());
    }

    void makesUpAnAccessKey()
    {
        find<QPushButton>("generate.AUTH_KEY")->click();
        const QString made = line("AUTH_KEY")->text();
        QVERIFY(made.size() > 40);
        QVERIFY(row("AUTH_KEY")->note().contains(QLatin1String("Copy it now")));
        find<QPushButton>("copy.AUTH_KEY")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), made);
        find<QPushButton>("cancel.AUTH_KEY")->click();
        find<QPushButton>("generate.AUTH_KEY")->click();
        QVERIFY(line("AUTH_KEY")->text() != made);
        find<QPushButton>("save.AUTH_KEY")->click();
        QCOMPARE(backend_->takeCalls().size(), 1);
    }

    void asksBeforeItClearsTheAccessKey()
    {
        for (SettingView &view : backend_->settings_.rows)
            if (view.name == QLatin1String("AUTH_KEY"))
                view = {view.name, {}, true, SettingOrigin::EnvFile};
        backend_->publishSettings();
        find<QPushButton>("clear.AUTH_KEY")->click();
        QCOMPARE(backend_->takeCalls(), QStringList());
        auto *question = page_->findChild<QMessageBox *>();
        QVERIFY(question);
        for (QAbstractButton *button : question->buttons())
            if (question->buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
        QCOMPARE(backend_->takeCalls(),
                 QStringList{QStringLiteral("saveSetting AUTH_KEY (default)")});
    }

    void searches()
    {
        auto *search = find<QLineEdit>("search");
        QTest::keyClicks(search, QStringLiteral("retries"));
        QVERIFY(row("MAX_RETRIES")->isVisible());
        QVERIFY(!row("PORT")->isVisible());
        search->setText(QStringLiteral("max_sock"));
        QVERIFY(row("MAX_SOCKETS")->isVisible());
        search->setText(QStringLiteral("no such thing"));
        QVERIFY(find<QLabel>("nothingFound")->isVisible());
        search->clear();
        QVERIFY(row("PORT")->isVisible());
        QVERIFY(!find<QLabel>("nothingFound")->isVisible());
    }

    void goesToATopic()
    {
        find<QLineEdit>("search")->setText(QStringLiteral("port"));
        page_->showTopic(QStringLiteral("LOG_FORMAT"));
        QTRY_VERIFY(find<QComboBox>("LOG_FORMAT")->hasFocus());
        auto *scroll = page_->findChild<QScrollArea *>();
        QTRY_VERIFY(scroll->viewport()->rect().contains(
            find<QComboBox>("LOG_FORMAT")->mapTo(scroll->viewport(), QPoint(1, 1))));
        page_->showTopic(QStringLiteral("NO_SUCH_SETTING"));
    }

    void showsTheFileAndItsMistakes()
    {
        QVERIFY(find<QLabel>("envFile")->text().contains(QLatin1String(".env")));
        QVERIFY(!find<QLabel>("fileErrors")->isVisible());
        backend_->settings_.errors = {
            QStringLiteral("PORT=x (.env, line 3) is not valid; accepted: 1 to 65535")};
        backend_->publishSettings();
        QVERIFY(find<QLabel>("fileErrors")->text().contains(QLatin1String("PORT=x")));
        QVERIFY(row("PORT")->note().contains(QLatin1String("PORT=x")));
        backend_->settings_.errors.clear();
        backend_->publishSettings();
        QVERIFY(!find<QLabel>("fileErrors")->isVisible());
        QCOMPARE(row("PORT")->note(), QString());
    }

    void putsABadLineRightWithTheValueInUse()
    {
        backend_->settings_.errors = {
            QStringLiteral("PORT=70000 (.env, line 3) is not valid; accepted: 1 to 65535")};
        backend_->publishSettings();
        auto *box = find<QDoubleSpinBox>("PORT");
        const QString inUse = QString::number(box->value());
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Tab); // only looked at
        QCOMPARE(backend_->takeCalls(), QStringList());
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, inUse);
        QTest::keyClick(box, Qt::Key_Tab);
        QCOMPARE(backend_->takeCalls(), QStringList{QStringLiteral("saveSetting PORT ") + inUse});

        backend_->publishSettings(); // the error may still be there
        QVERIFY(find<QToolButton>("revert.PORT")->isVisible());
        find<QToolButton>("revert.PORT")->click();
        QCOMPARE(backend_->takeCalls(), QStringList{QStringLiteral("saveSetting PORT (default)")});
        backend_->settings_.errors.clear();
        backend_->publishSettings();
        QVERIFY(!find<QToolButton>("revert.PORT")->isVisible());
    }

    void aRedactedPasswordPutsNothingRight()
    {
        setView("UPSTREAM_PROXY", "http://[redacted]@proxy.example:8080", SettingOrigin::EnvFile);
        backend_->settings_.errors = {
            QStringLiteral("UPSTREAM_PROXY (.env, line 3) is not valid; accepted: a URL")};
        backend_->publishSettings();
        type("UPSTREAM_PROXY", "http://[redacted]@proxy.example:8080");
        QTest::keyClick(line("UPSTREAM_PROXY"), Qt::Key_Return);
        QCOMPARE(backend_->takeCalls(), QStringList());
    }

    void showsWhatTheBackendMadeOfAText()
    {
        connect(&*backend_, &FakeBackend::called, &*backend_,
                [this] { setView("KEYS_FILE", "/home/me/keys.txt", SettingOrigin::EnvFile); });
        type("KEYS_FILE", "other.txt");
        QTest::keyClick(line("KEYS_FILE"), Qt::Key_Return);
        QCOMPARE(line("KEYS_FILE")->text(), QStringLiteral("/home/me/keys.txt"));
    }

    void namesMistakesInThePresentLanguage()
    {
        const InChinese chinese;
        backend_->settings_.errors = {
            QStringLiteral("PORT=x (.env, line 3) is not valid; accepted: 1 to 65535")};
        backend_->publishSettings();
        const auto said = QStringLiteral("PORT=x（.env，第 3 行）无效；可接受：1 到 65535");
        QVERIFY(find<QLabel>("fileErrors")->text().contains(said));
        QCOMPARE(row("PORT")->note(), said);
    }

    void speaksAnotherLanguageAtOnce()
    {
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/i18n/keywheel_zh_CN.qm")));
        QCoreApplication::installTranslator(&chinese);
        QTRY_COMPARE(find<QDoubleSpinBox>("PORT")->accessibleName(), QStringLiteral("端口"));
        QCoreApplication::removeTranslator(&chinese);
        QTRY_COMPARE(find<QDoubleSpinBox>("PORT")->accessibleName(), QStringLiteral("Port"));
    }

private:
    template <class T>
    T *find(const char *name) const
    {
        return page_->findChild<T *>(QString::fromLatin1(name));
    }
    QLineEdit *line(const char *name) const { return find<QLineEdit>(name); }
    FormRow *row(const char *name) const
    {
        return page_->findChild<FormRow *>(QLatin1String("row.") + QLatin1String(name));
    }

    void type(const char *name, const char *text)
    {
        QLineEdit *field = line(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QString::fromLatin1(text));
    }

    void setView(const char *name, const char *text, SettingOrigin origin)
    {
        for (SettingView &view : backend_->settings_.rows)
            if (view.name == QLatin1String(name))
                view = {view.name, QString::fromLatin1(text), true, origin};
        backend_->publishSettings();
    }

    QTemporaryDir folder_;
    FakeAutostart autostart_;
    std::optional<FakeBackend> backend_;
    std::optional<Preferences> preferences_;
    std::optional<SettingsPage> page_;
};

QTEST_MAIN(TestSettingsPage)
#include "test_settingspage.moc"
