// SPDX-License-Identifier: GPL-3.0-or-later
#include "keyfiltermodel.h"

namespace keywheel {

KeyFilterModel::KeyFilterModel(KeyTableModel &keys, QObject *parent)
    : QSortFilterProxyModel(parent),
      keys_(keys)
{
    setSourceModel(&keys);
    setSortRole(KeyTableModel::SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSortLocaleAware(true);
}

void KeyFilterModel::setSearch(const QString &text)
{
    const QString search = text.trimmed();
    if (search == search_)
        return;
    search_ = search;
    invalidateRowsFilter();
}

void KeyFilterModel::setStates(States states)
{
    if (states == states_)
        return;
    states_ = states;
    invalidateRowsFilter();
}

void KeyFilterModel::setHidden(const QSet<QString> &fingerprints)
{
    if (fingerprints == hidden_)
        return;
    hidden_ = fingerprints;
    invalidateRowsFilter();
}

const KeySnapshot &KeyFilterModel::key(int row) const
{
    return keys_.key(mapToSource(index(row, 0)).row());
}

bool KeyFilterModel::filterAcceptsRow(int row, const QModelIndex &) const
{
    const KeySnapshot &key = keys_.key(row);
    if (!hasState(key) || hidden_.contains(key.fingerprint))
        return false;
    const auto holds = [this](const QString &text) {
        return text.contains(search_, Qt::CaseInsensitive);
    };
    return search_.isEmpty() || holds(key.label) || holds(key.preview) || holds(key.fingerprint) ||
           holds(QString::fromUtf8(key.organization));
}

bool KeyFilterModel::hasState(const KeySnapshot &key) const
{
    const bool quota = key.fault == FaultClass::Quota;
    switch (states_) {
    case States::All:
        return true;
    case States::Available:
        return key.state == KeyState::Available;
    case States::CoolingDown:
        return key.state == KeyState::CoolingDown;
    case States::NoQuota:
        return key.state == KeyState::Permanent && quota;
    case States::OutOfUse:
        return key.state == KeyState::Permanent && !quota;
    case States::Disabled:
        return key.state == KeyState::Disabled;
    }
    return false;
}

} // namespace keywheel
