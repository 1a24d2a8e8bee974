// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/nginx.h"

#include "support/testcertificate.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>

namespace keywheel {

namespace {

QString program()
{
    const QString found = QStandardPaths::findExecutable(QStringLiteral("nginx"));
    return !found.isEmpty() ? found
                            : QStandardPaths::findExecutable(QStringLiteral("nginx"),
                                                             {QStringLiteral("/usr/sbin")});
}

const char Configuration[] = R"(
daemon off; master_process off; pid %folder/pid; error_log stderr crit;
events { worker_connections 1000; }
http {
  access_log off;
  client_body_temp_path %folder/a; proxy_temp_path %folder/b; fastcgi_temp_path %folder/c;
  uwsgi_temp_path %folder/d; scgi_temp_path %folder/e;
  server {
    listen 127.0.0.1:%port ssl http2;
    http2_max_concurrent_streams 128; keepalive_requests %requests; client_max_body_size 0;
    ssl_certificate %certificate; ssl_certificate_key %key;
    location / {
      proxy_pass %behind; proxy_http_version 1.1; proxy_buffering off;
      proxy_request_buffering off; proxy_set_header Connection "";
      proxy_set_header x-connection $connection; proxy_next_upstream off;
    }
  }
}
)";

} // namespace

Nginx::Nginx(const TestCertificate &certificate, const QUrl &behind, int requestsPerConnection)
{
    if (!isInstalled()) {
        error_ = QStringLiteral("nginx is not installed");
        return;
    }
    // nginx cannot be told to take any free port.
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    port_ = probe.serverPort();
    probe.close();
    QByteArray text(Configuration);
    text.replace("%folder", folder_.path().toUtf8())
        .replace("%port", QByteArray::number(port_))
        .replace("%requests", QByteArray::number(requestsPerConnection))
        .replace("%certificate", certificate.certificateFile.toUtf8())
        .replace("%key", certificate.keyFile.toUtf8())
        .replace("%behind", behind.toEncoded());
    start(text);
}

Nginx::~Nginx()
{
    process_.terminate();
    process_.waitForFinished();
}

bool Nginx::isInstalled()
{
    return !program().isEmpty();
}

QUrl Nginx::url() const
{
    return QUrl(QStringLiteral("https://127.0.0.1:%1").arg(port_));
}

void Nginx::start(const QByteArray &configuration)
{
    QFile file(folder_.filePath(QStringLiteral("nginx.conf")));
    if (!file.open(QIODevice::WriteOnly) || file.write(configuration) < 0) {
        error_ = file.errorString();
        return;
    }
    file.close();
    process_.start(program(),
                   {QStringLiteral("-p"), folder_.path(), QStringLiteral("-c"), file.fileName()});
    const QDeadlineTimer deadline(10'000);
    while (process_.state() != QProcess::NotRunning && !deadline.hasExpired()) {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port_);
        if (socket.waitForConnected(100))
            return;
        process_.waitForFinished(20); // it has not come up yet
    }
    error_ = QStringLiteral("nginx did not start: ") +
             QString::fromUtf8(process_.readAllStandardError());
}

} // namespace keywheel
