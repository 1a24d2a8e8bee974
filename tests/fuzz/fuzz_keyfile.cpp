// SPDX-License-Identifier: GPL-3.0-or-later
// The input is a file with keys, for KEYS_FILE or an import: what is taken from it are keys, each
// once and as they stand there, and a warning holds none of the text.
#include "common/textencoding.h"
#include "fuzz/fuzzinput.h"
#include "secrets/keyfile.h"

#include <QSet>

using namespace keywheel;
using keywheel::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::toBytes(data, size);
    const KeyList list = parseKeyFile(text);
    QSet<QByteArray> seen;
    int line = 0;
    for (const ApiKey &key : list.keys) {
        require(key.secret.size() >= 8 && key.secret.size() <= 512, "a key's length");
        require(std::all_of(key.secret.cbegin(), key.secret.cend(),
                            [](char c) { return c >= '!' && c <= '~'; }),
                "a key is visible ASCII");
        // But for UTF-16 and the escapes of JSON.
        require(text.contains(key.secret) || text.contains('\0') || text.contains('\\') ||
                    TextEncoding::of(text).wide,
                "a key stands in the file");
        require(!seen.contains(key.secret), "a key comes once");
        require(key.lineNumber >= line, "keys keep their order");
        seen.insert(key.secret);
        line = key.lineNumber;
    }
    require(list.warnings.size() <= 21, "warnings are few");
    for (const QString &warning : list.warnings) {
        for (const ApiKey &key : list.keys)
            require(!warning.contains(QLatin1String(key.secret)), "a warning holds no key");
    }
    return 0;
}
