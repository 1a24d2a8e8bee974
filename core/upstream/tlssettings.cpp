// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/tlssettings.h"

#include <QFile>
#include <QSslCertificate>

namespace keywheel {

Expected<QSslConfiguration> tlsSettings(const QString &caFile)
{
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    tls.setSslOption(QSsl::SslOptionDisableSessionPersistence, false);
    if (caFile.isEmpty())
        return tls;
    QFile file(caFile);
    if (!file.open(QIODevice::ReadOnly))
        return failure(QStringLiteral("UPSTREAM_CA_FILE: cannot read '%1': %2")
                           .arg(caFile, file.errorString()));
    const auto certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty())
        return failure(
            QStringLiteral("UPSTREAM_CA_FILE: '%1' holds no PEM certificate").arg(caFile));
    tls.addCaCertificates(certificates);
    return tls;
}

} // namespace keywheel
