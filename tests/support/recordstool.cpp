// SPDX-License-Identifier: GPL-3.0-or-later
// recordstool FOLDER: reads the keychain's index and the database in the state folder FOLDER, then
// looks through its own writable memory. Prints `keys N`, how often the beginning of a test key
// stands there, and `fingerprints N`, how many of the index's it found (so that the search is known
// to work). Linux only.
#include "keystate/statedatabase.h"
#include "secrets/keychainindex.h"

#include <QCoreApplication>
#include <QDir>

#include <cstdio>

using namespace keywheel;

namespace {

/// Sanitizers keep books in regions of terabytes.
constexpr qint64 LargestRegion = qint64{1} << 30;

/// Writable regions only: the program's constants are in the others.
QByteArrayList writableMemory()
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    QFile memory(QStringLiteral("/proc/self/mem"));
    if (!maps.open(QIODevice::ReadOnly) ||
        !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    QByteArrayList regions;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QByteArrayList fields = line.simplified().split(' ');
        if (fields.size() < 2 || !fields[1].startsWith("rw"))
            continue;
        const QByteArrayList range = fields[0].split('-');
        const qint64 begin = range[0].toLongLong(nullptr, 16);
        const qint64 size = range[1].toLongLong(nullptr, 16) - begin;
        if (size < LargestRegion && memory.seek(begin))
            regions.append(memory.read(size));
    }
    return regions;
}

/// The way a QString has it in memory.
QByteArray wide(QByteArrayView text)
{
    QByteArray result;
    for (const char c : text)
        result.append(c).append('\0');
    return result;
}

qsizetype count(const QByteArrayList &regions, const QByteArray &needle)
{
    qsizetype found = 0;
    for (const QByteArray &region : regions)
        found += region.count(needle);
    return found;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QDir folder(QCoreApplication::arguments().at(1));
    const auto index = KeychainIndex::read(folder.filePath(QStringLiteral("keychain.json")));
    StateDatabase database;
    const auto opened = database.open(folder.path());
    if (!index || !opened || opened->records.isEmpty()) {
        std::fputs("no index, or no records\n", stderr);
        return 1;
    }
    const QByteArrayList regions = writableMemory(); // before the needles are made
    const QByteArray key("sk-test-");
    int fingerprints = 0;
    for (const auto &pack : index->packs) {
        for (const QString &fingerprint : pack.fingerprints)
            fingerprints += count(regions, wide(fingerprint.toLatin1())) > 0 ? 1 : 0;
    }
    std::printf("keys %lld\nfingerprints %d\n",
                static_cast<long long>(count(regions, key) + count(regions, wide(key))),
                fingerprints);
    return 0;
}
