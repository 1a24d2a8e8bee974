// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/singleinstance.h"

#include "control/controlclient.h"
#include "control/controlpath.h"

#include <QElapsedTimer>
#include <QThread>

#include <array>

namespace keywheel {

namespace {

using Call = SingleInstance::Call;

constexpr std::chrono::seconds Patience{5}; ///< for one that is just starting or ending
constexpr std::array<std::pair<Call, const char *>, 5> Calls{{{Call::Show, "desktop.show"},
                                                              {Call::Toggle, "desktop.toggle"},
                                                              {Call::StartServer, "desktop.start"},
                                                              {Call::StopServer, "desktop.stop"},
                                                              {Call::Quit, "desktop.quit"}}};

QString channel()
{
    return QStringLiteral("desktop");
}

QString nameOf(Call call)
{
    for (const auto &[known, name] : Calls) {
        if (known == call)
            return QLatin1String(name);
    }
    Q_UNREACHABLE();
}

} // namespace

SingleInstance::SingleInstance(QObject *parent) : QObject(parent)
{
    ControlServer::Handlers handlers;
    for (const auto &[call, name] : Calls)
        handlers.insert(
            QLatin1String(name),
            [this, call = call](const QJsonObject &, const ControlServer::Answer &answer) {
                answer(QJsonObject());
                Q_EMIT called(call);
            });
    server_.addHandlers(handlers);
}

SingleInstance::~SingleInstance() = default;

Expected<SingleInstance::Role> SingleInstance::begin(std::optional<Call> call)
{
    const auto path = lockPath(QStringLiteral("desktop.lock"));
    if (!path)
        return tl::unexpected(path.error());
    lock_ = std::make_unique<QLockFile>(*path);
    lock_->setStaleLockTime(0); // its process tells, not its age
    QElapsedTimer waited;
    waited.start();
    while (!lock_->tryLock(0)) {
        if (lock_->error() != QLockFile::LockFailedError)
            return failure(QStringLiteral("%1 cannot be written.").arg(*path));
        // The one that has it may not listen yet, or no more.
        const auto running = ControlClient::find(channel());
        if (!running)
            return tl::unexpected(running.error());
        if (*running)
            return call
                       ? (*running)->call(nameOf(*call), {}, Patience).map([](const QJsonObject &) {
                             return Role::Second;
                         })
                       : Role::Second;
        if (waited.hasExpired(std::chrono::milliseconds(Patience).count()))
            return failure(
                QStringLiteral("Another Keywheel of yours holds %1, but does not answer.")
                    .arg(*path));
        QThread::msleep(20);
    }
    return server_.listen(channel()).map([] { return Role::First; });
}

void SingleInstance::end()
{
    server_.close();
    lock_.reset();
}

Expected<bool> SingleInstance::tell(Call call)
{
    const auto running = ControlClient::find(channel());
    if (!running)
        return tl::unexpected(running.error());
    if (!*running)
        return false;
    return (*running)->call(nameOf(call), {}, Patience).map([](const QJsonObject &) {
        return true;
    });
}

} // namespace keywheel
