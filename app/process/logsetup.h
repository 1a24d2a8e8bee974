// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"
#include "common/redact.h"
#include "settings/settings.h"

#include <QLoggingCategory>
#include <QMutex>

#include <cstdio>

namespace keywheel {

/// One line of the log before it is formatted.
struct LogEntry
{
    QDateTime time;
    QtMsgType type = QtInfoMsg;
    QString category; ///< as Qt names it, e.g. `keywheel.app`
    QString message;  ///< redacted
};

/// For people: local time with milliseconds, level, category, message; controls escaped. No line
/// feed.
QString formatText(const LogEntry &entry);
/// One JSON object: `time` (UTC, RFC 3339), `level`, `category`, `message`. No line feed.
QByteArray formatJson(const LogEntry &entry);

/// Installs the one Qt message handler, for as long as it lives, and owns the Redactor that every
/// line passes through. One may exist at a time.
///
/// Thread: configured in one thread, whose use of redactor() needs no lock; made before that begins
/// to and destroyed after. Lines may come from any thread.
class LogSetup
{
public:
    /// Log lines go to `log`, announcements to `out`. Both must outlive it.
    explicit LogSetup(std::FILE *log = stderr, std::FILE *out = stdout);
    ~LogSetup();
    Q_DISABLE_COPY_MOVE(LogSetup)

    /// What is below `level` is dropped (QT_LOGGING_RULES can add categories of Qt's own).
    void setLevel(LogLevel level);
    void setFormat(LogFormat format);
    /// Adds secrets to those that never appear. They stay known after they are no longer in use:
    /// a request that still holds one may be logged later.
    void addSecrets(const QList<QByteArray> &keys, const QList<QByteArray> &others);
    const Redactor &redactor() const { return redactor_; }

    /// The line of a finished exchange, at level info, coloured by its status.
    void access(const RequestRecord &record);
    /// A line that a person or a script waits for: whatever the level, to the standard output;
    /// plain in the text format, a log object in the JSON one.
    void announce(const QString &text);

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message);
    void write(const LogEntry &entry, const char *colour);

    std::FILE *log_;
    std::FILE *out_;
    bool coloured_;
    QMutex mutex_; ///< guards all below and the writing
    LogFormat format_ = LogFormat::Text;
    Redactor redactor_;
    QList<QByteArray> keys_;
    QList<QByteArray> others_;
};

} // namespace keywheel
