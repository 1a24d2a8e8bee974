// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestlogmodel.h"

#include "backend/backend.h"

#include <QGuiApplication>
#include <QLocale>

#include <algorithm>

namespace keywheel {

namespace {

bool isNumber(int column)
{
    return column >= RequestLogModel::Attempts;
}

/// Today's by the time alone.
QString timeText(const QDateTime &utc)
{
    const QDateTime local = utc.toLocalTime();
    QString time = local.time().toString(QStringLiteral("HH:mm:ss"));
    if (local.date() == QDate::currentDate())
        return time;
    return QLocale().toString(local.date(), QLocale::ShortFormat) + QLatin1Char(' ') + time;
}

} // namespace

RequestLogModel::RequestLogModel(Backend &backend, QObject *parent) : QAbstractTableModel(parent)
{
    connect(&backend, &Backend::snapshotChanged, this, &RequestLogModel::take);
}

void RequestLogModel::take(const BackendSnapshot &snapshot)
{
    if (snapshot.newRequests.isEmpty())
        return;
    if (!paused_)
        return prepend(snapshot.newRequests);
    held_ += snapshot.newRequests;
    if (held_.size() > Capacity)
        held_.remove(0, held_.size() - Capacity);
    setHeldCount(heldCount_ + snapshot.newRequests.size());
}

void RequestLogModel::prepend(const QList<RequestRecord> &records)
{
    const int count = int(std::min<qsizetype>(records.size(), Capacity));
    if (count == 0)
        return;
    const int kept = std::min(int(rows_.size()), Capacity - count);
    if (kept < int(rows_.size())) {
        beginRemoveRows({}, kept, int(rows_.size()) - 1);
        rows_.resize(std::size_t(kept));
        endRemoveRows();
    }
    beginInsertRows({}, 0, count - 1);
    std::copy(records.cend() - count, records.cend(), std::front_inserter(rows_));
    endInsertRows();
}

void RequestLogModel::setPaused(bool paused)
{
    if (paused_ == paused)
        return;
    paused_ = paused;
    if (!paused) {
        prepend(std::exchange(held_, {}));
        setHeldCount(0);
    }
}

void RequestLogModel::setHeldCount(qint64 count)
{
    if (std::exchange(heldCount_, count) != count)
        Q_EMIT heldCountChanged(count);
}

void RequestLogModel::clear()
{
    beginResetModel();
    rows_.clear();
    held_.clear();
    endResetModel();
    setHeldCount(0);
}

void RequestLogModel::refreshTexts()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!rows_.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(rows_.size()) - 1, ColumnCount - 1));
}

QStringList RequestLogModel::frequentPaths(int count) const
{
    QHash<QByteArray, int> uses;
    for (const RequestRecord &record : rows_)
        ++uses[pathOnly(record.path)];
    QList<std::pair<int, QByteArray>> ranked;
    for (const auto &[path, times] : uses.asKeyValueRange())
        ranked.append({-times, path});
    std::sort(ranked.begin(), ranked.end());
    QStringList paths;
    for (const auto &[rank, path] : ranked.mid(0, count))
        paths.append(QString::fromUtf8(path));
    return paths;
}

int RequestLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(rows_.size());
}

int RequestLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RequestRecord &row = record(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case Qt::DecorationRole:
        return index.column() == Status ? QVariant(icon(shownOutcome(row))) : QVariant();
    case Qt::TextAlignmentRole:
        return int((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant RequestLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Method:
        return tr("Method");
    case Path:
        return tr("Path");
    case Status:
        return tr("Status");
    case Key:
        return tr("Key");
    case Attempts:
        return tr("Attempts");
    case FirstByte:
        return tr("First byte");
    case Total:
        return tr("Total");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

QString RequestLogModel::text(const RequestRecord &record, int column) const
{
    switch (column) {
    case Time:
        return timeText(record.startedAt);
    case Method:
        return QString::fromUtf8(record.method);
    case Path:
        return QString::fromUtf8(record.path);
    case Status:
        return outcomeText(record);
    case Key:
        return record.attempts.isEmpty() ? QString() : record.attempts.last().keyPreview;
    case Attempts:
        return QLocale().toString(record.attempts.size());
    case FirstByte:
        return record.firstByte.count() > 0 ? durationText(record.firstByte) : QString();
    case Total:
        return durationText(record.total);
    case Size:
        return QLocale().formattedDataSize(record.bytesOut, 1, QLocale::DataSizeTraditionalFormat);
    default:
        return {};
    }
}

QString RequestLogModel::toolTip(const RequestRecord &record, int column) const
{
    switch (column) {
    case Time:
        return QLocale().toString(record.startedAt.toLocalTime(), QLocale::LongFormat);
    case Path:
        // A path may look like markup; a tool tip would show it as such.
        return QString::fromUtf8(record.path).toHtmlEscaped();
    case Size:
        return tr("Request: %1, answer: %2")
            .arg(QLocale().formattedDataSize(record.bytesIn),
                 QLocale().formattedDataSize(record.bytesOut));
    default:
        return {};
    }
}

QIcon RequestLogModel::icon(ShownOutcome outcome) const
{
    const QPalette palette = QGuiApplication::palette();
    if (std::exchange(iconsFor_, palette.cacheKey()) != palette.cacheKey())
        icons_ = {};
    QIcon &icon = icons_.at(std::size_t(outcome));
    if (icon.isNull())
        icon = outcomeIcon(outcome, palette);
    return icon;
}

} // namespace keywheel
