// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/traffichistory.h"
#include "accesslog/upstreamhealth.h"
#include "backend/backendsnapshot.h"
#include "common/expected.h"
#include "desktop/noticeboard.h"

#include <QObject>

namespace keywheel {

class Engine;

/// Looks at an engine for the window, and says when there is something new: Backend::setWatched()
/// has the pace. While nothing happens no timer runs.
///
/// After each published() it waits for taken(), so that a window that is frozen is not flooded.
/// Thread: the core's; `engine` and `clock` must outlive it.
class Monitor : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds Pace{250}; ///< while watched
    static constexpr std::chrono::seconds HiddenPace{5};

    Monitor(Engine &engine, Clock &clock, QObject *parent = nullptr);

    /// Publishes at once when it begins.
    void setWatched(bool watched);
    /// What the engine does not know: `settings` that it would use, and why others were refused.
    void setSettings(const Settings &settings, const QStringList &errors);
    void setDemo(bool demo) { demo_ = demo; }
    void dismiss(const Notice &notice);
    /// Something may have changed that people should see soon.
    void noteChange();
    void taken();

Q_SIGNALS:
    void published(const keywheel::BackendSnapshot &snapshot);

private:
    void connectEngine();
    void connectPool();
    void onKeysFailed(const Error &error);
    void noteCounts();
    void onRecorded(const RequestRecord &record);
    void onOriginRefused(const QString &origin);
    void forgetAllowedOrigins();
    void arm(Clock::Instant at);
    void wake();
    void armNext(const BackendSnapshot &snapshot);
    BackendSnapshot look();
    RunState runState() const;
    QUrl address() const;
    QList<Notice> notices(const BackendSnapshot &snapshot);
    bool isNews(const BackendSnapshot &snapshot) const;
    void publish(BackendSnapshot snapshot);
    QList<RequestRecord> newRequests();

    Engine &engine_;
    Clock &clock_;
    TrafficHistory traffic_;
    UpstreamHealth upstream_;
    NoticeBoard board_;
    Settings settings_{};
    QStringList settingErrors_;
    bool keysRead_ = false;
    QString keysError_;
    bool keysKept_ = false; ///< when they could not be read
    QList<Notice> refusedOrigins_;
    QDateTime startedAt_;
    bool demo_ = false;

    bool watched_ = false;
    bool countsChanged_ = false; ///< since the last published()
    bool untaken_ = false;       ///< the last one
    bool owed_ = false;          ///< another one, as soon as that is taken
    std::optional<Clock::Instant> armedAt_;
    std::optional<Clock::Instant> publishedAt_;
    quint64 requestsPublished_ = 0;
    BackendSnapshot last_; ///< without lists
};

} // namespace keywheel
