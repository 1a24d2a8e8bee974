// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"

#include <QAbstractTableModel>
#include <QIcon>
#include <QPalette>

#include <array>

namespace keywheel {

/// The keys as a table, one row each, in list order. setKeys() tells views only what has changed,
/// so that selection and scroll position stay. Holds no secret. Thread: the window's.
class KeyTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        LabelColumn, ///< can be edited, see labelEdited()
        KeyColumn,
        StateColumn,
        ReturnColumn, ///< the time until a cooldown ends
        SuccessColumn,
        FailureColumn,
        ShareColumn, ///< of the successes of all keys here
        LastUsedColumn,
        OrganizationColumn,
        CheckColumn,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole, ///< a number or a text to compare
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setKeys(const QList<KeySnapshot> &keys);
    /// Countdowns are shown from `now` (UTC) on.
    void setNow(const QDateTime &now);
    void setPalette(const QPalette &palette); ///< for icons
    void retranslate();

    /// A check is under way, or what it gave. Kept until the next one or until the key goes.
    void setChecking(const QStringList &fingerprints);
    void setChecked(const QList<Backend::Checked> &results);
    /// Those under way have failed as a whole.
    void dropChecking();
    bool hasChecks() const { return !checks_.isEmpty(); }

    const KeySnapshot &key(int row) const { return rows_.at(row).key; }
    int rowOf(const QString &fingerprint) const; ///< -1: not here
    bool hasCountdown() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    /// A person gave the key another label; it is shown already. Whatever looked like a key in it
    /// has been taken out.
    void labelEdited(const QString &fingerprint, const QString &label);

private:
    struct Row
    {
        KeySnapshot key;
        int share = -1; ///< in thousandths; -1: nobody has a success yet
        int mates = 0;  ///< keys of the same organisation, this one included
    };
    struct Check
    {
        bool running = false;
        Backend::Checked result;
    };

    static QList<Row> rowsOf(const QList<KeySnapshot> &keys);
    void matchRows(const QList<Row> &rows);
    bool removeGone(const QList<Row> &rows);
    void insertNew(const QList<Row> &rows);
    void reorder(const QList<Row> &rows);
    void updateRows(const QList<Row> &rows);
    void indexRows();
    void tellChanged(Column column);

    QString text(const Row &row, Column column) const;
    QString checkText(const QString &fingerprint) const;
    QString toolTip(const Row &row, Column column) const;
    QVariant sortValue(const Row &row, Column column) const;

    QList<Row> rows_;
    QHash<QString, int> rowOf_; ///< by fingerprint
    QHash<QString, Check> checks_;
    QDateTime now_;
    std::array<QIcon, 4> icons_; ///< by KeyState
};

} // namespace keywheel
