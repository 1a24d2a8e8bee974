// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyimport.h"

#include "common/textencoding.h"
#include "secrets/csvreader.h"
#include "secrets/jsonkeys.h"
#include "secrets/keycollector.h"
#include "secrets/keylines.h"
#include "secrets/keysyntax.h"

#include <optional>
#include <utility>

namespace keywheel {
namespace {

/// UTF-8 without a BOM and with LF only.
QByteArray plainText(const QByteArray &text)
{
    return plainUtf8(text).replace("\r\n", "\n").replace('\r', '\n');
}

/// The line of the first character that is not white space, from 1.
int firstLine(const QByteArray &text)
{
    int line = 1;
    for (const char c : text) {
        if (c == '\n')
            ++line;
        else if (c != ' ' && c != '\t')
            break;
    }
    return line;
}

void readJsonLine(const QByteArray &line, int number, KeyCollector *out)
{
    if (!readJsonKeys(line, number, out))
        out->reject(number, QStringLiteral(QT_TRANSLATE_NOOP("ImportRemark",
                                                             "it begins as JSON and is none")));
}

void readLines(const QByteArray &text, KeyCollector *out)
{
    std::optional<CsvReader> table;
    bool first = true;
    int number = 0;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &whole : lines) {
        ++number;
        const QByteArray line = whole.trimmed();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (std::exchange(first, false)) {
            table = CsvReader::forHeader(line);
            // Also the header of a table with one column.
            if (table || isKeyName(QByteArray(line).replace('"', "")))
                continue;
        }
        if (table)
            table->readRow(whole, number, out); // an empty first column may be a tab
        else if (beginsAsJson(line))
            readJsonLine(line, number, out);
        else
            readKeyLine(line, number, out);
    }
}

} // namespace

KeyImport parseKeyImport(const QByteArray &text)
{
    const QByteArray plain = plainText(text);
    const QByteArray trimmed = plain.trimmed();
    const int line = firstLine(plain);
    KeyCollector collector;
    if (!beginsAsJson(trimmed)) {
        readLines(plain, &collector);
        return collector.take();
    }
    if (readJsonKeys(trimmed, line, &collector))
        return collector.take();
    // One value a line, unless the first line is no value: then all is one, and broken.
    const qsizetype end = trimmed.indexOf('\n');
    KeyCollector probe;
    if (end >= 0 && readJsonKeys(trimmed.left(end).trimmed(), line, &probe))
        readLines(plain, &collector);
    else
        readJsonLine(trimmed, line, &collector);
    return collector.take();
}

} // namespace keywheel
