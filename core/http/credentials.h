// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headers.h"

#include <QList>
#include <QVarLengthArray>

/// What a client sends as its API key, in any form of common/credentialforms.h.
namespace keywheel {

/// All that a client sent where its key belongs.
struct SentCredentials
{
    bool any = false; ///< something stands there, perhaps in a form that holds no key
    /// The keys, without scheme and decoded; both readings of a parameter with `+` in it. Views of
    /// the headers and of `decoded`.
    QVarLengthArray<QByteArrayView, 8> keys;
    QList<QByteArray> decoded;
};
/// `headers` must outlive what it returns.
SentCredentials sentCredentials(const Headers &headers, const QByteArray &target);

/// Writes `key` where a client has its credentials. A second one in a field of the same name is
/// left out.
class CredentialReplacer
{
public:
    /// `key` must outlive it.
    explicit CredentialReplacer(const QByteArray &key) : key_(key) {}

    /// Whether the field holds a credential; then what takes its place has been appended to `out`.
    bool take(const HeaderField &field, Headers &out);
    /// Puts the key, percent-encoded, into the query's parameters; every other byte stays.
    void replaceIn(QByteArray &target);
    /// Whether the key has been written anywhere.
    bool hasWritten() const { return hasWritten_; }

private:
    bool takeSubprotocols(const HeaderField &field, Headers &out);

    const QByteArray &key_;
    unsigned seen_ = 0; ///< a bit for each form
    bool hasWritten_ = false;
};

} // namespace keywheel
