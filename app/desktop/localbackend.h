// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"
#include "engine/serviceoptions.h"

#include <QHash>
#include <QThread>

#include <memory>

namespace keywheel {

class DesktopCore;
class LogSetup;
class TestRequest;

/// The Backend over an engine in a thread of its own. Only values cross between the threads, by
/// queued calls. Destroying it ends the thread at once, and what is under way in it.
class LocalBackend : public Backend
{
    Q_OBJECT

public:
    /// `log` must outlive it; the core's thread configures it from now on.
    LocalBackend(const ServiceOptions &options, LogSetup &log, QObject *parent = nullptr);
    ~LocalBackend() override;

    /// Reads settings and keys and opens the listener. Connect before.
    void run();
    /// Takes no more requests, lets those under way and changes of the keys finish for some
    /// seconds, then emits finished().
    void shutDown();
    /// Reads settings and keys anew.
    void reload();
    void setNetworkDown(bool down);

    const BackendSnapshot &snapshot() const override { return snapshot_; }
    const SettingsView &settings() const override { return settings_; }
    void setWatched(bool watched) override;
    void start() override;
    void stop() override;
    void setDemo(bool demo) override;
    void addKeys(const QList<ApiKey> &keys, QObject *context, Done<Added> done) override;
    void removeKeys(const QStringList &fingerprints, QObject *context, Done<void> done) override;
    void setKeysDisabled(const QStringList &fingerprints, bool disabled, QObject *context,
                         Done<void> done) override;
    void setKeyLabel(const QString &fingerprint, const QString &label, QObject *context,
                     Done<void> done) override;
    void checkKeys(const QStringList &fingerprints, QObject *context,
                   Done<QList<Checked>> done) override;
    void releaseKeys(const QStringList &fingerprints, QObject *context, Done<void> done) override;
    void resetBlacklist(QObject *context, Done<int> done) override;
    void reloadKeys() override;
    void saveSetting(const QString &name, const std::optional<QString> &value, QObject *context,
                     Done<void> done) override;
    void allowOrigin(const QString &origin, QObject *context, Done<void> done) override;
    void dismissNotice(const Notice &notice) override;
    void startTest(const QString &model) override;
    void cancelTest() override;

Q_SIGNALS:
    /// The core has ended.
    void finished(int exitCode);

private:
    /// In the core's thread.
    void post(std::function<void(DesktopCore &)> call);
    /// What takes the result of a call there and has `done` called here.
    template <class T>
    std::function<void(const Expected<T> &)> answerTo(QObject *context, Done<T> done);
    void callKeys(const QString &call, const QJsonObject &arguments, QObject *context,
                  Done<void> done);
    void connectCore();
    void show(const BackendSnapshot &snapshot);

    QThread thread_;
    QObject door_;                      ///< calls to thread_ go by it
    std::unique_ptr<DesktopCore> core_; ///< lives in thread_
    BackendSnapshot snapshot_;
    SettingsView settings_;
    QByteArray authKey_;
    /// By the number of the call; each is given the result. They stay in this thread.
    QHash<quint64, std::function<void(const void *)>> waiting_;
    quint64 calls_ = 0;
    std::unique_ptr<TestRequest> test_;
};

} // namespace keywheel
