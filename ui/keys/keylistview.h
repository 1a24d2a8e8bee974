// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"

#include <QTableView>

namespace keywheel {

class KeyActions;
class KeyFilterModel;
class Preferences;

/// The list of keys, in the order of the pool until a header is clicked. Its columns open as the
/// person left them. Thread: the window's; what the constructor takes must outlive it.
class KeyListView : public QTableView
{
    Q_OBJECT

public:
    KeyListView(KeyFilterModel &shown, KeyActions &actions, Preferences &preferences,
                QWidget *parent = nullptr);

    QList<KeySnapshot> selection() const;
    void select(const QModelIndex &key);
    void showChecks(bool checks); ///< the column of what checks found
    void keepLayout();            ///< for the next time

private:
    void setUpColumns();
    void editLabel();

    KeyFilterModel &shown_;
    Preferences &preferences_;
};

} // namespace keywheel
