// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslConfiguration>
#include <QString>

#include <optional>

namespace keywheel {

/// A self-signed certificate for `localhost` and 127.0.0.1, made anew by the openssl command.
struct TestCertificate
{
    QSslConfiguration configuration;
    QString certificateFile; ///< PEM, for UPSTREAM_CA_FILE
};
/// Puts its files into `folder`; nullopt without the openssl command.
std::optional<TestCertificate> makeTestCertificate(const QString &folder);

} // namespace keywheel
