// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QList>
#include <QString>

namespace keywheel {

/// How a key may be shown: its first 5 and last 4 characters, `sk-ab…wxyz`; of a key under 16
/// characters only `…` and the last 2.
QString keyPreview(const QByteArray &secret);

/// How a key is identified: the first 16 hex digits of the SHA-256 of the key.
QString keyFingerprint(const QByteArray &secret);

/// Whether a query parameter of that (decoded) name may hold a secret: `api_key`, `client_secret`,
/// `id_token` … Rather one too many than one too few.
bool isSecretParameter(QByteArrayView name);

/// Takes secrets out of text. Everything that is printed, logged, stored or shown passes through
/// it.
///
/// Two nets: the secrets that Keywheel knows (exact, wherever they stand, also percent-encoded),
/// and the shapes that secrets have (sk-… tokens, Authorization and api-key fields, credentials in
/// URLs, query values named like a secret), for those it does not know. What is found becomes its
/// preview when it is an API key, else `[redacted]`.
///
/// Thread: redact() may be called from any thread while nobody calls setSecrets(); the owner
/// (app/logsetup) guards the two with its lock. Cost: linear in the text, whatever the number of
/// secrets.
class Redactor
{
public:
    /// Keys are replaced by their preview, other secrets by `[redacted]`. Empty ones are ignored;
    /// those of up to three characters are found as whole words only, or no text would be left.
    void setSecrets(const QList<QByteArray> &keys, const QList<QByteArray> &others);

    QString redact(const QString &text) const;
    QByteArray redact(const QByteArray &text) const;

private:
    QByteArray redactKnown(const QByteArray &text) const;

    /// The replacement and the length of the secret that stands at `at`; a length of 0 for none.
    struct Match
    {
        QByteArray replacement;
        qsizetype length = 0;
    };
    Match secretAt(const QByteArray &text, qsizetype at) const;
    void takeOverlapping(const QByteArray &text, qsizetype at, Match &match) const;

    QHash<QByteArray, QByteArray> replacements_; ///< by secret
    /// The lengths that secrets with these first `PrefixLength` bytes have, longest first: few
    /// look-ups tell whether one stands at a place, also when thousands begin alike (`sk-proj-`).
    QHash<QByteArray, QList<qsizetype>> lengthsByPrefix_;
    /// The lengths of secrets that are shorter than the prefix.
    QList<qsizetype> shortLengths_;
};

} // namespace keywheel
