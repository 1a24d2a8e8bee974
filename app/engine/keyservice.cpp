// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/keyservice.h"

#include "accesslog/accesslog.h"
#include "common/redact.h"
#include "control/controlclient.h"
#include "engine/keyadmin.h"
#include "engine/keystores.h"
#include "engine/upstreamconfig.h"
#include "keystate/keystatestore.h"
#include "keystate/statefolder.h"
#include "proxy/keychecker.h"

#include <QEventLoop>
#include <QFileInfo>

#include <optional>

namespace keywheel {

namespace {

/// A keychain may ask a person first; checks wait for the API.
constexpr std::chrono::minutes CallLimit{5};

class RemoteKeys final : public KeyService
{
public:
    explicit RemoteKeys(std::unique_ptr<ControlClient> client) : client_(std::move(client)) {}

    Expected<QJsonObject> call(const QString &name, const QJsonObject &arguments) override
    {
        return client_->call(name, arguments, CallLimit);
    }
    bool isRemote() const override { return true; }

private:
    std::unique_ptr<ControlClient> client_;
};

/// The parts of an Engine that keys need, for as long as a command runs.
class LocalKeys final : public KeyService
{
public:
    explicit LocalKeys(const Settings &settings)
        : pool_(clock_, systemRandom()),
          states_(pool_, clock_),
          store_(makeKeyStore(settings, clock_)),
          network_(clock_),
          checker_({network_, pool_, accessLog_, clock_, redactor_, systemRandom()}),
          admin_(pool_, checker_),
          handlers_(admin_.handlers())
    {
        QObject::connect(store_.get(), &KeyStore::loaded, &pool_, [this](const KeyList &list) {
            QList<QByteArray> secrets;
            for (const ApiKey &key : list.keys)
                secrets.append(key.secret);
            redactor_.setSecrets(secrets, {});
            pool_.setKeys(list.keys);
        });
        admin_.setStore(store_.get());
        states_.open(stateFolder());
    }

    Expected<void> open(const Settings &settings)
    {
        checker_.setConfig(settings.baseUrl, std::chrono::milliseconds(0));
        auto configured = network_.setConfig(upstreamConfig(settings));
        // A file that is not there yet: the first import makes it.
        if (settings.keyStore == KeyStoreKind::File && !QFileInfo::exists(settings.keysFile))
            return configured;
        return configured.and_then([this] { return load(); });
    }

    Expected<QJsonObject> call(const QString &name, const QJsonObject &arguments) override
    {
        std::optional<Expected<QJsonObject>> result;
        QEventLoop loop;
        handlers_.value(name)(arguments, [&](const Expected<QJsonObject> &answer) {
            result = answer;
            loop.quit();
        });
        if (!result) // else it was answered at once
            loop.exec();
        return *result;
    }
    bool isRemote() const override { return false; }

private:
    Expected<void> load()
    {
        std::optional<Expected<void>> result;
        QEventLoop loop;
        const auto finish = [&](Expected<void> loaded) {
            result = std::move(loaded);
            loop.quit();
        };
        QObject::connect(store_.get(), &KeyStore::loaded, &loop, [&] { finish({}); });
        QObject::connect(store_.get(), &KeyStore::failed, &loop,
                         [&](const Error &error) { finish(tl::unexpected(error)); });
        store_->load();
        loop.exec();
        return *result;
    }

    SystemClock clock_;
    Redactor redactor_;
    KeyPool pool_;
    KeyStateStore states_; ///< writes what has changed at the end
    std::unique_ptr<KeyStore> store_;
    AccessLog accessLog_;
    AccessManager network_;
    KeyChecker checker_;
    KeyAdmin admin_;
    ControlServer::Handlers handlers_;
};

} // namespace

Expected<std::unique_ptr<KeyService>> openKeyService(const Settings &settings)
{
    auto running = ControlClient::find(settings.port);
    if (!running)
        return tl::unexpected(running.error());
    if (*running)
        return std::make_unique<RemoteKeys>(std::move(*running));
    auto local = std::make_unique<LocalKeys>(settings);
    if (const auto loaded = local->open(settings); !loaded)
        return tl::unexpected(loaded.error());
    return local;
}

} // namespace keywheel
