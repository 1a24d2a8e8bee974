// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestfilter.h"

#include <algorithm>

namespace keywheel {

namespace {

bool meets(const RequestRecord &record, RequestConditions::Outcome wanted)
{
    using Wanted = RequestConditions::Outcome;
    const ShownOutcome outcome = shownOutcome(record);
    switch (wanted) {
    case Wanted::Any:
        return true;
    case Wanted::Succeeded:
        return outcome == ShownOutcome::Succeeded;
    case Wanted::Retried:
        return record.attempts.size() > 1;
    case Wanted::Refused:
        return outcome == ShownOutcome::Refused;
    case Wanted::Failed:
        return outcome == ShownOutcome::Failed;
    case Wanted::Interrupted:
        return outcome == ShownOutcome::Interrupted || outcome == ShownOutcome::ClientLeft;
    }
    return true;
}

bool holds(const QByteArray &bytes, const QString &text)
{
    return QString::fromUtf8(bytes).contains(text, Qt::CaseInsensitive);
}

bool holds(const RequestRecord &record, const QString &text)
{
    return holds(record.path, text) || holds(record.method, text) || holds(record.id, text) ||
           holds(record.upstreamId, text) || record.peer.contains(text, Qt::CaseInsensitive) ||
           std::any_of(record.attempts.cbegin(), record.attempts.cend(),
                       [&text](const AttemptRecord &attempt) {
                           return attempt.keyPreview.contains(text, Qt::CaseInsensitive) ||
                                  attempt.reason.contains(text, Qt::CaseInsensitive);
                       }) ||
           outcomeText(record).contains(text, Qt::CaseInsensitive);
}

QString lastKey(const RequestRecord &record)
{
    return record.attempts.isEmpty() ? QString() : record.attempts.last().keyPreview;
}

} // namespace

RequestFilter::RequestFilter(RequestLogModel &source, QObject *parent)
    : QSortFilterProxyModel(parent),
      source_(source)
{
    setSourceModel(&source);
}

void RequestFilter::setConditions(const RequestConditions &conditions)
{
    if (conditions_ == conditions)
        return;
    conditions_ = conditions;
    invalidateFilter();
}

const RequestRecord &RequestFilter::record(int row) const
{
    return source_.record(mapToSource(index(row, 0)).row());
}

bool RequestFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const RequestRecord &record = source_.record(row);
    if (!meets(record, conditions_.outcome))
        return false;
    if (!conditions_.key.isEmpty() && std::none_of(record.attempts.cbegin(), record.attempts.cend(),
                                                   [this](const AttemptRecord &attempt) {
                                                       return attempt.keyPreview == conditions_.key;
                                                   }))
        return false;
    if (!conditions_.path.isEmpty() && QString::fromUtf8(pathOnly(record.path)) != conditions_.path)
        return false;
    return conditions_.text.isEmpty() || holds(record, conditions_.text);
}

bool RequestFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const RequestRecord &a = source_.record(left.row());
    const RequestRecord &b = source_.record(right.row());
    switch (left.column()) {
    case RequestLogModel::Time:
        return a.startedAt < b.startedAt;
    case RequestLogModel::Method:
        return a.method < b.method;
    case RequestLogModel::Path:
        return a.path < b.path;
    case RequestLogModel::Status:
        return std::pair(shownOutcome(a), a.status) < std::pair(shownOutcome(b), b.status);
    case RequestLogModel::Key:
        return lastKey(a) < lastKey(b);
    case RequestLogModel::Attempts:
        return a.attempts.size() < b.attempts.size();
    case RequestLogModel::FirstByte:
        return a.firstByte < b.firstByte;
    case RequestLogModel::Total:
        return a.total < b.total;
    case RequestLogModel::Size:
        return a.bytesOut < b.bytesOut;
    default:
        return false;
    }
}

} // namespace keywheel
