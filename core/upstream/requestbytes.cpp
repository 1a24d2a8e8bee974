// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/requestbytes.h"

#include <QStringBuilder>

namespace keywheel {

QByteArray requestBytes(const RawRequestHead &head, const QByteArray &authority, qsizetype bodySize)
{
    qsizetype size = 64 + head.method.size() + head.target.size() + authority.size() +
                     qMin<qsizetype>(bodySize, 64 * 1024);
    for (const HeaderField &field : head.headers)
        size += field.name.size() + field.value.size() + 4;
    QByteArray out;
    out.reserve(size);
    out += head.method % ' ' % head.target % " HTTP/1.1\r\nHost: " % authority % "\r\n";
    for (const HeaderField &field : head.headers)
        out += field.name % ": " % field.value % "\r\n";
    // A method that usually has a body says so when there is none (RFC 9110 §8.6).
    const auto &method = head.method;
    if (bodySize > 0 || method == "POST" || method == "PUT" || method == "PATCH")
        out += "Content-Length: " % QByteArray::number(bodySize) % "\r\n";
    return out.append("\r\n");
}

bool isIdempotent(const QByteArray &method)
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "PUT" ||
           method == "DELETE";
}

} // namespace keywheel
