// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingparsers.h"

#include "common/proxyurl.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSslCertificate>

#include <algorithm>
#include <array>

namespace keywheel {
namespace {

constexpr qint64 MaxCertificateFile = qint64(16) * 1024 * 1024;

tl::unexpected<QString> refuse(const QString &reason)
{
    return tl::unexpected<QString>(reason);
}

bool hasOnlyPath(const QUrl &url)
{
    return !url.hasQuery() && !url.hasFragment();
}

/// What people copy from examples of curl; the longer ones first.
constexpr std::array<QLatin1String, 21> Endpoints{
    QLatin1String("/chat/completions"),
    QLatin1String("/completions"),
    QLatin1String("/responses"),
    QLatin1String("/embeddings"),
    QLatin1String("/messages/count_tokens"),
    QLatin1String("/messages/batches"),
    QLatin1String("/messages"),
    QLatin1String("/models"),
    QLatin1String("/moderations"),
    QLatin1String("/images/generations"),
    QLatin1String("/images/edits"),
    QLatin1String("/images/variations"),
    QLatin1String("/audio/speech"),
    QLatin1String("/audio/transcriptions"),
    QLatin1String("/audio/translations"),
    QLatin1String("/files"),
    QLatin1String("/batches"),
    QLatin1String("/assistants"),
    QLatin1String("/threads"),
    QLatin1String("/realtime"),
    QLatin1String("/rerank"),
};

/// `path` without an endpoint at its end, and without slashes before that.
QString withoutEndpoint(const QString &path, const QString &host)
{
    // The base URL of Azure AI Foundry's models ends so.
    const bool isFoundry = host.endsWith(QLatin1String(".services.ai.azure.com"));
    for (const QLatin1String endpoint : Endpoints) {
        if (!path.endsWith(endpoint, Qt::CaseInsensitive) ||
            (isFoundry && path.compare(QLatin1String("/models"), Qt::CaseInsensitive) == 0))
            continue;
        QString base = path.chopped(endpoint.size());
        while (base.endsWith(u'/'))
            base.chop(1);
        return base;
    }
    return path;
}

bool isOrigin(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\\A(?:\\*|[a-z][a-z0-9+.-]*://(?:(?<host>\\[[0-9a-f:.]+\\]|[a-z0-9._-]+)"
                       "(?::(?<port>[0-9]{1,5}|\\*))?)?)\\z"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return false;
    const QString host = match.captured(QStringLiteral("host"));
    const QString port = match.captured(QStringLiteral("port"));
    return (port.isEmpty() || port == u'*' || parseWholeNumber(port, 1, 65535)) &&
           (!host.startsWith(u'[') || !QHostAddress(host.mid(1, host.size() - 2)).isNull());
}

} // namespace

Parsed<qint64> parseWholeNumber(const QString &text, qint64 least, qint64 most)
{
    const bool digits =
        std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool ok = false;
    const qint64 number = text.toLongLong(&ok, 10);
    if (!digits || !ok || number < least || number > most)
        return refuse({});
    return number;
}

Parsed<bool> parseBoolean(const QString &text)
{
    const QString word = text.toLower();
    for (const char *yes : {"true", "1", "yes", "on"})
        if (word == QLatin1String(yes))
            return true;
    for (const char *no : {"false", "0", "no", "off"})
        if (word == QLatin1String(no))
            return false;
    return refuse({});
}

bool isLocalhost(const QString &text)
{
    return text.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0;
}

Parsed<QHostAddress> parseAddress(const QString &text)
{
    if (isLocalhost(text))
        return QHostAddress(QHostAddress::LocalHost);
    const QHostAddress address(text);
    // QHostAddress also takes "3000" and "127.1" for addresses; here they are slips.
    if (address.isNull() || (!text.contains(u':') && address.toString() != text))
        return refuse({});
    return address;
}

Parsed<QUrl> parseBaseUrl(const QString &text)
{
    QUrl url(text, QUrl::StrictMode);
    const bool http =
        url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || !http || url.host().isEmpty() || url.port() == 0)
        return refuse({});
    if (!url.userInfo().isEmpty())
        return refuse(
            QStringLiteral(QT_TRANSLATE_NOOP("Settings", "it holds a user name or password")));
    if (!hasOnlyPath(url))
        return refuse(QStringLiteral(QT_TRANSLATE_NOOP("Settings", "it has a query or fragment")));
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setUserInfo(QString());
    const QString base = withoutEndpoint(path, url.host());
    url.setPath(base, QUrl::StrictMode);
    if (base != path)
        return refuse(QStringLiteral("it ends in an endpoint; the base URL is %1")
                          .arg(url.toString(QUrl::FullyEncoded)));
    return url;
}

Parsed<QNetworkProxy> parseProxy(const QString &text)
{
    if (text == QLatin1String("system"))
        return QNetworkProxy(QNetworkProxy::DefaultProxy);
    if (text == QLatin1String("none"))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    if (!text.contains(QLatin1String("://")))
        return refuse({});
    const auto url = parseProxyUrl(text);
    if (!url)
        return refuse(url.error());
    if (url->port < 0)
        return refuse(QStringLiteral(QT_TRANSLATE_NOOP("Settings", "it names no port")));
    return QNetworkProxy(url->socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy,
                         url->host, static_cast<quint16>(url->port), url->user, url->password);
}

QString printProxy(const QNetworkProxy &proxy)
{
    if (proxy.type() == QNetworkProxy::DefaultProxy)
        return QStringLiteral("system");
    if (proxy.type() == QNetworkProxy::NoProxy)
        return QStringLiteral("none");
    QUrl url;
    url.setScheme(proxy.type() == QNetworkProxy::Socks5Proxy ? QStringLiteral("socks5")
                                                             : QStringLiteral("http"));
    url.setHost(proxy.hostName());
    url.setPort(proxy.port());
    if (!proxy.user().isEmpty())
        url.setUserName(proxy.user(), QUrl::DecodedMode);
    if (!proxy.password().isEmpty())
        url.setPassword(proxy.password(), QUrl::DecodedMode);
    return url.toString(QUrl::FullyEncoded);
}

Parsed<QStringList> parseOrigins(const QString &text)
{
    QStringList origins;
    for (const QString &part : text.split(u',')) {
        const QString origin = part.trimmed().toLower();
        if (origin.isEmpty())
            continue;
        if (!isOrigin(origin))
            return refuse(
                QStringLiteral("entry %1 of the list is no origin").arg(origins.size() + 1));
        origins.append(origin);
    }
    if (origins.isEmpty())
        return refuse(QStringLiteral(QT_TRANSLATE_NOOP("Settings", "the list is empty")));
    return origins;
}

Parsed<QString> parseCertificateFile(const QString &path)
{
    if (path.isEmpty())
        return path;
    // Anything but a plain file could block or never end.
    if (!QFileInfo(path).isFile())
        return refuse(QFileInfo::exists(path)
                          ? QStringLiteral(QT_TRANSLATE_NOOP("Settings", "it is not a file"))
                          : QStringLiteral(QT_TRANSLATE_NOOP("Settings", "there is no such file")));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(QStringLiteral("it cannot be read: %1").arg(file.errorString()));
    if (QSslCertificate::fromData(file.read(MaxCertificateFile), QSsl::Pem).isEmpty())
        return refuse(QStringLiteral(QT_TRANSLATE_NOOP("Settings", "it holds no PEM certificate")));
    return path;
}

Parsed<QByteArray> parseToken(const QString &text)
{
    const bool printable =
        std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c >= u' ' && c <= u'~'; });
    if (!printable || text.startsWith(u' ') || text.endsWith(u' '))
        return refuse({});
    return text.toLatin1();
}

} // namespace keywheel
