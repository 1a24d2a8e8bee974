// SPDX-License-Identifier: GPL-3.0-or-later
// The input's first line is a key, the second another secret, the rest a text. Neither secret comes
// out of it, nor percent-encoded. Time is linear: of some inputs the text is repeated to a length
// where another growth would take longer than the fuzzer allows.
#include "common/redact.h"
#include "common/secretshapes.h"
#include "fuzz/fuzzinput.h"

using namespace keywheel;
using keywheel::fuzz::require;

namespace {

constexpr qsizetype LongText = qsizetype{64} * 1024;

/// What the settings and the key file take for a secret (core/settings parseToken, core/secrets
/// parseKeyFile). Parts of the mark cannot be hidden by it.
bool isSecret(const QByteArray &text)
{
    return text.size() >= 8 && !RedactedMark.contains(text) &&
           std::all_of(text.cbegin(), text.cend(), [](char c) { return c >= '!' && c <= '~'; });
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArray text = fuzz::toBytes(data, size);
    const QByteArray key = fuzz::takeLine(text);
    const QByteArray other = fuzz::takeLine(text);
    Redactor redactor;
    redactor.setSecrets({key}, {other});

    const QByteArray redacted = redactor.redact(text);
    const QByteArray ofString = redactor.redact(QString::fromUtf8(text)).toUtf8();
    for (const QByteArray &secret : {key, other}) {
        if (!isSecret(secret))
            continue;
        require(!redacted.contains(secret) && !ofString.contains(secret),
                "a secret does not come out");
        require(!redacted.contains(secret.toPercentEncoding()), "nor percent-encoded");
    }
    if (!text.isEmpty() && qChecksum(text) % 64 == 0)
        redactor.redact(text.repeated(LongText / text.size() + 1));
    return 0;
}
