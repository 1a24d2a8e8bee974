// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/systemproxy.h"

#include "common/logging.h"
#include "common/proxyurl.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QUrl>

#include <algorithm>

namespace keywheel {
namespace {

/// Of a proxy that names none, as curl has it.
constexpr int UsualPort = 1080;

struct Variable
{
    QString name;
    QString text; ///< empty: none
};

/// The first of them that is set.
Variable firstOf(const QProcessEnvironment &environment, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        const QString text = environment.value(QLatin1String(name)).trimmed();
        if (!text.isEmpty())
            return {QLatin1String(name), text};
    }
    return {};
}

/// As it is compared: lower case, ASCII, without the dot of the root.
QString plainName(const QString &host)
{
    const QByteArray ascii = QUrl::toAce(host);
    QString name = ascii.isEmpty() ? host.toLower() : QString::fromLatin1(ascii).toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    return name;
}

/// Null for names.
QHostAddress addressOf(const QString &host)
{
    const QHostAddress address(host);
    // QHostAddress takes "1" and "127.1" for addresses too.
    return host.contains(u':') || address.toString() == host ? address : QHostAddress();
}

/// An entry of no_proxy without its port; false when it is for another port.
bool takePort(QString *entry, quint16 port)
{
    const bool brackets = entry->startsWith(u'[');
    const qsizetype close = brackets ? entry->indexOf(u']') : -1;
    const qsizetype colon = entry->indexOf(u':', std::max<qsizetype>(close, 0));
    const bool named = brackets ? colon == close + 1 && close > 0 : entry->count(u':') == 1;
    const QString number = named ? entry->mid(colon + 1) : QString();
    if (named)
        entry->truncate(colon);
    if (brackets && close > 0)
        *entry = entry->mid(1, close - 1) + entry->mid(close + 1);
    return !named || number == QString::number(port);
}

bool coversAddress(const QString &entry, const QHostAddress &address)
{
    const qsizetype slash = entry.indexOf(u'/');
    const QHostAddress net = addressOf(entry.left(slash));
    if (net.isNull() || slash < 0)
        return !net.isNull() && net.isEqual(address, QHostAddress::StrictConversion);
    bool ok = false;
    const int bits = entry.mid(slash + 1).toInt(&ok);
    const int most = net.protocol() == QHostAddress::IPv4Protocol ? 32 : 128;
    return ok && bits >= 0 && bits <= most && net.protocol() == address.protocol() &&
           address.isInSubnet(net, bits);
}

bool coversName(const QString &entry, const QString &name)
{
    QString domain = entry.startsWith(QLatin1String("*.")) ? entry.mid(2) : entry;
    if (domain.startsWith(u'.'))
        domain.remove(0, 1);
    domain = plainName(domain);
    return !domain.isEmpty() && (name == domain || name.endsWith(u'.' + domain));
}

bool covers(const QString &noProxy, const ProxyTarget &target)
{
    QString list = noProxy;
    for (QChar &c : list) {
        if (c.isSpace())
            c = u',';
    }
    const QHostAddress address = addressOf(target.host);
    const QString name = plainName(target.host);
    const QStringList entries = list.split(u',', Qt::SkipEmptyParts);
    return std::any_of(entries.cbegin(), entries.cend(), [&](QString entry) {
        if (entry == QLatin1String("*"))
            return true;
        if (!takePort(&entry, target.port))
            return false;
        return address.isNull() ? coversName(entry, name) : coversAddress(entry, address);
    });
}

bool hasHttpCapitals(const QProcessEnvironment &environment)
{
    return !firstOf(environment, {"HTTP_PROXY"}).text.isEmpty();
}

Expected<QNetworkProxy> proxyOf(const Variable &variable)
{
    const auto url = parseProxyUrl(variable.text);
    if (!url) {
        const QString shown = shownProxy(variable.text);
        return failure(QStringLiteral("the proxy of the environment cannot be used: %1 is not "
                                      "http://host:port or socks5://host:port")
                           .arg(shown.isEmpty() ? variable.name : variable.name + u'=' + shown));
    }
    const int port = url->port < 0 ? UsualPort : url->port;
    return QNetworkProxy(url->socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy,
                         url->host, quint16(port), url->user, url->password);
}

} // namespace

Expected<std::optional<QNetworkProxy>> environmentProxy(const QProcessEnvironment &environment,
                                                        const ProxyTarget &target)
{
    const std::optional<QNetworkProxy> direct(QNetworkProxy::NoProxy);
    if (covers(firstOf(environment, {"no_proxy", "NO_PROXY"}).text, target))
        return direct;
    const Variable http = firstOf(environment, {"http_proxy"});
    const Variable https = firstOf(environment, {"https_proxy", "HTTPS_PROXY"});
    const Variable all = firstOf(environment, {"all_proxy", "ALL_PROXY"});
    const Variable &own = target.tls ? https : http;
    const Variable &chosen = own.text.isEmpty() ? all : own;
    if (!chosen.text.isEmpty())
        return proxyOf(chosen).map([](const QNetworkProxy &proxy) { return std::optional(proxy); });
    // Capitals too: a library that looks up the desktop's proxy would read them after all.
    const bool silent =
        http.text.isEmpty() && https.text.isEmpty() && !hasHttpCapitals(environment);
    return silent ? std::optional<QNetworkProxy>() : direct;
}

Expected<QNetworkProxy> systemProxy(const ProxyTarget &target)
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    const auto named = environmentProxy(environment, target);
    if (!named)
        return tl::unexpected(named.error());
    const bool direct = *named && (*named)->type() == QNetworkProxy::NoProxy;
    if (direct && !target.tls && hasHttpCapitals(environment))
        qCWarning(lcUpstream) << "HTTP_PROXY in capitals is not read, as in curl: use http_proxy";
    if (*named)
        return **named;
    const QNetworkProxyQuery query(target.host, target.port,
                                   target.tls ? QStringLiteral("https") : QStringLiteral("http"),
                                   QNetworkProxyQuery::TcpSocket);
    return QNetworkProxyFactory::systemProxyForQuery(query).value(0);
}

} // namespace keywheel
