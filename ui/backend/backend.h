// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backendsnapshot.h"
#include "common/expected.h"
#include "keypool/keysnapshot.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <optional>

namespace keywheel {

/// The running Keywheel as the window sees it: values in, values out. app implements it over the
/// engine in its own thread; tests use a fake.
///
/// Thread: the window's, results and signals included. A result comes once, later than the call,
/// and not at all when `context` is gone by then. Errors are one sentence for people, without
/// secrets.
class Backend : public QObject
{
    Q_OBJECT

public:
    template <class T>
    using Done = std::function<void(const Expected<T> &)>;

    struct Added
    {
        int added = 0;
        int present = 0; ///< were there already
    };
    struct Checked
    {
        QString fingerprint;
        enum class Outcome { Good, Bad, Limited, Unknown } outcome = Outcome::Unknown;
        QString reason;
    };

    using QObject::QObject;

    /// The last one that snapshotChanged() brought, without its newRequests.
    virtual const BackendSnapshot &snapshot() const = 0;
    virtual const SettingsView &settings() const = 0;

    /// While somebody looks, snapshots come up to 4 times a second when something happens;
    /// otherwise only when the run state, the health or the notices change, and at most every 5 s
    /// for the counts.
    virtual void setWatched(bool watched) = 0;

    virtual void start() = 0;
    /// Takes no more requests; those under way end by themselves.
    virtual void stop() = 0;
    /// Changes between the simulated upstream with its sample keys and the person's own.
    virtual void setDemo(bool demo) = 0;

    virtual void addKeys(const QList<ApiKey> &keys, QObject *context, Done<Added> done) = 0;
    virtual void removeKeys(const QStringList &fingerprints, QObject *context, Done<void> done) = 0;
    virtual void setKeysDisabled(const QStringList &fingerprints, bool disabled, QObject *context,
                                 Done<void> done) = 0;
    /// An empty label brings back that of the list.
    virtual void setKeyLabel(const QString &fingerprint, const QString &label, QObject *context,
                             Done<void> done) = 0;
    /// Asks the upstream, for free, whether they are good.
    virtual void checkKeys(const QStringList &fingerprints, QObject *context,
                           Done<QList<Checked>> done) = 0;
    /// From the blacklist; disabled ones stay so.
    virtual void releaseKeys(const QStringList &fingerprints, QObject *context,
                             Done<void> done) = 0;
    virtual void resetBlacklist(QObject *context, Done<int> done) = 0;
    /// Reads the key store again, for instance after the keychain was unlocked.
    virtual void reloadKeys() = 0;

    /// Writes the .env file and takes the setting over; nullopt takes it out of the file. Refused,
    /// with nothing written, when the value is bad or the environment or command line fixes it.
    virtual void saveSetting(const QString &name, const std::optional<QString> &value,
                             QObject *context, Done<void> done) = 0;
    /// Adds it to ALLOWED_ORIGINS.
    virtual void allowOrigin(const QString &origin, QObject *context, Done<void> done) = 0;
    /// It does not come back until the problem has been away.
    virtual void dismissNotice(const Notice &notice) = 0;

    /// One streamed chat completion through the listener, as a tool would send it, AUTH_KEY
    /// included. One at a time: testText()… then testDone().
    /// An empty model: the first one that the upstream lists.
    virtual void startTest(const QString &model) = 0;
    virtual void cancelTest() = 0;

Q_SIGNALS:
    void snapshotChanged(const keywheel::BackendSnapshot &snapshot);
    void settingsChanged(const keywheel::SettingsView &settings);
    void testText(const QString &text);
    /// `error` is empty when it went well.
    void testDone(const QString &error);
};

} // namespace keywheel
