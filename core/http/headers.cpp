// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/headers.h"

#include <algorithm>
#include <array>

namespace keywheel {

namespace {

constexpr char lowerCase(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

/// Calls `visit(token)` for each element of a comma-separated value until it returns true.
template <class Visit>
bool anyToken(QByteArrayView value, Visit visit)
{
    while (!value.isEmpty()) {
        const qsizetype comma = value.indexOf(',');
        const QByteArrayView token = (comma < 0 ? value : value.first(comma)).trimmed();
        if (!token.isEmpty() && visit(token))
            return true;
        if (comma < 0)
            break;
        value = value.sliced(comma + 1);
    }
    return false;
}

bool isKnownHopByHop(QByteArrayView name)
{
    // RFC 9110 §7.6.1, and those that older rules (RFC 2616 §13.5.1) counted among them.
    static constexpr std::array<QByteArrayView, 9> Names{
        "Connection",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "TE",
        "Proxy-Connection",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    };
    return std::any_of(Names.begin(), Names.end(),
                       [name](QByteArrayView known) { return equalsIgnoreCase(name, known); });
}

} // namespace

void Headers::append(QByteArray name, QByteArray value)
{
    fields_.append({std::move(name), std::move(value)});
}

bool Headers::contains(QByteArrayView name) const
{
    return std::any_of(fields_.cbegin(), fields_.cend(), [name](const HeaderField &field) {
        return equalsIgnoreCase(field.name, name);
    });
}

QByteArray Headers::value(QByteArrayView name) const
{
    for (const HeaderField &field : fields_) {
        if (equalsIgnoreCase(field.name, name))
            return field.value.isNull() ? QByteArray("") : field.value;
    }
    return {};
}

QList<QByteArray> Headers::values(QByteArrayView name) const
{
    QList<QByteArray> found;
    for (const HeaderField &field : fields_) {
        if (equalsIgnoreCase(field.name, name))
            found.append(field.value);
    }
    return found;
}

bool Headers::hasToken(QByteArrayView name, QByteArrayView token) const
{
    const auto isToken = [token](QByteArrayView listed) {
        return equalsIgnoreCase(listed, token);
    };
    return std::any_of(fields_.cbegin(), fields_.cend(), [&](const HeaderField &field) {
        return equalsIgnoreCase(field.name, name) && anyToken(field.value, isToken);
    });
}

bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b)
{
    // Called some 200 times a request: most names differ in length, or in their first letter.
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lowerCase(x) == lowerCase(y); });
}

void removeHopByHop(Headers &headers)
{
    const QList<QByteArray> connection = headers.values("Connection");
    headers.removeIf([&connection](const HeaderField &field) {
        const auto isThis = [&field](QByteArrayView token) {
            return equalsIgnoreCase(token, field.name);
        };
        return isKnownHopByHop(field.name) ||
               std::any_of(connection.cbegin(), connection.cend(),
                           [&isThis](const QByteArray &line) { return anyToken(line, isThis); });
    });
}

} // namespace keywheel
