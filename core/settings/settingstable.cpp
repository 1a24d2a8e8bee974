// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingstable.h"

#include "settings/settingspecs.h"

#include <QCoreApplication>

#include <algorithm>

namespace keywheel {
namespace {

using specs::choice;
using specs::into;
using specs::number;
using specs::onOff;
using specs::withDesktopDefault;

const QString Integer = QStringLiteral("number");
const QString Duration = QStringLiteral("milliseconds");

Parsed<void> readHost(const QString &text, Settings &settings)
{
    const auto address = parseAddress(text);
    if (!address)
        return tl::unexpected<QString>(address.error());
    settings.host = *address;
    settings.bothLoopbacks = isLocalhost(text);
    return {};
}

QString printHost(const Settings &settings)
{
    return settings.bothLoopbacks ? QStringLiteral("localhost") : settings.host.toString();
}

QList<SettingSpec> listenerSettings()
{
    return {
        number<&Settings::port>(QStringLiteral("PORT"), Integer, 3000, 1, 65535,
                                QT_TRANSLATE_NOOP("Settings", "Port to listen on.")),
        {QStringLiteral("HOST"), QStringLiteral("address"), QStringLiteral("127.0.0.1"),
         QStringLiteral(QT_TRANSLATE_NOOP(
             "Settings", "an IP address such as 127.0.0.1, 0.0.0.0 or ::1, or localhost")),
         Secrecy::Public,
         QT_TRANSLATE_NOOP("Settings",
                           "Address to listen on (localhost: 127.0.0.1 and ::1); one that is not "
                           "loopback lets your network spend your keys, so set AUTH_KEY with it."),
         readHost, printHost},
        {QStringLiteral("AUTH_KEY"), QStringLiteral("secret"), QString(),
         QStringLiteral(QT_TRANSLATE_NOOP(
             "Settings", "printable ASCII, better 16 characters or more, no space at either end")),
         Secrecy::Secret,
         QT_TRANSLATE_NOOP("Settings", "What clients must send as their own API key."),
         into<&Settings::authKey>(parseToken),
         [](const Settings &settings) {
             return QString::fromLatin1(settings.authKey);
         }},
        onOff<&Settings::allowOpen>(
            QStringLiteral("ALLOW_OPEN"), false,
            QT_TRANSLATE_NOOP("Settings",
                              "In a container only (KEYWHEEL_CONTAINER=1): start without AUTH_KEY "
                              "on an address that is not loopback.")),
    };
}

QList<SettingSpec> keySettings()
{
    auto file = [](const QString &text) {
        return Parsed<QString>(text);
    };
    return {
        withDesktopDefault(
            choice<&Settings::keyStore>(
                QStringLiteral("KEY_STORE"), {QStringLiteral("file"), QStringLiteral("keychain")},
                KeyStoreKind::File,
                QT_TRANSLATE_NOOP("Settings", "Where the API keys live: in KEYS_FILE, or encrypted "
                                              "in the keychain of your desktop session.")),
            QStringLiteral("keychain")),
        {QStringLiteral("KEYS_FILE"), QStringLiteral("file"), QStringLiteral("keys.txt"),
         QStringLiteral(QT_TRANSLATE_NOOP("Settings", "the path of a file")), Secrecy::Public,
         QT_TRANSLATE_NOOP("Settings",
                           "The API keys, one a line, with # comments, or in another form "
                           "that keys import reads; a relative path starts at the "
                           "working directory, on the desktop beside its .env file."),
         into<&Settings::keysFile>(file),
         [](const Settings &settings) {
             return settings.keysFile;
         }},
        number<&Settings::startIndex>(
            QStringLiteral("START_INDEX"), Integer, 0, 0, 1000000,
            QT_TRANSLATE_NOOP("Settings", "First key of the rotation, counted from 0.")),
        choice<&Settings::keyStrategy>(
            QStringLiteral("KEY_STRATEGY"),
            {QStringLiteral("round-robin"), QStringLiteral("least-used"),
             QStringLiteral("fill-first"), QStringLiteral("headroom")},
            WhichKey::RoundRobin,
            QT_TRANSLATE_NOOP("Settings",
                              "Which key comes next: in turn; the one used least since the start; "
                              "the first one until it is set aside; or the one with most left of "
                              "its rate limits as its answers told (x-ratelimit-remaining-*).")),
        number<&Settings::blacklistThreshold>(
            QStringLiteral("BLACKLIST_THRESHOLD"), Integer, 1, 1, 1000,
            QT_TRANSLATE_NOOP("Settings", "Temporary failures in a row that blacklist a key.")),
        choice<&Settings::allKeysBlacklisted>(
            QStringLiteral("ALL_KEYS_BLACKLISTED"),
            {QStringLiteral("reset"), QStringLiteral("reject")}, WhenNoKeyLeft::Reset,
            QT_TRANSLATE_NOOP("Settings",
                              "When no key is left: reset ends all cooldowns and goes on, reject "
                              "answers 503 until the first cooldown ends.")),
        number<&Settings::keyCheckInterval>(
            QStringLiteral("KEY_CHECK_INTERVAL"), Duration, 3600000, 0, 604800000,
            QT_TRANSLATE_NOOP("Settings",
                              "Time between free requests (GET /v1/models) that find out whether a "
                              "blacklisted key is good again; 0 turns them off.")),
    };
}

QList<SettingSpec> upstreamSettings()
{
    return {
        {QStringLiteral("OPENAI_BASE_URL"), QStringLiteral("URL"),
         QStringLiteral("https://api.openai.com"),
         QStringLiteral(QT_TRANSLATE_NOOP(
             "Settings", "http://HOST or https://HOST, with a port and path if need be")),
         Secrecy::Credentials,
         QT_TRANSLATE_NOOP("Settings",
                           "The API to forward to; its path is put before that of a request, "
                           "and with a version of its own (/v1, /v1beta/openai) in the place of "
                           "/v1."),
         into<&Settings::baseUrl>(parseBaseUrl),
         [](const Settings &settings) {
             return settings.baseUrl.toString(QUrl::FullyEncoded);
         }},
        {QStringLiteral("UPSTREAM_PROXY"), QStringLiteral("URL"), QStringLiteral("system"),
         QStringLiteral(QT_TRANSLATE_NOOP(
             "Settings",
             "system, none, http://host:port or socks5://host:port (socks5h and socks too), with "
             "user:pass@ before the host if need be")),
         Secrecy::Credentials,
         QT_TRANSLATE_NOOP("Settings",
                           "The proxy on the way to the API; system is what http_proxy, "
                           "https_proxy, ALL_PROXY and NO_PROXY say, else the desktop's."),
         into<&Settings::upstreamProxy>(parseProxy),
         [](const Settings &settings) {
             return printProxy(settings.upstreamProxy);
         }},
        {QStringLiteral("UPSTREAM_CA_FILE"), QStringLiteral("file"), QString(),
         QStringLiteral(QT_TRANSLATE_NOOP("Settings", "the path of a readable PEM file")),
         Secrecy::Public,
         QT_TRANSLATE_NOOP("Settings", "Further certificate authorities to trust for the API."),
         into<&Settings::upstreamCaFile>(parseCertificateFile),
         [](const Settings &settings) {
             return settings.upstreamCaFile;
         }},
        onOff<&Settings::upstreamHttp2>(
            QStringLiteral("UPSTREAM_HTTP2"), false,
            QT_TRANSLATE_NOOP("Settings", "HTTP/2 to an API that speaks it over TLS: fewer "
                                          "connections, but slower for each request.")),
        number<&Settings::requestTimeout>(
            QStringLiteral("REQUEST_TIMEOUT"), Duration, 30000, 1, 86400000,
            QT_TRANSLATE_NOOP("Settings",
                              "Time to connect, finish TLS and hand the request over.")),
        number<&Settings::responseTimeout>(
            QStringLiteral("RESPONSE_TIMEOUT"), Duration, 600000, 1, 86400000,
            QT_TRANSLATE_NOOP("Settings",
                              "Silence allowed while a response is awaited or under way; "
                              "a stream that keeps sending is never cut.")),
        number<&Settings::maxRetries>(
            QStringLiteral("MAX_RETRIES"), Integer, 3, 0, 100,
            QT_TRANSLATE_NOOP("Settings", "Further keys tried before the client sees a failure.")),
        number<&Settings::maxSockets>(
            QStringLiteral("MAX_SOCKETS"), Integer, 50, 1, 20000,
            QT_TRANSLATE_NOOP("Settings",
                              "Connections to the API at once; further requests wait in order.")),
        number<&Settings::maxFreeSockets>(
            QStringLiteral("MAX_FREE_SOCKETS"), Integer, 10, 0, 20000,
            QT_TRANSLATE_NOOP("Settings", "Idle connections to the API that are kept.")),
    };
}

QList<SettingSpec> clientSettings()
{
    return {
        onOff<&Settings::enableCors>(
            QStringLiteral("ENABLE_CORS"), true,
            QT_TRANSLATE_NOOP("Settings", "Answer the browsers of the allowed origins.")),
        {QStringLiteral("ALLOWED_ORIGINS"), QStringLiteral("list"),
         QStringLiteral(
             "http://localhost:*,https://localhost:*,http://127.0.0.1:*,"
             "https://127.0.0.1:*,http://[::1]:*,https://[::1]:*,http://tauri.localhost,"
             "https://tauri.localhost,capacitor://localhost,ionic://localhost,app://,file://,"
             "tauri://,vscode-webview://,vscode-file://"),
         QStringLiteral(QT_TRANSLATE_NOOP(
             "Settings",
             "a comma list of *, scheme://host, scheme://host:port, scheme://host:* and "
             "scheme://")),
         Secrecy::Public,
         QT_TRANSLATE_NOOP("Settings",
                           "Web pages and apps that may call Keywheel; * as a port is any "
                           "port, * alone is everyone, scheme:// is every page of it."),
         into<&Settings::allowedOrigins>(parseOrigins),
         [](const Settings &settings) {
             return settings.allowedOrigins.join(u',');
         }},
        number<&Settings::maxBodySize>(
            QStringLiteral("MAX_BODY_SIZE"), QStringLiteral("bytes"), 104857600, 1, 10737418240,
            QT_TRANSLATE_NOOP("Settings", "Largest request body; more gets 413.")),
        number<&Settings::maxConnections>(
            QStringLiteral("MAX_CONNECTIONS"), Integer, 10000, 1, 1000000,
            QT_TRANSLATE_NOOP("Settings",
                              "Client connections at once; more are refused with 503.")),
    };
}

QList<SettingSpec> logSettings()
{
    return {
        choice<&Settings::logLevel>(
            QStringLiteral("LOG_LEVEL"),
            {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"),
             QStringLiteral("error")},
            LogLevel::Info, QT_TRANSLATE_NOOP("Settings", "The least important lines to log.")),
        choice<&Settings::logFormat>(
            QStringLiteral("LOG_FORMAT"), {QStringLiteral("text"), QStringLiteral("json")},
            LogFormat::Text,
            QT_TRANSLATE_NOOP("Settings", "Log lines for people, coloured on a terminal unless "
                                          "NO_COLOR is set, or one JSON object a line.")),
    };
}

} // namespace

const QList<SettingSpec> &settingsTable()
{
    static const QList<SettingSpec> table =
        listenerSettings() + keySettings() + upstreamSettings() + clientSettings() + logSettings();
    return table;
}

const SettingSpec *findSetting(const QString &name)
{
    const QList<SettingSpec> &table = settingsTable();
    const auto found = std::find_if(table.cbegin(), table.cend(),
                                    [&](const SettingSpec &spec) { return spec.name == name; });
    return found == table.cend() ? nullptr : &*found;
}

} // namespace keywheel
