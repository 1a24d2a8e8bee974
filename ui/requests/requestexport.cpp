// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestexport.h"

#include "accesslog/recordtext.h"
#include "common/commitfile.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace keywheel {

namespace {

QByteArray quoted(QByteArray cell)
{
    // A spreadsheet would run what begins like this.
    if (!cell.isEmpty() && QByteArrayView("=+-@\t\r").contains(cell.front()))
        cell.prepend('\'');
    cell.replace('"', "\"\"");
    return '"' + cell + '"';
}

QByteArray milliseconds(std::chrono::microseconds duration)
{
    return QByteArray::number(double(duration.count()) / 1000.0, 'f', 3);
}

constexpr auto csvHeader =
    "startedAt,method,path,status,clientLeft,brokenOff,attempts,key,firstByteMs,totalMs,"
    "bytesIn,bytesOut,peer,id,upstreamId\r\n";

QByteArray toCsv(const RequestRecord &record)
{
    const QByteArrayList cells{
        record.startedAt.toUTC().toString(Qt::ISODateWithMs).toLatin1(),
        quoted(record.method),
        quoted(record.path),
        QByteArray::number(record.status),
        record.clientLeft ? "true" : "false",
        record.brokenOff ? "true" : "false",
        QByteArray::number(record.attempts.size()),
        quoted(record.attempts.isEmpty() ? QByteArray()
                                         : record.attempts.last().keyPreview.toUtf8()),
        record.firstByte.count() > 0 ? milliseconds(record.firstByte) : QByteArray(),
        milliseconds(record.total),
        QByteArray::number(record.bytesIn),
        QByteArray::number(record.bytesOut),
        quoted(record.peer.toUtf8()),
        quoted(record.id),
        quoted(record.upstreamId),
    };
    return cells.join(',') + "\r\n";
}

} // namespace

Expected<void> exportRequests(const QString &file, ExportFormat format,
                              const std::function<const RequestRecord *()> &next)
{
    QSaveFile out(file);
    bool good = out.open(QIODevice::WriteOnly);
    if (good && format == ExportFormat::Csv)
        good = out.write(csvHeader) >= 0;
    while (good) {
        const RequestRecord *record = next();
        if (!record)
            break;
        const QByteArray line =
            format == ExportFormat::Csv ? toCsv(*record) : toJson(*record) + '\n';
        good = out.write(line) == line.size();
    }
    if (!good || !commitFile(out))
        return failure(QCoreApplication::translate("RequestExport", "%1 could not be written: %2")
                           .arg(file, out.errorString()));
    return {};
}

} // namespace keywheel
