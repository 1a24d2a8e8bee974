// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testcertificate.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace keywheel {

std::optional<TestCertificate> makeTestCertificate(const QString &folder, const QString &names)
{
    const QString certificateFile = folder + QStringLiteral("/certificate.pem");
    const QString keyFile = folder + QStringLiteral("/key.pem");
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-nodes"),
                   QStringLiteral("-newkey"), QStringLiteral("rsa:2048"), QStringLiteral("-days"),
                   QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
                   QStringLiteral("-addext"), QStringLiteral("subjectAltName=") + names,
                   QStringLiteral("-keyout"), keyFile, QStringLiteral("-out"), certificateFile});
    if (!openssl.waitForFinished() || openssl.exitCode() != 0)
        return std::nullopt;
    QFile key(keyFile);
    if (!key.open(QIODevice::ReadOnly))
        return std::nullopt;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(certificateFile));
    configuration.setPrivateKey(QSslKey(&key, QSsl::Rsa));
    return TestCertificate{configuration, certificateFile, keyFile};
}

} // namespace keywheel
