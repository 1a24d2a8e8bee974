// SPDX-License-Identifier: GPL-3.0-or-later
// keychaintool FOLDER add FROM COUNT [PACKSIZE] | load: what KeychainKeyStore does with the real
// keychain, in a process of its own that can be killed. FOLDER is the state folder. Prints
// `progress DONE` after each step, then `done MILLISECONDS`; for load the numbers of the keys; on
// failure `failed MESSAGE`, and exits with 1.
#include "secrets/keychainkeystore.h"
#include "secrets/oskeychain.h"
#include "support/numberedkey.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace keywheel;

namespace {

void say(const QByteArray &line)
{
    std::fputs((line + '\n').constData(), stdout);
    std::fflush(stdout);
}

QByteArray numbers(const KeyList &list)
{
    QByteArrayList result;
    for (const ApiKey &key : list.keys)
        result += QByteArray::number(numberOfKey(key.secret));
    return result.join(' ');
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    SystemClock clock;
    KeychainKeyStore store(std::make_unique<OsKeychain>(QStringLiteral("keywheel")), clock,
                           arguments.at(1),
                           arguments.size() > 5 ? arguments.at(5).toInt() : LargestKeyPack);
    QElapsedTimer timer;
    QObject::connect(&store, &KeyStore::progress, &store,
                     [](int done, int) { say("progress " + QByteArray::number(done)); });
    QObject::connect(&store, &KeyStore::changeDone, &store, [&] {
        say("done " + QByteArray::number(timer.elapsed()));
        QCoreApplication::exit(0);
    });
    const auto fail = [](const Error &error) {
        say("failed " + error.message.toUtf8());
        QCoreApplication::exit(1);
    };
    QObject::connect(&store, &KeyStore::changeFailed, &store, fail);
    QObject::connect(&store, &KeyStore::failed, &store, fail);
    QObject::connect(&store, &KeyStore::loaded, &store, [](const KeyList &list) {
        for (const QString &warning : list.warnings)
            say("warning " + warning.toUtf8());
        say("loaded " + numbers(list));
        QCoreApplication::exit(0);
    });

    QList<ApiKey> keys;
    for (int i = 0; arguments.size() > 4 && i < arguments.at(4).toInt(); ++i)
        keys.append({numberedKey(arguments.at(3).toInt() + i), 0, {}});
    timer.start();
    if (arguments.at(2) == QLatin1String("add"))
        store.add(keys);
    else
        store.load();
    return QCoreApplication::exec();
}
