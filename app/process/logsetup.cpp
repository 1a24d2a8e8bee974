// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/logsetup.h"

#include "accesslog/recordtext.h"
#include "common/logging.h"
#include "process/terminal.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMutexLocker>

#include <algorithm>

namespace keywheel {

namespace {

LogSetup *installed = nullptr; // Qt's message handler is a bare function

constexpr auto Dim = "\x1b[2m";
constexpr auto Red = "\x1b[31m";
constexpr auto Green = "\x1b[32m";
constexpr auto Yellow = "\x1b[33m";
constexpr auto Cyan = "\x1b[36m";
constexpr auto Plain = "\x1b[0m";

QLatin1String levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return QLatin1String("debug");
    case QtInfoMsg:
        return QLatin1String("info");
    case QtWarningMsg:
        return QLatin1String("warning");
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return QLatin1String("error");
}

QString shortCategory(const QString &category)
{
    static const QLatin1String Own("keywheel.");
    return category.startsWith(Own) ? category.mid(Own.size()) : category;
}

const char *colourOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return Dim;
    case QtInfoMsg:
        return nullptr;
    case QtWarningMsg:
        return Yellow;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return Red;
}

const char *colourOf(const RequestRecord &record)
{
    if (record.status >= 500 || record.brokenOff)
        return Red;
    if (record.status >= 400)
        return Yellow;
    if (record.status >= 300)
        return Cyan;
    return record.status == 0 || record.clientLeft ? Dim : Green;
}

void append(QList<QByteArray> &known, const QList<QByteArray> &secrets)
{
    for (const QByteArray &secret : secrets) {
        if (!secret.isEmpty())
            known.append(secret);
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
}

void writeLine(std::FILE *stream, const QByteArray &line)
{
    // One call, so that lines of several processes on one terminal do not mix.
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stream);
    std::fflush(stream);
}

} // namespace

QString formatText(const LogEntry &entry)
{
    return QStringLiteral("%1 %2 %3 %4")
        .arg(entry.time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")),
             QString(levelName(entry.type)).leftJustified(7),
             shortCategory(entry.category).leftJustified(8), escapeControls(entry.message));
}

QByteArray formatJson(const LogEntry &entry)
{
    const QJsonObject object{
        {QStringLiteral("time"), entry.time.toUTC().toString(Qt::ISODateWithMs)},
        {QStringLiteral("level"), levelName(entry.type)},
        {QStringLiteral("category"), shortCategory(entry.category)},
        {QStringLiteral("message"), entry.message}};
    // What JSON itself leaves as it is, such as C1 controls, gets the same form as in text.
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return escapeControls(QString::fromUtf8(json)).toUtf8();
}

LogSetup::LogSetup(std::FILE *log, std::FILE *out)
    : log_(log),
      out_(out),
      coloured_(takesColour(log))
{
    Q_ASSERT(!installed);
    installed = this;
    setLevel(LogLevel::Info);
    qInstallMessageHandler(&LogSetup::handle);
}

LogSetup::~LogSetup()
{
    qInstallMessageHandler(nullptr);
    installed = nullptr;
}

void LogSetup::setLevel(LogLevel level)
{
    QString rules = QStringLiteral("*.debug=false\n");
    if (level == LogLevel::Debug)
        rules += QLatin1String("keywheel.*.debug=true\n");
    if (level >= LogLevel::Warning)
        rules += QLatin1String("*.info=false\n");
    if (level >= LogLevel::Error)
        rules += QLatin1String("*.warning=false\n");
    QLoggingCategory::setFilterRules(rules);
}

void LogSetup::setFormat(LogFormat format)
{
    const QMutexLocker lock(&mutex_);
    format_ = format;
}

void LogSetup::addSecrets(const QList<QByteArray> &keys, const QList<QByteArray> &others)
{
    const QMutexLocker lock(&mutex_);
    append(keys_, keys);
    append(others_, others);
    redactor_.setSecrets(keys_, others_);
}

void LogSetup::access(const RequestRecord &record)
{
    if (!lcAccess().isInfoEnabled())
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QMutexLocker lock(&mutex_);
    if (format_ == LogFormat::Text) {
        write({now, QtInfoMsg, QStringLiteral("keywheel.access"), redactor_.redact(toLine(record))},
              colourOf(record));
        return;
    }
    // Redacted before it is encoded: a replacement must not take a quote of the JSON with it.
    RequestRecord shown = record;
    shown.method = redactor_.redact(record.method);
    shown.path = redactor_.redact(record.path);
    const QByteArray head = QByteArrayLiteral(R"({"category":"access","level":"info","time":")") +
                            now.toString(Qt::ISODateWithMs).toLatin1() + "\",";
    writeLine(log_, head + escapeControls(QString::fromUtf8(toJson(shown).mid(1))).toUtf8() + '\n');
}

void LogSetup::announce(const QString &text)
{
    const QMutexLocker lock(&mutex_);
    const QString redacted = redactor_.redact(text);
    if (format_ == LogFormat::Text)
        writeLine(out_, redacted.toUtf8() + '\n');
    else
        writeLine(out_, formatJson({QDateTime::currentDateTimeUtc(), QtInfoMsg,
                                    QStringLiteral("keywheel.app"), redacted}) +
                            '\n');
}

void LogSetup::handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    LogSetup &self = *installed;
    const QMutexLocker lock(&self.mutex_);
    self.write({QDateTime::currentDateTimeUtc(), type, QString::fromLatin1(context.category),
                self.redactor_.redact(message)},
               colourOf(type));
}

void LogSetup::write(const LogEntry &entry, const char *colour)
{
    if (format_ == LogFormat::Json) {
        writeLine(log_, formatJson(entry) + '\n');
        return;
    }
    const QByteArray text = formatText(entry).toUtf8();
    writeLine(log_, coloured_ && colour ? colour + text + Plain + '\n' : text + '\n');
}

} // namespace keywheel
