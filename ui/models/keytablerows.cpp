// SPDX-License-Identifier: GPL-3.0-or-later
// How the rows of KeyTableModel follow the snapshots.
#include "keytablemodel.h"

#include "widgets/keystate.h"

#include <QSet>

#include <algorithm>

namespace keywheel {

namespace {

/// Each run of rows that is removed costs every view; beyond that all is shown anew.
constexpr int MostRuns = 100;

/// The columns from the first to the last that look different.
struct Span
{
    int first = KeyTableModel::ColumnCount;
    int last = -1;

    void add(int column)
    {
        first = std::min(first, column);
        last = std::max(last, column);
    }
    bool isEmpty() const { return last < 0; }
};

} // namespace

QList<KeyTableModel::Row> KeyTableModel::rowsOf(const QList<KeySnapshot> &keys)
{
    quint64 successes = 0;
    QHash<QByteArray, int> mates;
    for (const KeySnapshot &key : keys) {
        successes += key.successes;
        if (!key.organization.isEmpty())
            ++mates[key.organization];
    }
    QList<Row> rows;
    rows.reserve(keys.size());
    for (const KeySnapshot &key : keys) {
        const int share =
            successes == 0 ? -1 : qRound(1000.0 * double(key.successes) / double(successes));
        rows.append({key, share, mates.value(key.organization)});
    }
    return rows;
}

/// A key is known by its fingerprint: each pool counts ids from 1, and the demo has a pool of its
/// own.
void KeyTableModel::setKeys(const QList<KeySnapshot> &keys)
{
    const QList<Row> rows = rowsOf(keys);
    const bool same = std::equal(
        rows.cbegin(), rows.cend(), rows_.cbegin(), rows_.cend(),
        [](const Row &a, const Row &b) { return a.key.fingerprint == b.key.fingerprint; });
    if (!same)
        matchRows(rows);
    updateRows(rows);
}

/// Afterwards the rows have the keys of `rows` in their order.
void KeyTableModel::matchRows(const QList<Row> &rows)
{
    if (removeGone(rows)) {
        insertNew(rows);
        reorder(rows);
    } else {
        beginResetModel();
        rows_ = rows;
        endResetModel();
    }
    indexRows();
    checks_.removeIf([this](const auto &check) { return !rowOf_.contains(check.key()); });
}

/// False when there would be too many runs.
bool KeyTableModel::removeGone(const QList<Row> &rows)
{
    QSet<QString> stay;
    for (const Row &row : rows)
        stay.insert(row.key.fingerprint);
    QList<std::pair<int, int>> runs; // the last first
    for (int end = int(rows_.size()) - 1; end >= 0; --end) {
        if (stay.contains(rows_.at(end).key.fingerprint))
            continue;
        int first = end;
        while (first > 0 && !stay.contains(rows_.at(first - 1).key.fingerprint))
            --first;
        runs.append({first, end});
        end = first;
    }
    if (runs.size() > MostRuns)
        return false;
    for (const auto &[first, last] : std::as_const(runs)) {
        beginRemoveRows({}, first, last);
        rows_.remove(first, last - first + 1);
        endRemoveRows();
    }
    return true;
}

/// Appends what is new, as the engine does.
void KeyTableModel::insertNew(const QList<Row> &rows)
{
    QSet<QString> there;
    for (const Row &row : std::as_const(rows_))
        there.insert(row.key.fingerprint);
    QList<Row> fresh;
    std::copy_if(rows.cbegin(), rows.cend(), std::back_inserter(fresh),
                 [&](const Row &row) { return !there.contains(row.key.fingerprint); });
    if (fresh.isEmpty())
        return;
    beginInsertRows({}, int(rows_.size()), int(rows_.size() + fresh.size()) - 1);
    rows_ += fresh;
    endInsertRows();
}

void KeyTableModel::reorder(const QList<Row> &rows)
{
    QHash<QString, int> place;
    for (int i = 0; i < rows.size(); ++i)
        place.insert(rows.at(i).key.fingerprint, i);
    const auto before = [&](const Row &a, const Row &b) {
        return place.value(a.key.fingerprint) < place.value(b.key.fingerprint);
    };
    if (std::is_sorted(rows_.cbegin(), rows_.cend(), before))
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    for (const QModelIndex &old : from)
        to.append(index(place.value(rows_.at(old.row()).key.fingerprint), old.column()));
    std::sort(rows_.begin(), rows_.end(), before);
    changePersistentIndexList(from, to);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void KeyTableModel::updateRows(const QList<Row> &rows)
{
    const auto changed = [](const Row &was, const Row &is) {
        Span span;
        const auto look = [&span](bool same, int column) {
            if (!same)
                span.add(column);
        };
        look(was.key.label == is.key.label, LabelColumn);
        look(was.key.state == is.key.state && was.key.fault == is.key.fault &&
                 was.key.since == is.key.since && was.key.reason == is.key.reason,
             StateColumn);
        look(was.key.until == is.key.until && was.key.state == is.key.state, ReturnColumn);
        look(was.key.successes == is.key.successes, SuccessColumn);
        look(was.key.failures == is.key.failures, FailureColumn);
        look(was.share == is.share, ShareColumn);
        look(was.key.lastUsed == is.key.lastUsed, LastUsedColumn);
        look(was.key.organization == is.key.organization && was.mates == is.mates,
             OrganizationColumn);
        return span;
    };
    // Rows that change together, as they do when keys take turns, are told at once.
    int first = -1;
    Span span;
    const auto tell = [&](int end) {
        if (first >= 0)
            Q_EMIT dataChanged(index(first, span.first), index(end - 1, span.last));
        first = -1;
        span = {};
    };
    for (int i = 0; i < rows.size(); ++i) {
        const Span row = changed(rows_.at(i), rows.at(i));
        if (row.isEmpty()) {
            tell(i);
            continue;
        }
        rows_[i] = rows.at(i);
        if (first < 0)
            first = i;
        span.add(row.first);
        span.add(row.last);
    }
    tell(int(rows.size()));
}

void KeyTableModel::indexRows()
{
    rowOf_.clear();
    for (int i = 0; i < rows_.size(); ++i)
        rowOf_.insert(rows_.at(i).key.fingerprint, i);
}

int KeyTableModel::rowOf(const QString &fingerprint) const
{
    return rowOf_.value(fingerprint, -1);
}

bool KeyTableModel::hasCountdown() const
{
    return std::any_of(rows_.cbegin(), rows_.cend(),
                       [](const Row &row) { return row.key.state == KeyState::CoolingDown; });
}

void KeyTableModel::setNow(const QDateTime &now)
{
    const QDateTime before = std::exchange(now_, now);
    for (int i = 0; i < rows_.size(); ++i) {
        const KeySnapshot &key = rows_.at(i).key;
        if (key.state == KeyState::CoolingDown &&
            remaining(key.until, before) != remaining(key.until, now))
            Q_EMIT dataChanged(index(i, ReturnColumn), index(i, ReturnColumn));
    }
    if (before.toLocalTime().date() != now.toLocalTime().date())
        tellChanged(LastUsedColumn);
}

void KeyTableModel::setPalette(const QPalette &palette)
{
    for (size_t state = 0; state < icons_.size(); ++state)
        icons_.at(state) = keyStateIcon(KeyState(state), palette);
    tellChanged(StateColumn);
}

void KeyTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!rows_.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(rows_.size()) - 1, ColumnCount - 1));
}

void KeyTableModel::setChecking(const QStringList &fingerprints)
{
    for (const QString &fingerprint : fingerprints) {
        if (rowOf_.contains(fingerprint))
            checks_[fingerprint].running = true;
    }
    tellChanged(CheckColumn);
}

void KeyTableModel::setChecked(const QList<Backend::Checked> &results)
{
    for (const Backend::Checked &result : results) {
        if (rowOf_.contains(result.fingerprint))
            checks_[result.fingerprint] = {false, result};
    }
    dropChecking();
}

void KeyTableModel::dropChecking()
{
    checks_.removeIf([](const auto &check) { return check.value().running; });
    tellChanged(CheckColumn);
}

void KeyTableModel::tellChanged(Column column)
{
    if (!rows_.isEmpty())
        Q_EMIT dataChanged(index(0, column), index(int(rows_.size()) - 1, column));
}

} // namespace keywheel
