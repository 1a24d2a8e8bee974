// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/csvreader.h"

#include "secrets/keysyntax.h"

#include <algorithm>

namespace keywheel {
namespace {

/// No table has more columns; so that a line of separators only takes no memory.
constexpr qsizetype MostColumns = 1000;

/// The fields of one record: RFC 4180 section 2, rules 5 to 7. An open quote reaches to the end.
QList<QByteArray> fieldsOf(const QByteArray &line, char separator)
{
    QList<QByteArray> fields;
    QByteArray field;
    bool quoted = false;
    bool blank = true; // nothing but white space in the field so far
    for (qsizetype at = 0; at < line.size() && fields.size() < MostColumns; ++at) {
        const char c = line[at];
        if (quoted && c == '"' && at + 1 < line.size() && line[at + 1] == '"') {
            field += c;
            ++at;
        } else if (c == '"' && (quoted || blank)) {
            quoted = !quoted;
            blank = false;
        } else if (c == separator && !quoted) {
            fields.append(field.trimmed());
            field.clear();
            blank = true;
        } else {
            field += c;
            blank = blank && (c == ' ' || c == '\t');
        }
    }
    fields.append(field.trimmed());
    return fields;
}

} // namespace

std::optional<CsvReader> CsvReader::forHeader(const QByteArray &header)
{
    for (const char separator : {',', ';', '\t'}) {
        const QList<QByteArray> names = fieldsOf(header, separator);
        const auto key = std::find_if(names.cbegin(), names.cend(), isKeyName);
        if (names.size() < 2 || key == names.cend())
            continue;
        CsvReader reader;
        reader.separator_ = separator;
        reader.keyColumn_ = key - names.cbegin();
        const auto label = std::find_if(names.cbegin(), names.cend(), isLabelName);
        reader.labelColumn_ = label == names.cend() ? -1 : label - names.cbegin();
        return reader;
    }
    return std::nullopt;
}

void CsvReader::readRow(const QByteArray &line, int number, KeyCollector *out) const
{
    const QList<QByteArray> fields = fieldsOf(line, separator_);
    if (keyColumn_ >= fields.size() || fields.at(keyColumn_).isEmpty()) {
        out->reject(number, QStringLiteral(QT_TRANSLATE_NOOP("ImportRemark",
                                                             "its column of the key is empty")));
        return;
    }
    const std::optional<qsizetype> key = out->add(fields.at(keyColumn_), number);
    const QByteArray label = fields.value(labelColumn_);
    if (key && !label.isEmpty())
        out->setLabel(*key, label);
}

} // namespace keywheel
