// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingsloader.h"

#include "common/redact.h"
#include "settings/envfile.h"
#include "settings/settingstable.h"

#include <QDir>
#include <QFile>
#include <QNetworkInterface>

#include <algorithm>

namespace keywheel {
namespace {

const QString HostName = QStringLiteral("HOST");
const QString PortName = QStringLiteral("PORT");
const QString BaseUrlName = QStringLiteral("OPENAI_BASE_URL");

SettingValue given(const SettingSpec &spec, const SettingSources &sources, const EnvFile &envFile)
{
    if (const auto origin = strongerThanEnvFile(spec.name, sources))
        return {*origin == SettingOrigin::CommandLine ? sources.commandLine.value(spec.name)
                                                      : sources.environment.value(spec.name),
                *origin};
    if (const auto text = envFile.value(spec.name))
        return {*text, SettingOrigin::EnvFile};
    return {};
}

QString whereFrom(const SettingSpec &spec, SettingOrigin origin, const SettingSources &sources,
                  const EnvFile &envFile)
{
    const EnvEntry *entry = envFile.find(spec.name);
    if (origin != SettingOrigin::EnvFile || !entry)
        return originName(origin);
    return QStringLiteral("%1, line %2")
        .arg(QDir::toNativeSeparators(sources.envFilePath), QString::number(entry->line));
}

/// `PORT=70000 (environment) is not valid; accepted: 1 to 65535`
Error badValue(const SettingSpec &spec, const QString &text, const QString &where,
               const QString &reason)
{
    const QString shown = shownBadValue(spec, text);
    return {QStringLiteral("%1%2 (%3) is not valid%4; accepted: %5")
                .arg(spec.name, shown.isEmpty() ? QString() : u'=' + shown, where,
                     reason.isEmpty() ? QString() : QLatin1String(": ") + reason, spec.accepted)};
}

/// Where a connection to `host` ends. Empty for other names than localhost: one that resolves to
/// this machine is found by the loop guard at run time.
QList<QHostAddress> addressesOf(const QString &host)
{
    if (host == QLatin1String("localhost") || host == QLatin1String("localhost."))
        return {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)};
    const QHostAddress address(host);
    if (address == QHostAddress(QHostAddress::AnyIPv4))
        return {QHostAddress(QHostAddress::LocalHost)};
    if (address == QHostAddress(QHostAddress::AnyIPv6))
        return {QHostAddress(QHostAddress::LocalHostIPv6)};
    return address.isNull() ? QList<QHostAddress>() : QList<QHostAddress>{address};
}

/// Whether a listener on `host` takes connections to `address`.
bool listensAt(const QHostAddress &host, const QHostAddress &address)
{
    if (host == QHostAddress(QHostAddress::AnyIPv4) || host == QHostAddress(QHostAddress::AnyIPv6))
        return address.isLoopback() || QNetworkInterface::allAddresses().contains(address);
    return address.isEqual(host, QHostAddress::ConvertV4MappedToIPv4);
}

bool hasOwnPort(const Settings &settings)
{
    const int usual = settings.baseUrl.scheme() == QLatin1String("https") ? 443 : 80;
    return settings.baseUrl.port(usual) == settings.port;
}

/// False while one of the three is bad.
bool isKeywheelItself(const Settings &settings)
{
    const QList<QHostAddress> addresses = addressesOf(settings.baseUrl.host());
    return hasOwnPort(settings) &&
           std::any_of(addresses.cbegin(), addresses.cend(), [&](const QHostAddress &at) {
               return listensAt(settings.host, at) ||
                      (settings.bothLoopbacks && at == QHostAddress(QHostAddress::LocalHostIPv6));
           });
}

/// Whether tools were told this address, to find a Keywheel with this HOST and PORT: also by the
/// loopback address of the other family.
bool isMeantForTools(const Settings &settings)
{
    const QList<QHostAddress> addresses = addressesOf(settings.baseUrl.host());
    const bool loopback =
        settings.host.isLoopback() &&
        std::any_of(addresses.cbegin(), addresses.cend(), [](const QHostAddress &at) {
            return at == QHostAddress(QHostAddress::LocalHost) ||
                   at == QHostAddress(QHostAddress::LocalHostIPv6);
        });
    return isKeywheelItself(settings) || (loopback && hasOwnPort(settings));
}

/// Only HOST, PORT and OPENAI_BASE_URL; nullopt when one of them is bad.
std::optional<Settings> addressSettings(const SettingSources &sources, const EnvFile &envFile)
{
    Settings settings{};
    for (const auto &name : {HostName, PortName, BaseUrlName}) {
        const SettingSpec &spec = *findSetting(name);
        const QString text = given(spec, sources, envFile).text;
        if (!spec.parse(text.isEmpty() ? spec.defaultOn(sources.desktop) : text, settings))
            return std::nullopt;
    }
    return settings;
}

bool isOpen(const Settings &settings)
{
    return !settings.host.isNull() && !settings.host.isLoopback() && settings.authKey.isEmpty();
}

QString loopReason(const Settings &settings)
{
    return QStringLiteral("it is Keywheel itself (HOST=%1, PORT=%2)")
        .arg(settings.host.toString(), QString::number(settings.port));
}

Expected<EnvFile> readEnvFile(const SettingSources &sources)
{
    const bool wanted = !sources.envFilePath.isEmpty() &&
                        (sources.envFileMustExist || QFile::exists(sources.envFilePath));
    return wanted ? EnvFile::load(sources.envFilePath) : EnvFile();
}

void resolveKeysFile(LoadedSettings &loaded, const QString &folder)
{
    if (folder.isEmpty())
        return;
    const SettingOrigin origin = loaded.values.value(QStringLiteral("KEYS_FILE")).origin;
    const bool fromFile = origin == SettingOrigin::Default || origin == SettingOrigin::EnvFile;
    const QDir start(fromFile ? folder : QDir::currentPath());
    loaded.settings.keysFile = QDir::cleanPath(start.absoluteFilePath(loaded.settings.keysFile));
}

/// A secret may stand in another setting by mistake, whose bad value is then named.
QList<Error> withoutSecrets(QList<Error> errors, const Settings &settings)
{
    Redactor redactor;
    redactor.setSecrets({}, {settings.authKey, settings.upstreamProxy.password().toUtf8()});
    for (Error &error : errors)
        error.message = redactor.redact(error.message);
    return errors;
}

} // namespace

std::optional<SettingOrigin> strongerThanEnvFile(const QString &name, const SettingSources &sources)
{
    if (sources.commandLine.contains(name))
        return SettingOrigin::CommandLine;
    const SettingSpec *const spec = findSetting(name);
    const bool secret = spec && spec->secrecy == Secrecy::Secret;
    const bool given = sources.environment.contains(name) &&
                       !(secret && sources.environment.value(name).isEmpty());
    return given ? std::optional(SettingOrigin::Environment) : std::nullopt;
}

SettingSources withoutOwnAddress(const SettingSources &sources, const EnvFile &envFile)
{
    if (sources.freePort || strongerThanEnvFile(BaseUrlName, sources) != SettingOrigin::Environment)
        return sources;
    const std::optional<Settings> settings = addressSettings(sources, envFile);
    SettingSources used = sources;
    if (settings && isMeantForTools(*settings))
        used.environment.remove(BaseUrlName);
    return used;
}

Expected<LoadedSettings, QList<Error>> loadSettings(const SettingSources &sources)
{
    const Expected<EnvFile> envFile = readEnvFile(sources);
    if (!envFile)
        return tl::unexpected(QList<Error>{envFile.error()});
    return loadSettings(sources, *envFile);
}

Expected<LoadedSettings, QList<Error>> loadSettings(const SettingSources &all,
                                                    const EnvFile &envFile)
{
    const SettingSources sources = withoutOwnAddress(all, envFile);
    LoadedSettings loaded{};
    QList<Error> errors;
    if (sources.environment.contains(BaseUrlName) != all.environment.contains(BaseUrlName))
        loaded.notices.append(
            QStringLiteral("OPENAI_BASE_URL=%1 (environment) is Keywheel's own address, which is "
                           "for your tools: it is ignored here")
                .arg(all.environment.value(BaseUrlName)));
    for (const SettingSpec &spec : settingsTable()) {
        SettingValue value = given(spec, sources, envFile);
        if (value.text.isEmpty())
            value.text = spec.defaultOn(sources.desktop);
        if (const auto parsed = spec.parse(value.text, loaded.settings); !parsed)
            errors.append(badValue(
                spec, value.text, whereFrom(spec, value.origin, sources, envFile), parsed.error()));
        loaded.values.insert(spec.name, value);
    }
    resolveKeysFile(loaded, sources.keysFolder);
    if (!sources.freePort && isKeywheelItself(loaded.settings)) {
        const SettingSpec &spec = *findSetting(BaseUrlName);
        const SettingValue value = loaded.values.value(spec.name);
        errors.append(badValue(spec, value.text, whereFrom(spec, value.origin, sources, envFile),
                               loopReason(loaded.settings)));
    }
    if (sources.refuseOpen && isOpen(loaded.settings) && !loaded.settings.allowOpen)
        errors.append({QStringLiteral("HOST=%1 without AUTH_KEY lets everyone who reaches this "
                                      "container spend your API keys: set AUTH_KEY, or "
                                      "ALLOW_OPEN=true if all of them may")
                           .arg(loaded.settings.host.toString())});
    for (const Error &error : envFile.errors())
        errors.append(
            {QDir::toNativeSeparators(sources.envFilePath) + QLatin1String(", ") + error.message});
    if (!errors.isEmpty())
        return tl::unexpected(withoutSecrets(std::move(errors), loaded.settings));
    return loaded;
}

QStringList settingWarnings(const Settings &settings)
{
    QStringList warnings;
    if (isAuthKeyShort(settings))
        warnings +=
            QStringLiteral("AUTH_KEY has fewer than %1 characters and is easily guessed; take "
                           "a long random one, such as `openssl rand -hex 24` prints")
                .arg(ShortAuthKey);
    return warnings;
}

} // namespace keywheel
