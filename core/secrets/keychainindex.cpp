// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainindex.h"

#include "common/commitfile.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace keywheel {
namespace {

constexpr int Version = 1;
const QString VersionField = QStringLiteral("version");
const QString SerialField = QStringLiteral("serial");
const QString PacksField = QStringLiteral("packs");
const QString LeftoversField = QStringLiteral("leftovers");
const QString DamagedField = QStringLiteral("damaged");
const QString NumberField = QStringLiteral("number");
const QString KeysField = QStringLiteral("keys");

QJsonArray toArray(const QList<int> &numbers)
{
    QJsonArray array;
    for (const int number : numbers)
        array.append(number);
    return array;
}

QList<int> toNumbers(const QJsonValue &array)
{
    QList<int> numbers;
    for (const auto &number : array.toArray())
        numbers.append(number.toInt());
    return numbers;
}

} // namespace

std::optional<KeychainIndex> KeychainIndex::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    if (root[VersionField].toInt() != Version)
        return {};
    KeychainIndex index;
    index.serial = root[SerialField].toInt();
    index.leftovers = toNumbers(root[LeftoversField]);
    index.damaged = toNumbers(root[DamagedField]);
    for (const auto &pack : root[PacksField].toArray()) {
        Pack one{pack[NumberField].toInt(), {}};
        for (const auto &fingerprint : pack[KeysField].toArray())
            one.fingerprints += fingerprint.toString();
        index.packs.append(one);
    }
    return index;
}

Expected<void> KeychainIndex::write(const QString &path) const
{
    QJsonArray list;
    for (const Pack &pack : packs)
        list.append(QJsonObject{{NumberField, pack.number},
                                {KeysField, QJsonArray::fromStringList(pack.fingerprints)}});
    const QJsonObject root{{VersionField, Version},
                           {SerialField, serial},
                           {PacksField, list},
                           {LeftoversField, toArray(leftovers)},
                           {DamagedField, toArray(damaged)}};
    const QByteArray text = QJsonDocument(root).toJson(QJsonDocument::Compact) + '\n';
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        if (file.write(text) == text.size() && commitFile(file))
            return {};
    }
    return failure(QStringLiteral("The index of the keychain, %1, cannot be written: %2")
                       .arg(QDir::toNativeSeparators(path), file.errorString()));
}

KeychainDirectory KeychainDirectory::parse(const QByteArray &entry)
{
    const QList<QByteArray> words = entry.split(' ');
    if (words.size() != 3 || words.at(0) != "1")
        return {};
    return {words.at(1).toInt(), words.at(2).toInt()};
}

QByteArray KeychainDirectory::entry() const
{
    return "1 " + QByteArray::number(serial) + ' ' + QByteArray::number(reserved);
}

} // namespace keywheel
