// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "requestlogmodel.h"

#include <QSortFilterProxyModel>

namespace keywheel {

/// Which requests to show: those that meet every condition that is set.
struct RequestConditions
{
    enum class Outcome { Any, Succeeded, Retried, Refused, Failed, Interrupted };

    Outcome outcome = Outcome::Any;
    QString key = {};  ///< a preview; of any of the attempts
    QString path = {}; ///< without query
    QString text = {}; ///< somewhere in it, without regard to case

    bool isEmpty() const
    {
        return outcome == Outcome::Any && key.isEmpty() && path.isEmpty() && text.isEmpty();
    }
    friend bool operator==(const RequestConditions &, const RequestConditions &) = default;
};

/// The rows of a RequestLogModel that meet the conditions; in its order, or sorted by the values.
class RequestFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit RequestFilter(RequestLogModel &source, QObject *parent = nullptr);

    const RequestConditions &conditions() const { return conditions_; }
    void setConditions(const RequestConditions &conditions);
    /// Valid until the next change.
    const RequestRecord &record(int row) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    RequestLogModel &source_;
    RequestConditions conditions_;
};

} // namespace keywheel
