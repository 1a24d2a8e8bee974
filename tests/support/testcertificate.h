// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslConfiguration>
#include <QString>

#include <optional>

namespace keywheel {

/// A self-signed certificate, by default for `localhost` and 127.0.0.1, made anew by the openssl
/// command.
struct TestCertificate
{
    QSslConfiguration configuration;
    QString certificateFile; ///< PEM, for UPSTREAM_CA_FILE
    QString keyFile;         ///< PEM
};
/// Puts its files into `folder`; nullopt without the openssl command. `names`: whom it is for
/// instead, as openssl's subjectAltName.
std::optional<TestCertificate>
makeTestCertificate(const QString &folder,
                    const QString &names = QStringLiteral("DNS:localhost,IP:127.0.0.1"));

} // namespace keywheel
