// SPDX-License-Identifier: GPL-3.0-or-later
// The input is what a person gives to an import: what is taken from it are keys, each once, and no
// remark or label holds one of them.
#include "fuzz/fuzzinput.h"
#include "secrets/keyimport.h"

#include <QSet>

using namespace keywheel;
using keywheel::fuzz::require;

namespace {

void checkRemarks(const ImportRemarks &remarks, const KeyImport &found, int lines)
{
    require(remarks.kept.size() == std::min(remarks.count, ImportRemarks::MostKept),
            "remarks are kept up to a limit");
    for (const ImportRemark &remark : remarks.kept) {
        require(remark.line >= 1 && remark.line <= lines, "a remark names a line of the text");
        require(!remark.reason.isEmpty() && remark.reason.size() < 120, "a remark is short");
        // What its own words say may be a key by chance.
        for (const ApiKey &key : found.keys)
            require(key.secret.size() < 20 || !remark.reason.contains(QLatin1String(key.secret)),
                    "a remark holds no key");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const KeyImport found = parseKeyImport(fuzz::toBytes(data, size));
    const int lines = int(size) + 1;
    QSet<QByteArray> seen;
    int line = 1;
    for (const ApiKey &key : found.keys) {
        require(key.secret.size() >= 8 && key.secret.size() <= 512, "a key's length");
        require(std::all_of(key.secret.cbegin(), key.secret.cend(),
                            [](char c) { return c >= '!' && c <= '~'; }),
                "a key is visible ASCII");
        require(!seen.contains(key.secret), "a key comes once");
        require(key.lineNumber >= line && key.lineNumber <= lines, "keys keep their order");
        require(key.label.size() <= 100, "a label is short");
        require(!key.label.contains(QLatin1Char('\n')), "a label is one line");
        seen.insert(key.secret);
        line = key.lineNumber;
    }
    checkRemarks(found.duplicates, found, lines);
    checkRemarks(found.rejected, found, lines);
    checkRemarks(found.warnings, found, lines);
    return 0;
}
