// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/credentials.h"

#include "common/credentialforms.h"
#include "http/fieldparser.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace keywheel {

namespace {

namespace forms = credentialforms;

constexpr QByteArrayView BearerScheme("Bearer ");
constexpr unsigned SubprotocolBit = 1U << forms::Fields.size();

/// In credentialforms::Fields, or -1.
int fieldIndex(QByteArrayView name)
{
    for (std::size_t i = 0; i < forms::Fields.size(); ++i) {
        if (equalsIgnoreCase(name, forms::Fields[i]))
            return int(i);
    }
    return -1;
}

std::optional<QByteArrayView> bearerToken(QByteArrayView value)
{
    if (value.size() <= BearerScheme.size() ||
        !equalsIgnoreCase(value.first(BearerScheme.size()), BearerScheme))
        return {};
    const QByteArrayView token = value.sliced(BearerScheme.size()).trimmed();
    return token.isEmpty() ? std::nullopt : std::optional(token);
}

bool beginsIgnoringCase(QByteArrayView text, QByteArrayView start)
{
    return text.size() >= start.size() && equalsIgnoreCase(text.first(start.size()), start);
}

/// Calls `visit(element)` for each element of a comma-separated value.
template <class Visit>
void forEachElement(QByteArrayView value, Visit visit)
{
    for (;;) {
        const qsizetype comma = value.indexOf(',');
        visit((comma < 0 ? value : value.first(comma)).trimmed());
        if (comma < 0)
            return;
        value = value.sliced(comma + 1);
    }
}

/// Calls `visit(from, end)` for the value of each parameter of the query that holds a credential,
/// the last first, so that the places before it stay right when the value is replaced.
template <class Visit>
void forEachParameter(const QByteArray &target, Visit visit)
{
    const qsizetype query = target.indexOf('?') + 1;
    qsizetype end = target.size();
    while (query > 0 && end >= query) {
        const qsizetype from =
            end > query ? std::max(query, target.lastIndexOf('&', end - 1) + 1) : query;
        const QByteArrayView parameter = QByteArrayView(target).sliced(from, end - from);
        if (const qsizetype equals = parameter.indexOf('='); equals > 0) {
            const QByteArray name =
                QByteArray::fromPercentEncoding(parameter.first(equals).toByteArray());
            if (std::find(forms::Parameters.begin(), forms::Parameters.end(), name) !=
                forms::Parameters.end())
                visit(from + equals + 1, end);
        }
        end = from - 1;
    }
}

void collectFrom(const HeaderField &field, SentCredentials &sent)
{
    if (const int index = fieldIndex(field.name); index >= 0) {
        sent.any = true;
        const bool withScheme = forms::Fields[std::size_t(index)] == forms::Authorization;
        if (!withScheme)
            sent.keys.append(field.value);
        else if (const auto token = bearerToken(field.value))
            sent.keys.append(*token);
    } else if (equalsIgnoreCase(field.name, forms::SubprotocolField)) {
        forEachElement(field.value, [&sent](QByteArrayView name) {
            if (!beginsIgnoringCase(name, forms::SubprotocolPrefix))
                return;
            sent.any = true;
            sent.keys.append(name.sliced(forms::SubprotocolPrefix.size()));
        });
    }
}

} // namespace

SentCredentials sentCredentials(const Headers &headers, const QByteArray &target)
{
    SentCredentials sent;
    for (const HeaderField &field : headers)
        collectFrom(field, sent);
    forEachParameter(target, [&](qsizetype from, qsizetype end) {
        sent.any = true;
        QByteArray value = target.mid(from, end - from);
        sent.decoded.append(QByteArray::fromPercentEncoding(value));
        if (value.contains('+')) // a space in forms, itself in other queries
            sent.decoded.append(QByteArray::fromPercentEncoding(value.replace('+', ' ')));
    });
    for (const QByteArray &key : std::as_const(sent.decoded))
        sent.keys.append(key);
    return sent;
}

bool CredentialReplacer::take(const HeaderField &field, Headers &out)
{
    const int index = fieldIndex(field.name);
    if (index < 0)
        return equalsIgnoreCase(field.name, forms::SubprotocolField) &&
               takeSubprotocols(field, out);
    const unsigned bit = 1U << unsigned(index);
    if ((seen_ & bit) != 0)
        return true;
    seen_ |= bit;
    hasWritten_ = true;
    const bool withScheme = forms::Fields[std::size_t(index)] == forms::Authorization;
    out.append(field.name, withScheme ? BearerScheme.toByteArray() + key_ : key_);
    return true;
}

bool CredentialReplacer::takeSubprotocols(const HeaderField &field, Headers &out)
{
    QList<QByteArray> names;
    bool found = false;
    forEachElement(field.value, [&](QByteArrayView name) {
        if (!beginsIgnoringCase(name, forms::SubprotocolPrefix)) {
            names.append(name.toByteArray());
            return;
        }
        found = true;
        // A key that cannot be a part of such a name goes where it goes without a credential.
        if ((seen_ & SubprotocolBit) != 0 || !isToken(key_))
            return;
        seen_ |= SubprotocolBit;
        hasWritten_ = true;
        names.append(forms::SubprotocolPrefix.toByteArray() + key_);
    });
    if (found && !names.isEmpty())
        out.append(field.name, names.join(", "));
    return found;
}

void CredentialReplacer::replaceIn(QByteArray &target)
{
    if (!target.contains('?'))
        return;
    const QByteArray encoded = key_.toPercentEncoding();
    const QByteArray original = target;
    forEachParameter(original, [&](qsizetype from, qsizetype end) {
        target.replace(from, end - from, encoded);
        hasWritten_ = true;
    });
}

} // namespace keywheel
