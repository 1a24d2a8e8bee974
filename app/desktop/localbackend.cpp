// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/localbackend.h"

#include "desktop/desktopcore.h"
#include "desktop/testrequest.h"

#include <QJsonArray>
#include <QPointer>

#ifdef Q_OS_LINUX
#include "process/epolldispatcher.h"
#endif

namespace keywheel {

namespace {

QJsonObject named(const QStringList &fingerprints)
{
    return {{QStringLiteral("fingerprints"), QJsonArray::fromStringList(fingerprints)}};
}

} // namespace

LocalBackend::LocalBackend(const ServiceOptions &options, LogSetup &log, QObject *parent)
    : Backend(parent),
      test_(std::make_unique<TestRequest>())
{
    connect(test_.get(), &TestRequest::text, this, &Backend::testText);
    connect(test_.get(), &TestRequest::done, this, &Backend::testDone);
    thread_.setObjectName(QStringLiteral("keywheel-core"));
#ifdef Q_OS_LINUX
    thread_.setEventDispatcher(new EpollDispatcher);
#endif
    thread_.start();
    door_.moveToThread(&thread_);
    QMetaObject::invokeMethod(
        &door_, [&] { core_ = std::make_unique<DesktopCore>(options, log); },
        Qt::BlockingQueuedConnection);
    connectCore();
}

LocalBackend::~LocalBackend()
{
    QMetaObject::invokeMethod(
        &door_, [this] { core_.reset(); }, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
}

void LocalBackend::connectCore()
{
    connect(core_.get(), &DesktopCore::published, this, &LocalBackend::show, Qt::QueuedConnection);
    connect(
        core_.get(), &DesktopCore::settingsRead, this,
        [this](const SettingsView &view, const QByteArray &authKey) {
            settings_ = view;
            authKey_ = authKey;
            Q_EMIT settingsChanged(settings_);
        },
        Qt::QueuedConnection);
    connect(core_.get(), &DesktopCore::finished, this, &LocalBackend::finished,
            Qt::QueuedConnection);
}

void LocalBackend::show(const BackendSnapshot &snapshot)
{
    snapshot_ = snapshot;
    snapshot_.newRequests.clear();
    post([](DesktopCore &core) { core.monitor().taken(); });
    Q_EMIT snapshotChanged(snapshot);
}

void LocalBackend::post(std::function<void(DesktopCore &)> call)
{
    QMetaObject::invokeMethod(
        &door_, [this, call = std::move(call)] { call(*core_); }, Qt::QueuedConnection);
}

template <class T>
std::function<void(const Expected<T> &)> LocalBackend::answerTo(QObject *context, Done<T> done)
{
    const quint64 number = ++calls_;
    waiting_.insert(number, [context = QPointer(context), done = std::move(done)](const void *it) {
        if (context && done)
            done(*static_cast<const Expected<T> *>(it));
    });
    return [this, number](const Expected<T> &result) {
        QMetaObject::invokeMethod(
            this, [this, number, result] { waiting_.take(number)(&result); }, Qt::QueuedConnection);
    };
}

void LocalBackend::run()
{
    post([](DesktopCore &core) { core.start(); });
}

void LocalBackend::shutDown()
{
    post([](DesktopCore &core) { core.service().stop(); });
}

void LocalBackend::reload()
{
    post([](DesktopCore &core) {
        core.service().reload();
        core.service().reloadKeys();
    });
}

void LocalBackend::setNetworkDown(bool down)
{
    post([down](DesktopCore &core) { core.setNetworkDown(down); });
}

void LocalBackend::setWatched(bool watched)
{
    post([watched](DesktopCore &core) { core.setWatched(watched); });
}

void LocalBackend::start()
{
    post([](DesktopCore &core) {
        (void)core.service().startListening(); // a failure makes a notice
        core.monitor().noteChange();
    });
}

void LocalBackend::stop()
{
    post([](DesktopCore &core) { core.service().stopListening(); });
}

void LocalBackend::setDemo(bool demo)
{
    post([demo](DesktopCore &core) { core.setDemo(demo); });
}

void LocalBackend::addKeys(const QList<ApiKey> &keys, QObject *context, Done<Added> done)
{
    post([keys, answer = answerTo(context, std::move(done))](DesktopCore &core) {
        core.addKeys(keys, answer);
    });
}

void LocalBackend::callKeys(const QString &call, const QJsonObject &arguments, QObject *context,
                            Done<void> done)
{
    post([call, arguments, answer = answerTo(context, std::move(done))](DesktopCore &core) {
        core.callKeys(call, arguments, answer);
    });
}

void LocalBackend::removeKeys(const QStringList &fingerprints, QObject *context, Done<void> done)
{
    callKeys(QStringLiteral("keys.remove"), named(fingerprints), context, std::move(done));
}

void LocalBackend::setKeysDisabled(const QStringList &fingerprints, bool disabled, QObject *context,
                                   Done<void> done)
{
    callKeys(disabled ? QStringLiteral("keys.disable") : QStringLiteral("keys.enable"),
             named(fingerprints), context, std::move(done));
}

void LocalBackend::setKeyLabel(const QString &fingerprint, const QString &label, QObject *context,
                               Done<void> done)
{
    callKeys(QStringLiteral("keys.label"),
             {{QStringLiteral("fingerprint"), fingerprint}, {QStringLiteral("label"), label}},
             context, std::move(done));
}

void LocalBackend::checkKeys(const QStringList &fingerprints, QObject *context,
                             Done<QList<Checked>> done)
{
    post([fingerprints, answer = answerTo(context, std::move(done))](DesktopCore &core) {
        core.checkKeys(fingerprints, answer);
    });
}

void LocalBackend::releaseKeys(const QStringList &fingerprints, QObject *context, Done<void> done)
{
    post([fingerprints, answer = answerTo(context, std::move(done))](DesktopCore &core) {
        core.releaseKeys(fingerprints);
        answer({});
    });
}

void LocalBackend::resetBlacklist(QObject *context, Done<int> done)
{
    post([answer = answerTo(context, std::move(done))](DesktopCore &core) {
        answer(core.resetBlacklist());
    });
}

void LocalBackend::reloadKeys()
{
    post([](DesktopCore &core) { core.service().reloadKeys(); });
}

void LocalBackend::saveSetting(const QString &name, const std::optional<QString> &value,
                               QObject *context, Done<void> done)
{
    post([name, value, answer = answerTo(context, std::move(done))](DesktopCore &core) {
        answer(core.service().saveSetting(name, value));
    });
}

void LocalBackend::allowOrigin(const QString &origin, QObject *context, Done<void> done)
{
    post([origin, answer = answerTo(context, std::move(done))](DesktopCore &core) {
        answer(core.allowOrigin(origin));
    });
}

void LocalBackend::dismissNotice(const Notice &notice)
{
    post([notice](DesktopCore &core) { core.monitor().dismiss(notice); });
}

void LocalBackend::startTest(const QString &model)
{
    test_->start(snapshot_.address, authKey_, model);
}

void LocalBackend::cancelTest()
{
    test_->cancel();
}

} // namespace keywheel
