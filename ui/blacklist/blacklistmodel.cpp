// SPDX-License-Identifier: GPL-3.0-or-later
#include "blacklistmodel.h"

#include "blacklisttext.h"
#include "widgets/keystate.h"

#include <QGuiApplication>
#include <QSet>

#include <algorithm>

namespace keywheel {

namespace {

bool looksTheSame(const KeySnapshot &a, const KeySnapshot &b)
{
    const auto seen = [](const KeySnapshot &key) {
        return std::tie(key.label, key.preview, key.state, key.fault, key.code, key.reason,
                        key.since, key.until);
    };
    return seen(a) == seen(b);
}

} // namespace

void BlacklistModel::setKeys(const QList<KeySnapshot> &keys, const QDateTime &now)
{
    QList<KeySnapshot> out;
    std::copy_if(keys.cbegin(), keys.cend(), std::back_inserter(out),
                 [](const KeySnapshot &key) { return key.state != KeyState::Available; });
    setNow(now);
    removeMissing(out);
    QSet<QString> known;
    for (const KeySnapshot &key : std::as_const(keys_))
        known.insert(key.fingerprint);
    for (int row = 0; row < out.size(); ++row) {
        const KeySnapshot &key = out.at(row);
        if (row < keys_.size() && keys_.at(row).fingerprint == key.fingerprint) {
            const bool same = looksTheSame(keys_.at(row), key);
            keys_[row] = key;
            if (!same)
                changeRow(row, row);
        } else if (known.contains(key.fingerprint)) { // the list has another order now
            const int from = rowOf(key.fingerprint);
            beginMoveRows({}, from, from, {}, row);
            keys_.move(from, row);
            keys_[row] = key;
            endMoveRows();
            changeRow(row, row);
        } else {
            int last = row;
            while (last + 1 < out.size() && !known.contains(out.at(last + 1).fingerprint))
                ++last;
            beginInsertRows({}, row, last);
            for (int i = row; i <= last; ++i)
                keys_.insert(i, out.at(i));
            endInsertRows();
            row = last;
        }
    }
}

void BlacklistModel::removeMissing(const QList<KeySnapshot> &keys)
{
    QSet<QString> wanted;
    for (const KeySnapshot &key : keys)
        wanted.insert(key.fingerprint);
    for (int last = int(keys_.size()) - 1; last >= 0; --last) {
        if (wanted.contains(keys_.at(last).fingerprint))
            continue;
        int first = last;
        while (first > 0 && !wanted.contains(keys_.at(first - 1).fingerprint))
            --first;
        beginRemoveRows({}, first, last);
        keys_.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
}

void BlacklistModel::setNow(const QDateTime &now)
{
    now_ = now;
    const auto waits = [](const KeySnapshot &key) {
        return key.state == KeyState::CoolingDown;
    };
    const auto first = std::find_if(keys_.cbegin(), keys_.cend(), waits);
    if (first == keys_.cend())
        return;
    const auto last = std::find_if(keys_.crbegin(), keys_.crend(), waits);
    // One signal for all of them: a view looks only at what it shows.
    Q_EMIT dataChanged(index(int(first - keys_.cbegin()), Until),
                       index(int(keys_.crend() - last) - 1, Until));
}

void BlacklistModel::setCheckInterval(std::chrono::milliseconds interval)
{
    if (checkInterval_ == interval)
        return;
    checkInterval_ = interval;
    restyle();
}

void BlacklistModel::restyle()
{
    if (!keys_.isEmpty())
        changeRow(0, int(keys_.size()) - 1);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void BlacklistModel::changeRow(int first, int last)
{
    Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

bool BlacklistModel::countsDown() const
{
    return std::any_of(keys_.cbegin(), keys_.cend(),
                       [](const KeySnapshot &key) { return key.state == KeyState::CoolingDown; });
}

int BlacklistModel::rowOf(const QString &fingerprint) const
{
    const auto found = std::find_if(keys_.cbegin(), keys_.cend(), [&](const KeySnapshot &key) {
        return key.fingerprint == fingerprint;
    });
    return found == keys_.cend() ? -1 : int(found - keys_.cbegin());
}

int BlacklistModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(keys_.size());
}

int BlacklistModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant BlacklistModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const KeySnapshot &key = keys_.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: // columns may be too narrow for it
        return text(key, index.column());
    case Qt::DecorationRole:
        return index.column() == State ? keyStateIcon(key.state, QGuiApplication::palette())
                                       : QVariant();
    case FingerprintRole:
        return key.fingerprint;
    case SortRole:
        return sortValue(key, index.column());
    default:
        return {};
    }
}

QString BlacklistModel::text(const KeySnapshot &key, int column) const
{
    switch (column) {
    case Name:
        return key.label.isEmpty() ? key.preview
                                   : QStringLiteral("%1 (%2)").arg(key.label, key.preview);
    case State:
        return keyStateText(key);
    case Since:
        return timeText(key.since, now_);
    case Until:
        return remaining(key.until, now_);
    case Cause:
        return causeText(key);
    case Said:
        return saidText(key);
    case Next:
        return nextText(key, now_, checkInterval_);
    default:
        return {};
    }
}

QVariant BlacklistModel::sortValue(const KeySnapshot &key, int column) const
{
    switch (column) {
    case State:
        return int(key.state);
    case Since:
        return key.since;
    case Until: // those that do not come back by themselves last
        return key.until.isNull() ? std::numeric_limits<qint64>::max()
                                  : key.until.toMSecsSinceEpoch();
    default:
        return text(key, column);
    }
}

QVariant BlacklistModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Key");
    case State:
        return tr("State");
    case Since:
        return tr("Since");
    case Until:
        return tr("Back in");
    case Cause:
        return tr("Cause");
    case Said:
        return tr("The upstream said");
    case Next:
        return tr("What happens next");
    default:
        return {};
    }
}

} // namespace keywheel
