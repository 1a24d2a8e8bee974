// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"

#include <QAbstractTableModel>

namespace keywheel {

/// The keys that are not in use, with why and until when. Changes come in piece by piece, so that
/// selection and scroll position stay. Thread: the window's.
class BlacklistModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, State, Since, Until, Cause, Said, Next, ColumnCount };
    /// FingerprintRole: which key it is. SortRole: what a column is sorted by.
    enum Role { FingerprintRole = Qt::UserRole, SortRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Takes those that are not available; countdowns as at `now` (UTC).
    void setKeys(const QList<KeySnapshot> &keys, const QDateTime &now);
    /// Time goes on.
    void setNow(const QDateTime &now);
    /// How often Keywheel checks keys by itself; zero: never.
    void setCheckInterval(std::chrono::milliseconds interval);
    /// Icons and texts anew, for another palette or language.
    void restyle();

    bool countsDown() const; ///< some key comes back by itself
    const KeySnapshot &key(int row) const { return keys_.at(row); }
    int rowOf(const QString &fingerprint) const; ///< -1: it is in use

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const KeySnapshot &key, int column) const;
    QVariant sortValue(const KeySnapshot &key, int column) const;
    void removeMissing(const QList<KeySnapshot> &keys);
    void changeRow(int first, int last);

    QList<KeySnapshot> keys_;
    QDateTime now_;
    std::chrono::milliseconds checkInterval_{0};
};

} // namespace keywheel
