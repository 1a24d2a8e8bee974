// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/monitor.h"

#include "desktop/problems.h"
#include "engine/engine.h"

#include <algorithm>

namespace keywheel {

namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds MinutePace{1}; ///< while the last minute's counts fade
constexpr std::chrono::seconds SlowPace{10};  ///< while the last five minutes' do

bool areSame(const QList<Notice> &one, const QList<Notice> &other)
{
    return std::equal(one.cbegin(), one.cend(), other.cbegin(), other.cend(),
                      [](const Notice &a, const Notice &b) {
                          return a.isSame(b) && a.detail == b.detail && a.name == b.name;
                      });
}

/// What a program on this machine connects to.
QHostAddress reachable(const QHostAddress &host)
{
    if (host == QHostAddress(QHostAddress::AnyIPv6))
        return QHostAddress(QHostAddress::LocalHostIPv6);
    const bool any = host == QHostAddress(QHostAddress::AnyIPv4) ||
                     host == QHostAddress(QHostAddress::Any) || host.isNull();
    return any ? QHostAddress(QHostAddress::LocalHost) : host;
}

} // namespace

Monitor::Monitor(Engine &engine, Clock &clock, QObject *parent)
    : QObject(parent),
      engine_(engine),
      clock_(clock),
      traffic_(clock),
      startedAt_(clock.wallNow())
{
    connectEngine();
    connectPool();
    connect(&engine_.accessLog(), &AccessLog::begun, this, &Monitor::noteCounts);
    connect(&engine_.accessLog(), &AccessLog::recorded, this, &Monitor::onRecorded);
}

void Monitor::connectEngine()
{
    connect(&engine_, &Engine::listening, this, &Monitor::noteChange);
    connect(&engine_, &Engine::failed, this, &Monitor::noteChange);
    connect(&engine_, &Engine::stopped, this, &Monitor::noteChange);
    connect(&engine_, &Engine::settingsApplied, this, [this] {
        forgetAllowedOrigins();
        noteChange();
    });
    connect(&engine_, &Engine::originRefused, this, &Monitor::onOriginRefused);
    connect(&engine_, &Engine::keysLoaded, this, [this] {
        keysRead_ = true;
        keysError_.clear();
        noteChange();
    });
    connect(&engine_, &Engine::keysFailed, this, &Monitor::onKeysFailed);
}

void Monitor::onKeysFailed(const Error &error)
{
    keysKept_ = engine_.seemsToHaveKeys();
    // A file that is not there yet is a list without keys: the first import makes it.
    const bool isEmpty =
        !keysKept_ && engine_.settings()->keyStore == KeyStoreKind::File && engine_.keyCount() == 0;
    keysRead_ = keysRead_ || isEmpty;
    keysError_ = isEmpty ? QString() : error.message;
    noteChange();
}

void Monitor::connectPool()
{
    const KeyPool &pool = engine_.pool();
    connect(&pool, &KeyPool::keyBlacklisted, this, &Monitor::noteChange);
    connect(&pool, &KeyPool::keyPutBack, this, &Monitor::noteChange);
    connect(&pool, &KeyPool::keyDisabled, this, &Monitor::noteChange);
    connect(&pool, &KeyPool::noKeyLeft, this, &Monitor::noteChange);
    connect(&pool, &KeyPool::changed, this, &Monitor::noteCounts);
    connect(&pool, &KeyPool::brakeApplied, this, [this](const QDateTime &until) {
        noteChange();
        if (until.isNull())
            return; // whoever knows of the network tells
        const milliseconds left(clock_.wallNow().msecsTo(until));
        clock_.callLater(left + milliseconds(1), this, [this] { noteChange(); });
    });
}

void Monitor::setWatched(bool watched)
{
    const bool was = std::exchange(watched_, watched);
    if (watched && !was)
        publish(look());
}

void Monitor::setSettings(const Settings &settings, const QStringList &errors)
{
    settings_ = settings;
    settingErrors_ = errors;
    noteChange();
}

void Monitor::dismiss(const Notice &notice)
{
    board_.dismiss(notice);
    noteChange();
}

void Monitor::noteChange()
{
    arm(publishedAt_ ? *publishedAt_ + Pace : clock_.now());
}

void Monitor::noteCounts()
{
    countsChanged_ = true;
    const milliseconds pace = watched_ ? Pace : milliseconds(HiddenPace);
    arm(publishedAt_ ? *publishedAt_ + pace : clock_.now());
}

void Monitor::onRecorded(const RequestRecord &record)
{
    traffic_.add(record);
    if (upstream_.note(record))
        noteChange();
    noteCounts();
}

void Monitor::onOriginRefused(const QString &origin)
{
    refusedOrigins_.append({Notice::Kind::OriginRefused, origin, {}, {}, clock_.wallNow()});
    noteChange();
}

void Monitor::forgetAllowedOrigins()
{
    const Settings *const settings = engine_.settings();
    refusedOrigins_.removeIf([&](const Notice &notice) {
        return settings && (settings->allowedOrigins.contains(notice.subject) ||
                            settings->allowedOrigins.contains(QStringLiteral("*")));
    });
}

/// Wakes at `at`, or before if it was to anyway.
void Monitor::arm(Clock::Instant at)
{
    if (armedAt_ && *armedAt_ <= at)
        return;
    armedAt_ = at;
    const auto delay = std::chrono::ceil<milliseconds>(at - clock_.now());
    clock_.callLater(delay, this, [this, at] {
        if (armedAt_ != at)
            return;
        armedAt_.reset();
        wake();
    });
}

void Monitor::wake()
{
    BackendSnapshot snapshot = look();
    const bool faded = snapshot.requestsPerMinute != last_.requestsPerMinute;
    const bool due = watched_ || !publishedAt_ ||
                     (clock_.now() >= *publishedAt_ + HiddenPace && (countsChanged_ || faded));
    if (due || isNews(snapshot))
        publish(std::move(snapshot));
    else
        armNext(snapshot);
}

/// While counts fade of themselves; and for those that came when it was too early to tell.
void Monitor::armNext(const BackendSnapshot &snapshot)
{
    if (!watched_ && countsChanged_)
        arm(*publishedAt_ + HiddenPace); // is to come: else they would have been told
    else if (!watched_ && snapshot.requestsPerMinute > 0)
        arm(clock_.now() + HiddenPace);
    else if (watched_ && snapshot.requestsPerMinute > 0)
        arm(clock_.now() + MinutePace);
    else if (watched_ && (snapshot.successShare || snapshot.p95.count() > 0))
        arm(clock_.now() + SlowPace);
}

bool Monitor::isNews(const BackendSnapshot &snapshot) const
{
    return snapshot.run != last_.run || snapshot.address != last_.address ||
           snapshot.pool.available != last_.pool.available ||
           snapshot.pool.total != last_.pool.total || snapshot.keysError != last_.keysError ||
           snapshot.keysKept != last_.keysKept || !areSame(snapshot.notices, last_.notices);
}

void Monitor::publish(BackendSnapshot snapshot)
{
    if (untaken_) {
        owed_ = true;
        return;
    }
    untaken_ = true;
    owed_ = false;
    countsChanged_ = false;
    publishedAt_ = clock_.now();
    last_ = snapshot;
    last_.keys.clear();
    last_.traffic = {};
    if (watched_)
        snapshot.newRequests = newRequests();
    armNext(snapshot);
    Q_EMIT published(snapshot);
}

void Monitor::taken()
{
    untaken_ = false;
    if (owed_)
        noteChange();
}

QList<RequestRecord> Monitor::newRequests()
{
    const std::deque<RequestRecord> &recent = engine_.accessLog().recent();
    const quint64 finished = engine_.accessLog().counters().requests;
    const quint64 fresh = std::exchange(requestsPublished_, finished);
    const auto count = std::min<std::size_t>(recent.size(), std::size_t(finished - fresh));
    return {recent.cend() - std::ptrdiff_t(count), recent.cend()};
}

BackendSnapshot Monitor::look()
{
    const Settings &settings = engine_.settings() ? *engine_.settings() : settings_;
    BackendSnapshot snapshot;
    snapshot.run = runState();
    snapshot.address = address();
    snapshot.upstream = settings.baseUrl.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    snapshot.needsAuth = !settings.authKey.isEmpty();
    snapshot.demo = demo_;
    snapshot.startedAt = startedAt_;
    snapshot.pool = engine_.pool().snapshot();
    snapshot.keys = engine_.pool().keys();
    snapshot.keysError = keysError_;
    snapshot.keysKept = keysKept_;
    snapshot.counters = engine_.accessLog().counters();
    snapshot.requestsPerMinute = traffic_.requestsInLastMinute();
    const TrafficHistory::Recent recent = traffic_.recent();
    snapshot.successShare = recent.successShare;
    snapshot.p50 = recent.p50;
    snapshot.p95 = recent.p95;
    snapshot.traffic = traffic_.traffic();
    snapshot.notices = notices(snapshot);
    return snapshot;
}

RunState Monitor::runState() const
{
    if (engine_.isListening())
        return RunState::Running;
    if (engine_.isStopped())
        return RunState::Stopped;
    const bool unusable = !engine_.settings() && !settingErrors_.isEmpty();
    return unusable || !engine_.listenError().isEmpty() ? RunState::Failed : RunState::Starting;
}

QUrl Monitor::address() const
{
    const Settings &settings = engine_.settings() ? *engine_.settings() : settings_;
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(reachable(settings.host).toString());
    url.setPort(engine_.port() != 0 ? engine_.port() : settings.port);
    if (engine_.isListening())
        url.setHost(reachable(QHostAddress(engine_.url().host())).toString());
    return url;
}

QList<Notice> Monitor::notices(const BackendSnapshot &snapshot)
{
    Condition condition;
    condition.listenError = engine_.listenError();
    condition.settingErrors = settingErrors_;
    condition.keysRead = keysRead_;
    condition.keysError = keysError_;
    condition.settings = engine_.settings();
    condition.pool = snapshot.pool;
    condition.keys = snapshot.keys;
    condition.upstream = upstream_;
    condition.refusedOrigins = refusedOrigins_;
    return board_.update(problemsOf(condition), clock_.wallNow());
}

} // namespace keywheel
