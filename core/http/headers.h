// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <optional>

namespace keywheel {

struct HeaderField
{
    QByteArray name;
    QByteArray value;

    friend bool operator==(const HeaderField &, const HeaderField &) = default;
};

/// Header fields in the order and spelling in which they came; names compare without case, repeated
/// fields stay apart (RFC 9110 §5). A value type.
class Headers
{
public:
    Headers() = default;
    Headers(std::initializer_list<HeaderField> fields) : fields_(fields) {}

    void append(QByteArray name, QByteArray value);

    bool contains(QByteArrayView name) const;
    /// The first value of that name; null when there is none.
    QByteArray value(QByteArrayView name) const;
    QList<QByteArray> values(QByteArrayView name) const;
    /// Whether a comma-separated field such as Connection lists `token`, in any of its lines.
    bool hasToken(QByteArrayView name, QByteArrayView token) const;

    qsizetype size() const { return fields_.size(); }
    bool isEmpty() const { return fields_.isEmpty(); }
    void reserve(qsizetype count) { fields_.reserve(count); }
    auto begin() const { return fields_.cbegin(); }
    auto end() const { return fields_.cend(); }

    /// Removes the fields for which `predicate(const HeaderField &)` holds.
    template <class Predicate>
    void removeIf(Predicate predicate)
    {
        fields_.removeIf(predicate);
    }

    friend bool operator==(const Headers &, const Headers &) = default;

private:
    QList<HeaderField> fields_;
};

/// ASCII case-insensitive comparison of field names and tokens.
bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b);

/// Hop-by-hop fields (RFC 9110 §7.6.1) end at each connection: the known ones and those that the
/// message's own Connection field names.
void removeHopByHop(Headers &headers);

} // namespace keywheel
