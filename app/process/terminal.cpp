// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/terminal.h"

#include <QLocale>

#include <algorithm>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

namespace keywheel {

namespace {

bool isUnsafe(QChar c)
{
    const char16_t u = c.unicode();
    return u < 0x20 || (u >= 0x7f && u <= 0x9f) || u == 0x200e || u == 0x200f ||
           (u >= 0x2028 && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
}

bool isNumber(const QString &cell)
{
    return cell.isEmpty() || cell == QLatin1String("-") ||
           std::all_of(cell.begin(), cell.end(),
                       [](QChar c) { return c.isDigit() || c == QLatin1Char('.'); });
}

QString amount(qint64 value, const char *unit)
{
    return QStringLiteral("%1 %2").arg(value).arg(QLatin1String(unit));
}

} // namespace

bool isTerminal(std::FILE *stream)
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stream)) != 0;
#else
    return isatty(fileno(stream)) == 1;
#endif
}

bool takesColour(std::FILE *stream)
{
    return qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb" &&
           isTerminal(stream);
}

QString escapeControls(const QString &text)
{
    if (std::none_of(text.begin(), text.end(), isUnsafe))
        return text;
    QString safe;
    safe.reserve(text.size() + 16);
    for (const QChar c : text) {
        if (!isUnsafe(c))
            safe += c;
        else if (c == QLatin1Char('\n'))
            safe += QLatin1String("\\n");
        else if (c == QLatin1Char('\r'))
            safe += QLatin1String("\\r");
        else if (c == QLatin1Char('\t'))
            safe += QLatin1String("\\t");
        else
            safe += QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
    }
    return safe;
}

QString textTable(const QStringList &headings, const QList<QStringList> &rows)
{
    QList<QStringList> lines{headings};
    for (const QStringList &row : rows) {
        QStringList cells;
        for (const QString &cell : row)
            cells.append(escapeControls(cell));
        lines.append(cells);
    }
    QString text;
    QList<QString> out(lines.size());
    for (qsizetype column = 0; column < headings.size(); ++column) {
        qsizetype width = 0;
        for (const QStringList &line : lines)
            width = std::max(width, line.value(column).size());
        const bool numeric =
            std::all_of(lines.begin() + 1, lines.end(),
                        [column](const QStringList &line) { return isNumber(line.value(column)); });
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QString cell = lines.at(i).value(column);
            out[i] += numeric ? cell.rightJustified(width) : cell.leftJustified(width);
            out[i] += QLatin1String("  ");
        }
    }
    for (QString &line : out) {
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        text += line + QLatin1Char('\n');
    }
    return text;
}

QString humanBytes(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString humanSeconds(qint64 seconds)
{
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    const qint64 days = hours / 24;
    if (days > 0)
        return amount(days, "d ") + amount(hours % 24, "h");
    if (hours > 0)
        return amount(hours, "h ") + amount(minutes % 60, "min");
    if (minutes > 0)
        return amount(minutes, "min ") + amount(seconds % 60, "s");
    return amount(seconds, "s");
}

} // namespace keywheel
