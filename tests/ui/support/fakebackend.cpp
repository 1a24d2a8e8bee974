// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakebackend.h"

#include "settings/settingstable.h"

namespace keywheel {

FakeBackend::FakeBackend()
{
    snapshot_.run = RunState::Running;
    snapshot_.address = QUrl(QStringLiteral("http://127.0.0.1:3000"));
    snapshot_.upstream = QUrl(QStringLiteral("https://api.example.com"));
    for (const SettingSpec &spec : settingsTable())
        settings_.rows.append({spec.name,
                               spec.secrecy == Secrecy::Secret ? QString() : spec.defaultText,
                               !spec.defaultText.isEmpty(), SettingOrigin::Default});
    settings_.envFile = QStringLiteral("/home/user/.config/keywheel/.env");
}

void FakeBackend::publish()
{
    Q_EMIT snapshotChanged(snapshot_);
    snapshot_.newRequests.clear();
}

void FakeBackend::setDemo(bool demo)
{
    note(QStringLiteral("setDemo %1").arg(demo ? QStringLiteral("true") : QStringLiteral("false")));
    snapshot_.demo = demo;
}

void FakeBackend::addKeys(const QList<ApiKey> &keys, QObject *, Done<Added> done)
{
    note(QStringLiteral("addKeys %1").arg(keys.size()));
    if (error_.isEmpty())
        addedKeys_ += keys;
    done(outcome().map([&] { return Added{int(keys.size()), 0}; }));
}

void FakeBackend::removeKeys(const QStringList &fingerprints, QObject *, Done<void> done)
{
    note(QStringLiteral("removeKeys ") + fingerprints.join(QLatin1Char(',')));
    done(outcome());
}

void FakeBackend::setKeysDisabled(const QStringList &fingerprints, bool disabled, QObject *,
                                  Done<void> done)
{
    note(QStringLiteral("setKeysDisabled %1 %2")
             .arg(fingerprints.join(QLatin1Char(',')),
                  disabled ? QStringLiteral("true") : QStringLiteral("false")));
    done(outcome());
}

void FakeBackend::setKeyLabel(const QString &fingerprint, const QString &label, QObject *,
                              Done<void> done)
{
    note(QStringLiteral("setKeyLabel %1 %2").arg(fingerprint, label));
    done(outcome());
}

void FakeBackend::checkKeys(const QStringList &fingerprints, QObject *, Done<QList<Checked>> done)
{
    note(QStringLiteral("checkKeys ") + fingerprints.join(QLatin1Char(',')));
    done(outcome().map([&] { return checked_; }));
}

void FakeBackend::releaseKeys(const QStringList &fingerprints, QObject *, Done<void> done)
{
    note(QStringLiteral("releaseKeys ") + fingerprints.join(QLatin1Char(',')));
    done(outcome());
}

void FakeBackend::resetBlacklist(QObject *, Done<int> done)
{
    note(QStringLiteral("resetBlacklist"));
    done(outcome().map([&] { return snapshot_.pool.total - snapshot_.pool.available; }));
}

void FakeBackend::saveSetting(const QString &name, const std::optional<QString> &value, QObject *,
                              Done<void> done)
{
    note(
        QStringLiteral("saveSetting %1 %2").arg(name, value.value_or(QStringLiteral("(default)"))));
    done(outcome());
}

void FakeBackend::allowOrigin(const QString &origin, QObject *, Done<void> done)
{
    note(QStringLiteral("allowOrigin ") + origin);
    done(outcome());
}

void FakeBackend::dismissNotice(const Notice &notice)
{
    note(QStringLiteral("dismissNotice ") + notice.subject);
}

void FakeBackend::startTest(const QString &model)
{
    note(QStringLiteral("startTest ") + model);
}

Expected<void> FakeBackend::outcome() const
{
    return error_.isEmpty() ? Expected<void>() : failure(error_);
}

} // namespace keywheel
