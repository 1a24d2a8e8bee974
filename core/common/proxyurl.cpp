// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/proxyurl.h"

#include <QCoreApplication>
#include <QUrl>

namespace keywheel {
namespace {

const QLatin1String SchemeEnd("://");

tl::unexpected<QString> refuse(const QString &reason = {})
{
    return tl::unexpected<QString>(reason);
}

bool readScheme(const QString &scheme, ProxyUrl *proxy)
{
    const QString name = scheme.toLower();
    proxy->socks = name == QLatin1String("socks5") || name == QLatin1String("socks5h") ||
                   name == QLatin1String("socks");
    return proxy->socks || name == QLatin1String("http");
}

QString decoded(const QString &text)
{
    return QUrl::fromPercentEncoding(text.toUtf8());
}

void readUser(const QString &text, ProxyUrl *proxy)
{
    const qsizetype colon = text.indexOf(u':');
    proxy->user = decoded(text.left(colon));
    if (colon >= 0)
        proxy->password = decoded(text.mid(colon + 1));
}

} // namespace

Expected<ProxyUrl, QString> parseProxyUrl(const QString &text)
{
    ProxyUrl proxy;
    const qsizetype schemeEnd = text.indexOf(SchemeEnd);
    if (schemeEnd >= 0 && !readScheme(text.left(schemeEnd), &proxy))
        return refuse();
    const QString rest = schemeEnd < 0 ? text : text.mid(schemeEnd + SchemeEnd.size());
    const qsizetype at = rest.lastIndexOf(u'@');
    if (rest.left(at).contains(u'/') && at >= 0)
        return refuse(); // a slash in a password is ambiguous unless it is encoded
    if (at >= 0)
        readUser(rest.left(at), &proxy);
    const QUrl url(QLatin1String("http://") + rest.mid(at + 1), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.port() == 0)
        return refuse();
    if (url.hasQuery() || url.hasFragment() || url.path().size() > 1)
        return refuse(
            QStringLiteral(QT_TRANSLATE_NOOP("Settings", "it has more than a host and port")));
    proxy.host = url.host();
    proxy.port = url.port();
    return proxy;
}

QString shownProxy(const QString &text)
{
    const qsizetype schemeEnd = text.indexOf(SchemeEnd);
    const qsizetype at = text.lastIndexOf(u'@');
    const QString scheme = schemeEnd < 0 || schemeEnd > at ? QString() : text.left(schemeEnd + 3);
    QString shown = at < 0 ? text : scheme + QLatin1String("[redacted]") + text.mid(at);
    // `http://user:password:host` is no URL, has no @, and still holds a password.
    const QUrl url(at < 0 ? text : QLatin1String("x://") + text.mid(at + 1), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return {};
    for (qsizetype i = 0; i < shown.size(); ++i)
        if (shown.at(i) == u'?' || shown.at(i) == u'#')
            return shown.left(i);
    return shown;
}

} // namespace keywheel
