// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"
#include "backend/preferences.h"
#include "common/alarm.h"
#include "notifications.h"

#include <map>

namespace keywheel {

/// Tells a person who does not look at the window about what keeps requests from being served: a
/// key out for good, no key left, the address taken, the upstream down and back. Each kind at most
/// once a minute; what comes in between is told together at its end, if it still holds.
///
/// Thread: the window's; the references must outlive it.
class Notifier : public QObject
{
    Q_OBJECT

public:
    Notifier(Backend &backend, Preferences &preferences, Clock &clock, Notifications &notifications,
             QObject *parent = nullptr);

Q_SIGNALS:
    /// A person wants to see what the notification was about.
    void opened(const keywheel::Notice &notice);

private:
    enum class Kind { KeyOut, NoKeyLeft, ListenFailed, UpstreamDown, UpstreamBack };
    struct Topic
    {
        Topic(Clock &clock, std::function<void()> tell) : due(clock, std::move(tell)) {}

        QList<Notice> pending;
        Alarm due; ///< of the next tell()
        std::optional<Clock::Instant> lastTold;
        Notice shown;
    };

    static std::optional<Kind> kindOf(const Notice &notice);
    void look(const BackendSnapshot &snapshot);
    void lookForUpstream(const BackendSnapshot &snapshot);
    void add(Kind kind, const Notice &notice);
    void tell(Kind kind);
    void dropOutdated(Kind kind, Topic &topic) const;
    Notification inWords(Kind kind, const QList<Notice> &notices) const;
    void click(const QString &topic);

    Backend &backend_;
    Preferences &preferences_;
    Clock &clock_;
    Notifications &notifications_;
    QDateTime startedAt_;
    QList<Notice> known_;
    bool toldUpstreamDown_ = false;
    std::map<Kind, Topic> topics_;
};

} // namespace keywheel
