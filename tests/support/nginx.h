// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace keywheel {

struct TestCertificate;

/// nginx as an upstream that speaks HTTP/2 over TLS, and passes each request on to `behind` by
/// HTTP/1.1 as it comes, with the number of the HTTP/2 connection in `x-connection`.
class Nginx
{
public:
    /// Without nginx on this machine, error() says so.
    Nginx(const TestCertificate &certificate, const QUrl &behind, int requestsPerConnection = 1000);
    ~Nginx();

    static bool isInstalled();
    /// Empty when it runs.
    QString error() const { return error_; }
    QUrl url() const;

private:
    void start(const QByteArray &configuration);

    QTemporaryDir folder_;
    QProcess process_;
    quint16 port_ = 0;
    QString error_;
};

} // namespace keywheel
