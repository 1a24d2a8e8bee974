// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/statuscommand.h"

#include "cli/statustext.h"
#include "process/terminal.h"
#include "upstream/accessmanager.h"
#include "upstream/rawhead.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <memory>

namespace keywheel {

namespace {

using Command = CommandLine::Command;
constexpr std::chrono::milliseconds TimeLimit{5000};

struct Answer
{
    int status = 0; ///< 0: none came
    QByteArray body;
    QString networkError;
};

/// Where a server on this machine that listens on `settings` is reached.
QUrl localUrl(const Settings &settings)
{
    QHostAddress host = settings.host;
    if (host == QHostAddress(QHostAddress::AnyIPv4) || host == QHostAddress(QHostAddress::Any))
        host = QHostAddress(QHostAddress::LocalHost);
    else if (host == QHostAddress(QHostAddress::AnyIPv6))
        host = QHostAddress(QHostAddress::LocalHostIPv6);
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(host.toString());
    url.setPort(settings.port);
    return url;
}

/// Whether the AUTH_KEY may go to `url`: to this machine, or where the settings say that Keywheel
/// is. No other host has a right to it.
bool mayHaveAuthKey(const QUrl &url, const Settings &settings)
{
    const QHostAddress address(url.host());
    const int usual = url.scheme() == QLatin1String("https") ? 443 : 80;
    return url.host() == QLatin1String("localhost") || address.isLoopback() ||
           (address == settings.host && url.port(usual) == settings.port);
}

struct Endpoint
{
    const char *path;
    const char *field; ///< its answer always has it; an answer without is not Keywheel's
    QString (*report)(const QJsonObject &);
};

Endpoint endpointOf(Command command)
{
    switch (command) {
    case Command::Stats:
        return {"/stats", "server", statsReport};
    case Command::Blacklist:
        return {"/blacklist", "totalBlacklisted", blacklistReport};
    case Command::ResetKeys:
        return {"/reset-keys", "clearedCount", resetReport};
    default:
        return {"/health", "keysStatus", healthReport};
    }
}

Answer ask(const QUrl &url, bool post, const QByteArray &authKey)
{
    // Our own engine, which needs no thread as the stock one does.
    SystemClock clock;
    AccessManager manager(clock);
    UpstreamConfig config;
    config.proxy = QNetworkProxy::NoProxy;
    config.requestTimeout = config.responseTimeout = TimeLimit;
    if (const auto set = manager.setConfig(config); !set)
        return {0, {}, set.error().message};
    RawRequestHead head{post ? "POST" : "GET", url.path(QUrl::FullyEncoded).toLatin1(), {}};
    if (!authKey.isEmpty())
        head.headers.append("Authorization", "Bearer " + authKey);
    QNetworkRequest request(url);
    request.setAttribute(RawRequestAttribute, QVariant::fromValue(head));
    const std::unique_ptr<QNetworkReply> reply(
        manager.sendCustomRequest(request, head.method, QByteArray()));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
            reply->errorString()};
}

/// Why `answer` is of no use, or an empty string.
QString complaint(const Answer &answer, const QJsonObject &json, const char *field,
                  const QString &url)
{
    if (answer.status == 0)
        return QStringLiteral("Keywheel does not answer at %1: %2.").arg(url, answer.networkError);
    const QString status = QString::number(answer.status);
    const QString message =
        json.value(QStringLiteral("error")).toObject().value(QStringLiteral("message")).toString();
    if (!message.isEmpty())
        return QStringLiteral("%1 refused (status %2): %3").arg(url, status, message);
    if (!json.contains(QLatin1String(field)))
        return QStringLiteral("What answers at %1 is not Keywheel (status %2, without `%3`).")
            .arg(url, status, QLatin1String(field));
    return {};
}

} // namespace

CommandResult runManagement(const CommandLine &line, const Settings &settings)
{
    const Endpoint endpoint = endpointOf(line.command);
    QUrl url =
        (line.url.isEmpty() ? localUrl(settings) : line.url).adjusted(QUrl::StripTrailingSlash);
    const QString shown = url.toString(QUrl::RemoveUserInfo);
    const bool trusted = line.url.isEmpty() || mayHaveAuthKey(url, settings);
    url.setPath(url.path() + QLatin1String(endpoint.path));
    const Answer answer =
        ask(url, line.command == Command::ResetKeys,
            trusted && line.command != Command::Health ? settings.authKey : QByteArray());
    const QJsonObject json = QJsonDocument::fromJson(answer.body).object();
    QString problem = complaint(answer, json, endpoint.field, shown);
    if (answer.status == 401 && !trusted)
        problem += QLatin1String(" (AUTH_KEY goes to this machine or to HOST and PORT only)");
    if (!problem.isEmpty())
        return {ExitFailed, {}, {escapeControls(problem)}};
    CommandResult result;
    result.output = line.json ? answer.body.trimmed() + '\n' : endpoint.report(json).toUtf8();
    const bool unhealthy = json.value(QStringLiteral("status")) == QLatin1String("unhealthy");
    if (line.command == Command::Health && unhealthy)
        result.exitCode = ExitFailed;
    return result;
}

} // namespace keywheel
