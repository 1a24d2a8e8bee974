// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "requesttext.h"

#include <QAbstractTableModel>

#include <array>
#include <deque>

namespace keywheel {

class Backend;
struct BackendSnapshot;

/// The last finished requests, newest first. It takes each snapshot's new ones from the backend
/// itself, so that none is missed while nobody looks. Thread: the window's.
///
/// While paused the rows stay as they are; what comes is kept aside, and shown at the end of the
/// pause.
class RequestLogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int Capacity = 10'000;

    enum Column { Time, Method, Path, Status, Key, Attempts, FirstByte, Total, Size, ColumnCount };
    Q_ENUM(Column)

    explicit RequestLogModel(Backend &backend, QObject *parent = nullptr);

    /// Valid until the next change.
    const RequestRecord &record(int row) const { return rows_.at(std::size_t(row)); }

    bool isPaused() const { return paused_; }
    void setPaused(bool paused);
    /// How many have come since the pause began.
    qint64 heldCount() const { return heldCount_; }
    void clear();
    /// All texts, after a change of language; the same for colours.
    void refreshTexts();

    /// Paths without query that occur, most frequent first, at most `count`.
    QStringList frequentPaths(int count) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void heldCountChanged(qint64 count);

private:
    void take(const BackendSnapshot &snapshot);
    void prepend(const QList<RequestRecord> &records);
    void setHeldCount(qint64 count);
    QString text(const RequestRecord &record, int column) const;
    QString toolTip(const RequestRecord &record, int column) const;
    QIcon icon(ShownOutcome outcome) const;

    std::deque<RequestRecord> rows_; ///< newest first
    QList<RequestRecord> held_;      ///< newest last, at most Capacity
    qint64 heldCount_ = 0;
    bool paused_ = false;
    mutable std::array<QIcon, 5> icons_; ///< by outcome, for the palette of iconsFor_
    mutable qint64 iconsFor_ = 0;
};

} // namespace keywheel
