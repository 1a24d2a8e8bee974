// SPDX-License-Identifier: GPL-3.0-or-later
// How long it takes to put keys into a real gnome-keyring, and to begin with them. Fails when a
// limit is passed. Needs gnome-keyring-daemon and dbus-daemon; runs in a session of its own.
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"
#include "support/keyringsession.h"
#include "support/numberedkey.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>

#include <algorithm>
#include <csignal>
#include <cstdio>

using namespace keywheel;

namespace {

constexpr int Rounds = 3;

/// Prints the median; whether it is within the limit.
bool report(const char *what, QList<qint64> times, qint64 limit)
{
    std::sort(times.begin(), times.end());
    const qint64 median = times.at(times.size() / 2);
    std::printf("%-50s %6lld ms (%lld to %lld, limit %lld)\n", what, qlonglong(median),
                qlonglong(times.constFirst()), qlonglong(times.constLast()), qlonglong(limit));
    std::fflush(stdout);
    return median <= limit;
}

/// Of the change alone, without the start of a process; -1 when it failed.
qint64 timeToAdd(const KeyringSession &session, const QString &stateFolder, int count)
{
    QProcess tool;
    tool.setProcessEnvironment(session.environment());
    tool.start(QStringLiteral(KEYCHAINTOOL),
               {stateFolder, QStringLiteral("add"), QStringLiteral("0"), QString::number(count)});
    tool.waitForFinished(120'000);
    for (const QByteArray &line : tool.readAllStandardOutput().split('\n')) {
        if (line.startsWith("done "))
            return line.mid(5).toLongLong();
    }
    qFatal("keychaintool failed");
}

/// From the start of the process to the end of the first forwarded request.
qint64 timeToServe(KeywheelProcess &keywheel)
{
    QElapsedTimer timer;
    timer.start();
    if (!keywheel.start() || keywheel.fetch("GET", "/v1/models").status != 200)
        qFatal("keywheel does not serve");
    return timer.elapsed();
}

bool benchAdding(const char *what, int count, qint64 limit)
{
    QList<qint64> times;
    for (int round = 0; round < Rounds; ++round) {
        KeyringSession session;
        const QTemporaryDir folder;
        if (!session.startUnlocked())
            qFatal("gnome-keyring did not start");
        times.append(timeToAdd(session, folder.path(), count));
    }
    return report(what, times, limit);
}

bool benchStart()
{
    KeyringSession session;
    FakeUpstream upstream;
    QList<qint64> times;
    KeywheelProcess keywheel(upstream.url(), {});
    keywheel.set("KEY_STORE", "keychain");
    for (const QString &name :
         {QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("XDG_RUNTIME_DIR")})
        keywheel.setEnvironment(name, session.environment().value(name));
    if (!session.startUnlocked())
        qFatal("gnome-keyring did not start");
    timeToAdd(session, keywheel.path(QStringLiteral(".local/state/keywheel")), 1000);
    for (int round = 0; round < Rounds; ++round) {
        times.append(timeToServe(keywheel));
        keywheel.signal(SIGTERM);
        keywheel.waitForExit();
    }
    return report("start to first forwarded request, 1,000 keys", times, 500);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (!KeyringSession::isPossible()) {
        std::puts("gnome-keyring-daemon or dbus-daemon is not installed: keychain not measured");
        return 0;
    }
    bool good = benchAdding("add 1,000 keys of 164 characters", 1000, 1000);
    good = benchAdding("add 10,000", 10'000, 10'000) && good;
    return benchStart() && good ? 0 : 1;
}
