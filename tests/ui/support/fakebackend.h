// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"

namespace keywheel {

/// A Backend that shows what a test puts in, notes what it is asked, and answers at once with what
/// the test wants.
class FakeBackend : public Backend
{
    Q_OBJECT

public:
    FakeBackend();

    /// Shows `snapshot_` or `settings_` after the test has changed it.
    void publish();
    void publishSettings() { Q_EMIT settingsChanged(settings_); }

    const BackendSnapshot &snapshot() const override { return snapshot_; }
    const SettingsView &settings() const override { return settings_; }
    void setWatched(bool watched) override { watched_ = watched; }
    void start() override { note(QStringLiteral("start")); }
    void stop() override { note(QStringLiteral("stop")); }
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
    void reloadKeys() override { note(QStringLiteral("reloadKeys")); }
    void saveSetting(const QString &name, const std::optional<QString> &value, QObject *context,
                     Done<void> done) override;
    void allowOrigin(const QString &origin, QObject *context, Done<void> done) override;
    void dismissNotice(const Notice &notice) override;
    void startTest(const QString &model) override;
    void cancelTest() override { note(QStringLiteral("cancelTest")); }

    /// Calls since the last look, such as `setKeysDisabled a1,b2 true`; never a secret.
    QStringList takeCalls() { return std::exchange(calls_, {}); }

    BackendSnapshot snapshot_;
    SettingsView settings_;
    QList<ApiKey> addedKeys_;
    QList<Checked> checked_; ///< what checkKeys() answers
    QString error_;          ///< when not empty, every call with a result fails with it
    bool watched_ = false;

Q_SIGNALS:
    void called(const QString &call); ///< at once

private:
    void note(const QString &call)
    {
        calls_.append(call);
        Q_EMIT called(call);
    }
    Expected<void> outcome() const;

    QStringList calls_;
};

/// Fills it with what a busy Keywheel shows: six keys in all states, an hour of traffic, 200
/// requests with retries and failures, and two notices.
void fillWithSamples(FakeBackend &backend);

} // namespace keywheel
