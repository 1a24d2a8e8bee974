// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"

#include "support/cleanenvironment.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTimer>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

namespace keywheel {

namespace {

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) < 0)
        qFatal("%s cannot be written", qPrintable(path));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace

KeywheelProcess::KeywheelProcess(const QUrl &upstream, const QList<QByteArray> &keys)
    : environment_(cleanEnvironment(folder_.path()))
{
    environment_.insert(QStringLiteral("NO_COLOR"), QStringLiteral("1"));
    QObject::connect(&process_, &QProcess::readyReadStandardOutput, &process_,
                     [this] { output_ += process_.readAllStandardOutput(); });
    QObject::connect(&process_, &QProcess::readyReadStandardError, &process_,
                     [this] { errors_ += process_.readAllStandardError(); });
    settings_.insert("KEYS_FILE", path(QStringLiteral("keys.txt")).toUtf8());
    settings_.insert("KEY_STORE", "file");
    settings_.insert("UPSTREAM_PROXY", "none");
    if (!upstream.isEmpty())
        settings_.insert("OPENAI_BASE_URL", upstream.toEncoded());
    save();
    setKeys(keys);
}

KeywheelProcess::~KeywheelProcess()
{
    if (!isRunning())
        return;
    // Not kill(): an exit of its own lets the sanitizers and the coverage report.
    process_.terminate();
    if (!process_.waitForFinished(11'000))
        process_.kill();
    process_.waitForFinished();
}

void KeywheelProcess::set(const QByteArray &name, const QByteArray &value)
{
    if (value.isEmpty())
        settings_.remove(name);
    else
        settings_.insert(name, value);
    save();
}

void KeywheelProcess::setKeys(const QList<QByteArray> &keys)
{
    writeFile(path(QStringLiteral("keys.txt")), keys.join('\n') + '\n');
}

void KeywheelProcess::setEnvironment(const QString &name, const QString &value)
{
    environment_.insert(name, value);
}

void KeywheelProcess::save()
{
    QByteArray text;
    for (auto it = settings_.cbegin(); it != settings_.cend(); ++it)
        text += it.key() + '=' + it.value() + '\n';
    writeFile(path(QStringLiteral(".env")), text);
}

void KeywheelProcess::launch(const QStringList &arguments)
{
    output_.clear();
    errors_.clear();
    process_.setProcessEnvironment(environment_);
    process_.setWorkingDirectory(folder_.path());
    process_.start(QStringLiteral(KEYWHEEL_BINARY),
                   arguments +
                       QStringList{QStringLiteral("--env-file"), path(QStringLiteral(".env"))});
}

bool KeywheelProcess::start(const QStringList &further)
{
    return startOnPort(QStringList{QStringLiteral("--port"), QStringLiteral("0")} + further);
}

bool KeywheelProcess::startOnPort(const QStringList &further)
{
    static const QRegularExpression ready(
        QStringLiteral("Keywheel listens on http://[^ \\n]*:(\\d+)[\\s\"]"));
    launch(QStringList{QStringLiteral("--headless")} + further);
    QRegularExpressionMatch match;
    waitUntil([&] {
        match = ready.match(QString::fromUtf8(everythingPrinted()));
        return match.hasMatch() || !isRunning();
    });
    port_ = match.captured(1).toUShort();
    if (port_ == 0)
        qWarning("keywheel did not start: %s", everythingPrinted().constData());
    return port_ != 0;
}

int KeywheelProcess::run(const QStringList &arguments, const QByteArray &input)
{
    launch(arguments);
    process_.write(input);
    process_.closeWriteChannel();
    return waitForExit() ? exitCode() : -1;
}

void KeywheelProcess::controls(const KeywheelProcess &server)
{
    set("PORT", QByteArray::number(server.port()));
    setEnvironment(QStringLiteral("XDG_RUNTIME_DIR"), server.folder_.path());
}

Fetched KeywheelProcess::fetch(const QByteArray &method, const QByteArray &target,
                               const Headers &headers, const QByteArray &body) const
{
    return keywheel::fetch(port_, method, target, headers, body);
}

QJsonObject KeywheelProcess::endpoint(const QByteArray &path, const Headers &headers) const
{
    return QJsonDocument::fromJson(fetch("GET", path, headers).body).object();
}

QByteArray KeywheelProcess::blacklist() const
{
    QByteArrayList rows;
    const QJsonArray keys = endpoint("/blacklist")[QStringLiteral("blacklistedKeys")].toArray();
    for (const auto &row : keys)
        rows += QByteArray::number(row[QStringLiteral("index")].toInt(-1)) + ':' +
                row[QStringLiteral("kind")].toString().toUtf8();
    return rows.join(',');
}

void KeywheelProcess::signal(int number)
{
#ifdef Q_OS_UNIX
    ::kill(static_cast<pid_t>(process_.processId()), number);
#else
    Q_UNUSED(number);
    process_.terminate();
#endif
}

bool KeywheelProcess::waitForExit()
{
    return waitUntil([this] { return !isRunning(); });
}

bool KeywheelProcess::waitUntil(const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer timeout;
    timeout.setSingleShot(true);
    QObject::connect(&timeout, &QTimer::timeout, &loop, &QEventLoop::quit);
    const auto check = [&] {
        if (condition())
            loop.quit();
    };
    QObject::connect(&process_, &QProcess::readyReadStandardOutput, &loop, check);
    QObject::connect(&process_, &QProcess::readyReadStandardError, &loop, check);
    QObject::connect(&process_, &QProcess::stateChanged, &loop, check);
    timeout.start(Patience);
    if (!condition())
        loop.exec();
    return condition();
}

} // namespace keywheel
