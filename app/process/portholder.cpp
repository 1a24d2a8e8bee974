// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/portholder.h"

#include <QDir>
#include <QFile>
#include <QStringList>
#include <QtEndian>

#include <cstring>
#include <filesystem>

namespace keywheel {

namespace {

/// The kernel prints each 32-bit word of the address, which is in network order, as a number of the
/// machine.
QHostAddress addressFromHex(const QByteArray &hex)
{
    Q_IPV6ADDR bytes{};
    const qsizetype words = hex.size() / 8;
    if (words != 1 && words != 4)
        return {};
    for (qsizetype i = 0; i < words; ++i) {
        const quint32 word = hex.mid(i * 8, 8).toUInt(nullptr, 16);
        std::memcpy(&bytes[int(i) * 4], &word, sizeof word);
    }
    return words == 4 ? QHostAddress(bytes) : QHostAddress(qFromBigEndian<quint32>(&bytes[0]));
}

bool isAny(const QHostAddress &address)
{
    return address == QHostAddress(QHostAddress::Any) ||
           address == QHostAddress(QHostAddress::AnyIPv4) ||
           address == QHostAddress(QHostAddress::AnyIPv6);
}

bool collide(const QHostAddress &a, const QHostAddress &b)
{
    return isAny(a) || isAny(b) || a.isEqual(b, QHostAddress::TolerantConversion);
}

/// The socket inodes of the listeners in one of /proc/net's tables.
QStringList listeningInodes(const QString &table, const QHostAddress &address, quint16 port)
{
    static const QByteArray Listen = QByteArrayLiteral("0A");
    QStringList inodes;
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly))
        return inodes;
    // A file of /proc has no size: readAll() reads until nothing comes.
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() < 10 || fields.at(3) != Listen)
            continue;
        const QList<QByteArray> local = fields.at(1).split(':');
        if (local.size() == 2 && local.at(1).toUShort(nullptr, 16) == port &&
            collide(addressFromHex(local.at(0)), address))
            inodes.append(QStringLiteral("socket:[%1]").arg(QString::fromLatin1(fields.at(9))));
    }
    return inodes;
}

bool holdsOneOf(const QString &process, const QStringList &sockets)
{
    namespace fs = std::filesystem;
    std::error_code error; // a process that ended or is somebody else's shows nothing
    const fs::path descriptors((process + QLatin1String("/fd")).toStdU16String());
    for (fs::directory_iterator i(descriptors, error); !error && i != fs::directory_iterator();
         i.increment(error)) {
        std::error_code unreadable;
        if (sockets.contains(QString::fromStdString(fs::read_symlink(*i, unreadable).string())))
            return true;
    }
    return false;
}

} // namespace

std::optional<PortHolder> findPortHolder(const QHostAddress &address, quint16 port,
                                         const QString &proc)
{
    const QStringList sockets = listeningInodes(proc + QLatin1String("/net/tcp"), address, port) +
                                listeningInodes(proc + QLatin1String("/net/tcp6"), address, port);
    if (sockets.isEmpty())
        return std::nullopt;
    const QStringList entries = QDir(proc).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        bool isPid = false;
        const qint64 pid = entry.toLongLong(&isPid);
        const QString process = proc + QLatin1Char('/') + entry;
        if (!isPid || !holdsOneOf(process, sockets))
            continue;
        QFile comm(process + QLatin1String("/comm"));
        const QByteArray name =
            comm.open(QIODevice::ReadOnly) ? comm.readAll().trimmed() : QByteArray();
        return PortHolder{QString::fromUtf8(name), pid};
    }
    return std::nullopt;
}

} // namespace keywheel
