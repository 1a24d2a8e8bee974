// SPDX-License-Identifier: GPL-3.0-or-later
#include "notifier.h"

#include "backend/noticetext.h"

#include <algorithm>

namespace keywheel {

using namespace std::chrono_literals;

namespace {

constexpr auto pause = 60s;

bool holds(const QList<Notice> &notices, const Notice &wanted)
{
    return std::any_of(notices.cbegin(), notices.cend(),
                       [&wanted](const Notice &notice) { return notice.isSame(wanted); });
}

bool holds(const QList<Notice> &notices, Notice::Kind kind)
{
    return std::any_of(notices.cbegin(), notices.cend(),
                       [kind](const Notice &notice) { return notice.kind == kind; });
}

QString names(const QList<Notice> &notices)
{
    constexpr qsizetype most = 5;
    QStringList list;
    for (const Notice &notice : notices.first(qMin(notices.size(), most)))
        list.append(notice.name);
    if (notices.size() > most)
        list.append(QStringLiteral("…"));
    return list.join(Notifier::tr(", "));
}

} // namespace

Notifier::Notifier(Backend &backend, Preferences &preferences, Clock &clock,
                   Notifications &notifications, QObject *parent)
    : QObject(parent),
      backend_(backend),
      preferences_(preferences),
      clock_(clock),
      notifications_(notifications),
      startedAt_(clock.wallNow())
{
    connect(&backend, &Backend::snapshotChanged, this, &Notifier::look);
    connect(&notifications, &Notifications::clicked, this, &Notifier::click);
    look(backend.snapshot());
}

std::optional<Notifier::Kind> Notifier::kindOf(const Notice &notice)
{
    switch (notice.kind) {
    case Notice::Kind::KeyOut:
        return Kind::KeyOut;
    case Notice::Kind::NoKeyLeft:
        return Kind::NoKeyLeft;
    case Notice::Kind::ListenFailed:
        return Kind::ListenFailed;
    case Notice::Kind::UpstreamDown:
        return Kind::UpstreamDown;
    default:
        return std::nullopt;
    }
}

void Notifier::look(const BackendSnapshot &snapshot)
{
    for (const Notice &notice : snapshot.notices) {
        const auto kind = kindOf(notice);
        // What began before this run, such as a key that ran out last week, is no news.
        const bool old = notice.since.isValid() && notice.since < startedAt_;
        if (kind && !old && !holds(known_, notice))
            add(*kind, notice);
    }
    lookForUpstream(snapshot);
    known_ = snapshot.notices;
}

void Notifier::lookForUpstream(const BackendSnapshot &snapshot)
{
    // A stopped proxy does not know whether the upstream answers.
    if (!toldUpstreamDown_ || snapshot.run != RunState::Running ||
        holds(snapshot.notices, Notice::Kind::UpstreamDown))
        return;
    toldUpstreamDown_ = false;
    add(Kind::UpstreamBack, {Notice::Kind::UpstreamDown, {}, {}, {}, {}});
}

void Notifier::add(Kind kind, const Notice &notice)
{
    Topic &topic = topics_.try_emplace(kind, clock_, [this, kind] { tell(kind); }).first->second;
    topic.pending.append(notice);
    topic.due.setNoLaterThan(topic.lastTold ? *topic.lastTold + pause : clock_.now());
}

void Notifier::tell(Kind kind)
{
    Topic &topic = topics_.at(kind);
    dropOutdated(kind, topic);
    const QList<Notice> pending = std::exchange(topic.pending, {});
    if (pending.isEmpty() || !preferences_.notifications())
        return;
    topic.lastTold = clock_.now();
    topic.shown = pending.first();
    if (pending.size() > 1)
        topic.shown.subject.clear();
    if (kind == Kind::UpstreamDown)
        toldUpstreamDown_ = true;
    notifications_.show(inWords(kind, pending));
}

void Notifier::dropOutdated(Kind kind, Topic &topic) const
{
    const QList<Notice> &present = backend_.snapshot().notices;
    if (kind == Kind::UpstreamBack) {
        if (holds(present, Notice::Kind::UpstreamDown))
            topic.pending.clear();
        return;
    }
    QList<Notice> valid;
    for (const Notice &notice : std::as_const(topic.pending))
        if (holds(present, notice) && !holds(valid, notice))
            valid.append(notice);
    topic.pending = valid;
}

Notification Notifier::inWords(Kind kind, const QList<Notice> &notices) const
{
    const Notice &first = notices.first();
    Notification shown{QStringLiteral("%1").arg(int(kind)), noticeTitle(first), noticeDetail(first),
                       noticeSeverity(first.kind) == Severity::Danger};
    if (kind == Kind::UpstreamBack) {
        // In the place of the bad news.
        shown.topic = QStringLiteral("%1").arg(int(Kind::UpstreamDown));
        shown.title = tr("The upstream answers again");
        shown.text.clear();
    } else if (notices.size() > 1) {
        shown.title = tr("%L1 API keys are out of use").arg(notices.size());
        shown.text = names(notices);
    }
    if (backend_.snapshot().demo)
        shown.title = tr("Demo: %1").arg(shown.title);
    return shown;
}

void Notifier::click(const QString &topic)
{
    bool known = false;
    const auto found = topics_.find(Kind(topic.toInt(&known)));
    if (known && found != topics_.end())
        Q_EMIT opened(found->second.shown);
}

} // namespace keywheel
