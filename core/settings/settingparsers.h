// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QString>
#include <QStringList>
#include <QUrl>

/// What the settings table uses to read and print values of each type. A failure says why, without
/// the value; it is empty where the table's `accepted` says it all. Those that hold nothing
/// variable are translatable in the context "Settings".
namespace keywheel {

template <class T>
using Parsed = Expected<T, QString>;

/// Decimal digits only: no sign, space, or other notation.
Parsed<qint64> parseWholeNumber(const QString &text, qint64 least, qint64 most);
/// true, false, 1, 0, yes, no, on, off in any case.
Parsed<bool> parseBoolean(const QString &text);

bool isLocalhost(const QString &text); ///< that name, in any case
/// A full IPv4 or IPv6 address or `localhost`, which is 127.0.0.1.
Parsed<QHostAddress> parseAddress(const QString &text);

/// An http or https URL with a host and perhaps a path; trailing slashes are dropped. A path that
/// ends in an endpoint is refused, and the reason says what is left without it.
Parsed<QUrl> parseBaseUrl(const QString &text);

/// `system`, `none`, http://[user:pass@]host:port or socks5://[user:pass@]host:port; socks5h:// and
/// socks:// are the same as socks5://.
Parsed<QNetworkProxy> parseProxy(const QString &text);
QString printProxy(const QNetworkProxy &proxy);

/// A comma list of `*`, scheme://host, scheme://host:port, scheme://host:* and scheme://, in lower
/// case without spaces.
Parsed<QStringList> parseOrigins(const QString &text);

/// Empty, or the path of a file that can be read and holds at least one PEM certificate.
Parsed<QString> parseCertificateFile(const QString &path);

/// Empty, or printable ASCII without spaces at the ends, so that it fits into a header field.
Parsed<QByteArray> parseToken(const QString &text);

} // namespace keywheel
