// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/httpclient.h"

#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

namespace keywheel {

/// The real program in a folder of its own, with nothing of the user's environment. Its settings
/// stand in a .env file, so that a test can change them while it runs. The wait functions run the
/// event loop, so that a FakeUpstream in the same thread goes on answering.
class KeywheelProcess
{
public:
    static constexpr std::chrono::milliseconds Patience{20'000};

    /// With `upstream` as OPENAI_BASE_URL (empty: not set) and these keys.
    KeywheelProcess(const QUrl &upstream, const QList<QByteArray> &keys);
    /// Ends the program if it runs.
    ~KeywheelProcess();

    /// Changes a setting in the .env file; an empty value removes it.
    void set(const QByteArray &name, const QByteArray &value);
    void setKeys(const QList<QByteArray> &keys);
    void setEnvironment(const QString &name, const QString &value);
    QString path(const QString &name) const { return folder_.filePath(name); }

    /// Starts `keywheel --headless --port 0 …`; whether it said that it listens.
    bool start(const QStringList &further = {});
    /// The same on the PORT of the settings.
    bool startOnPort(const QStringList &further = {});
    /// Starts `keywheel …` with the same .env file and waits for its end; returns the exit code.
    int run(const QStringList &arguments, const QByteArray &input = {});
    /// Starts the same, and returns at once.
    void launch(const QStringList &arguments);
    /// Makes run() speak to `server`, which must be running.
    void controls(const KeywheelProcess &server);

    quint16 port() const { return port_; }
    Fetched fetch(const QByteArray &method, const QByteArray &target, const Headers &headers = {},
                  const QByteArray &body = {}) const;
    /// What one of its own endpoints answers.
    QJsonObject endpoint(const QByteArray &path, const Headers &headers = {}) const;
    /// The blacklist as `index:kind` of each row, joined by commas.
    QByteArray blacklist() const;

    void signal(int number);
    /// Whether it ended by itself.
    bool waitForExit();
    bool isRunning() const { return process_.state() != QProcess::NotRunning; }
    qint64 pid() const { return process_.processId(); }
    int exitCode() const { return process_.exitCode(); }
    QByteArray standardOutput() const { return output_; }
    QByteArray standardError() const { return errors_; }
    QByteArray everythingPrinted() const { return output_ + errors_; }

private:
    void save();
    bool waitUntil(const std::function<bool()> &condition);

    QTemporaryDir folder_;
    QMap<QByteArray, QByteArray> settings_;
    QProcessEnvironment environment_;
    QProcess process_;
    QByteArray output_;
    QByteArray errors_;
    quint16 port_ = 0;
};

} // namespace keywheel
