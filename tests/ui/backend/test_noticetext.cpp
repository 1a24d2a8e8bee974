// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/noticetext.h"

#include "keypool/keypool.h"
#include "secrets/filekeystore.h"
#include "secrets/keychainerror.h"
#include "settings/settingsloader.h"
#include "settings/settingstable.h"
#include "support/fakeclock.h"
#include "support/inchinese.h"
#include "verdict/judge.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;
using Kind = Notice::Kind;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// Three words in a row. Names of settings, values, lists of values, paths and commands are none.
bool hasEnglish(const QString &text)
{
    static const QRegularExpression words(str("[A-Za-z]*[a-z][;:']? [a-z]+[;:']? [a-z]+"));
    static const QRegularExpression command(str("`[^`]*`"));
    return words.match(QString(text).remove(command)).hasMatch();
}

Notice notice(Kind kind, const QString &detail)
{
    return {kind, str("https://page.example"), detail, str("sk-te…1003"), {}};
}

QStringList messagesOf(const SettingSources &sources)
{
    QStringList messages;
    if (const auto loaded = loadSettings(sources); !loaded) {
        for (const Error &error : loaded.error())
            messages.append(error.message);
    }
    return messages;
}

/// What the loader says of each of `values` in the setting, by the environment and the .env file.
QStringList refusals(const QString &setting, const QStringList &values)
{
    QStringList all;
    for (const QString &value : values) {
        SettingSources sources;
        sources.environment.insert(setting, value);
        all += messagesOf(sources);
        sources = {};
        sources.commandLine.insert(setting, value);
        all += messagesOf(sources);
        const QTemporaryDir folder;
        sources = {};
        sources.envFilePath = folder.filePath(str(".env"));
        QFile file(sources.envFilePath);
        if (file.open(QIODevice::WriteOnly))
            file.write("# comment\n" + setting.toUtf8() + "='" + value.toUtf8() + "'\n");
        file.close();
        all += messagesOf(sources);
    }
    return all;
}

QString brokenFile(const QByteArray &text)
{
    const QTemporaryDir folder;
    SettingSources sources;
    sources.envFilePath = folder.filePath(str(".env"));
    QFile file(sources.envFilePath);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    file.close();
    return messagesOf(sources).join(u'\n');
}

QString openContainer()
{
    SettingSources sources;
    sources.environment.insert(str("HOST"), str("0.0.0.0"));
    sources.refuseOpen = true;
    return messagesOf(sources).join(u'\n');
}

/// What a key or an attempt says of such an answer.
QString reasonOf(AttemptResult::Kind kind, int status, const QByteArray &body,
                 const QString &errorText = {})
{
    AttemptResult result;
    result.kind = kind;
    result.status = status;
    result.body = body;
    result.errorText = errorText;
    return judge(result, QDateTime::currentDateTimeUtc()).reason;
}

QString offlineReason()
{
    FakeClock clock;
    KeyPool pool(clock, [] { return 0.5; });
    pool.setOffline(true);
    return pool.snapshot().brakeReason;
}

/// Of reading the keys, or else of adding a key with a line break.
QString fileStoreError(const QString &path)
{
    FileKeyStore store(path);
    const QSignalSpy failed(&store, &KeyStore::failed);
    const QSignalSpy changeFailed(&store, &KeyStore::changeFailed);
    store.load();
    store.add({ApiKey{QByteArray("sk-test\n0123456789"), 0, {}}});
    QCoreApplication::processEvents();
    const QSignalSpy &which = failed.isEmpty() ? changeFailed : failed;
    return which.isEmpty() ? QString() : which.first().first().value<Error>().message;
}

/// Of adding a good key.
QString changeError(const QString &path)
{
    FileKeyStore store(path);
    const QSignalSpy failed(&store, &KeyStore::changeFailed);
    store.add({ApiKey{QByteArray("sk-test-9876543210"), 0, {}}});
    QCoreApplication::processEvents();
    return failed.isEmpty() ? QString() : failed.first().first().value<Error>().message;
}

} // namespace

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

    void isWhollyInThePresentLanguage_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("detail");
        const auto add = [](const char *name, Kind kind, const QString &detail) {
            QTest::newRow(name) << int(kind) << detail;
        };
        for (const SettingSpec &spec : settingsTable()) {
            const QStringList values{str("?"), str("x"), str("99999999999999"), str("ünknown")};
            for (const QString &message : refusals(spec.name, values))
                QTest::newRow(qPrintable(message)) << int(Kind::BadSettings) << message;
        }
        addSettings(add);
        add("listen", Kind::ListenFailed,
            str("Cannot listen on 127.0.0.1 port 3000: 被占用 (held by nginx, process 12)"));
        add("listen, unknown holder", Kind::ListenFailed,
            str("Cannot listen on 127.0.0.1 port 3000: 被占用"));
        add("offline", Kind::KeysNotBlamed, offlineReason());
        add("woken", Kind::KeysNotBlamed, str("the machine has just woken, or its clock was set"));
        add("alike", Kind::KeysNotBlamed,
            str("different keys fail alike: the upstream or this address is suspected"));
        addKeyStores(add);
        addReasons(add);
        add("open", Kind::OpenToNetwork, str("0.0.0.0"));
        for (const Kind kind :
             {Kind::NoKeys, Kind::NoKeyLeft, Kind::AuthKeyShort, Kind::OriginRefused})
            add(qPrintable(QString::number(int(kind))), kind, {});
    }

    void isWhollyInThePresentLanguage()
    {
        QFETCH(int, kind);
        QFETCH(QString, detail);
        const InChinese chinese;
        const QString shown = noticeDetail(notice(Kind(kind), detail));
        QVERIFY(!shown.isEmpty());
        QVERIFY2(!hasEnglish(shown), qPrintable(shown));
        QVERIFY2(detail.isEmpty() || shown != detail, qPrintable(shown));
    }

    void staysAsItIsInEnglish()
    {
        const QString message = refusals(str("PORT"), {str("70000")}).first();
        QVERIFY(noticeDetail(notice(Kind::BadSettings, message)).startsWith(message + u'\n'));
    }

    void keepsValuesAndWhatTheUpstreamSaid()
    {
        const InChinese chinese;
        const QString port =
            noticeDetail(notice(Kind::BadSettings, refusals(str("PORT"), {str("%270000")})[0]));
        const QString key = noticeDetail(
            notice(Kind::KeyOut, str("invalid key: the network is down, or: %1 (%2)")));
        QVERIFY2(port.contains(str("PORT=%270000")), qPrintable(port));
        QVERIFY2(key.endsWith(str("the network is down, or: %1 (%2)")), qPrintable(key));
    }

private:
    template <class Add>
    void addSettings(Add add)
    {
        const auto refused = [&](const char *setting, const char *value) {
            for (const QString &message : refusals(str(setting), {str(value)}))
                add(qPrintable(message), Kind::BadSettings, message);
        };
        refused("OPENAI_BASE_URL", "http://user:password@host");
        refused("OPENAI_BASE_URL", "http://host?query");
        refused("OPENAI_BASE_URL", "http://host/v1/chat/completions");
        refused("OPENAI_BASE_URL", "http://127.0.0.1:3000");
        refused("UPSTREAM_PROXY", "http://host");
        refused("UPSTREAM_PROXY", "http://host:1/path");
        refused("ALLOWED_ORIGINS", ",");
        refused("ALLOWED_ORIGINS", "https://a,b");
        refused("UPSTREAM_CA_FILE", "/");
        refused("UPSTREAM_CA_FILE", "/dev/null");
        add("open container", Kind::BadSettings, openContainer());
        add("no form", Kind::BadSettings, brokenFile("nonsense\n"));
        add("no quote", Kind::BadSettings, brokenFile("PORT='1\n"));
        add("after quote", Kind::BadSettings, brokenFile("PORT='1' 2\nHOST='1' 2\n"));
    }

    template <class Add>
    void addKeyStores(Add add)
    {
        using Outcome = KeychainAnswer::Outcome;
        for (const Outcome outcome : {Outcome::Denied, Outcome::Failed, Outcome::TimedOut})
            add(qPrintable(str("keychain %1").arg(int(outcome))), Kind::KeysUnreadable,
                keychainError({outcome, {}, str("没有")}).message);
        add("locked", Kind::KeysUnreadable, keychainLocked().message);
        add("no keyring", Kind::KeysUnreadable, keychainWithoutKeyring().message);
        add("looks empty", Kind::KeysUnreadable, keychainLooksEmpty(3).message);
        add("newer", Kind::KeysUnreadable, keychainIsNewer().message);
        add("no key file", Kind::KeysUnreadable, fileStoreError(str("/nonexistent/keys.txt")));
        add("a folder", Kind::KeysUnreadable, fileStoreError(str("/")));
        const QTemporaryDir folder;
        QFile file(folder.filePath(str("keys.txt")));
        if (file.open(QIODevice::WriteOnly))
            file.close();
        add("a bad key", Kind::KeysUnreadable, fileStoreError(file.fileName()));
        if (file.open(QIODevice::WriteOnly))
            file.write("OPENAI_API_KEY=sk-test-0123456789");
        file.close();
        add("a key file in another form", Kind::KeysUnreadable, changeError(file.fileName()));
    }

    template <class Add>
    void addReasons(Add add)
    {
        using Of = AttemptResult::Kind;
        for (const int status : {401, 402, 403, 404, 429, 500}) {
            add(qPrintable(QString::number(status)), Kind::KeyOut,
                reasonOf(Of::Answer, status, {}));
            add(qPrintable(QString::number(status) + str(", said")), Kind::KeyOut,
                reasonOf(Of::Answer, status, "Oh"));
        }
        add("account", Kind::KeyOut,
            reasonOf(Of::Answer, 401, R"({"error":{"code":"account_deactivated"}})"));
        add("permission", Kind::KeyOut,
            reasonOf(Of::Answer, 403, R"({"error":{"code":"permission_denied"}})"));
        add("address", Kind::UpstreamDown,
            reasonOf(Of::Answer, 403,
                     R"({"error":{"code":"unsupported_country_region_territory"}})"));
        add("stream", Kind::UpstreamDown,
            reasonOf(Of::StreamError, 200, R"({"error":{"message":"Oh"}})"));
        for (const Of kind : {Of::Unreachable, Of::ProtocolError, Of::NoConnection,
                              Of::HandOverTimeout, Of::ResponseTimeout, Of::Cancelled})
            add(qPrintable(str("no answer %1").arg(int(kind))), Kind::UpstreamDown,
                reasonOf(kind, 0, {}, str("host:443: no answer in time")));
    }
};

QTEST_MAIN(TestNoticeText)
#include "test_noticetext.moc"
