// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>

namespace keywheel {

enum class KeyStoreKind { File, Keychain };
enum class WhenNoKeyLeft { Reset, Reject };
enum class WhichKey { RoundRobin, LeastUsed, FillFirst, Headroom };
enum class LogLevel { Debug, Info, Warning, Error };
enum class LogFormat { Text, Json };

/// A shorter AUTH_KEY is guessed too easily: there is a warning.
inline constexpr qsizetype ShortAuthKey = 16;

/// All settings, parsed and valid. A value; README.md explains each variable. The defaults, bounds
/// and names stand in the settings table (settingstable.h), not here.
struct Settings
{
    QHostAddress host;
    quint16 port;
    bool bothLoopbacks; ///< `localhost`: on ::1 as well as on `host`, which is 127.0.0.1
    bool upstreamHttp2;
    QString keysFile;
    KeyStoreKind keyStore;
    int startIndex;
    int blacklistThreshold;
    QUrl baseUrl; ///< without a trailing slash
    std::chrono::milliseconds requestTimeout;
    std::chrono::milliseconds responseTimeout;
    int maxRetries;
    QByteArray authKey; ///< empty: none
    bool allowOpen;     ///< a container may listen to a network without AUTH_KEY
    bool enableCors;
    QStringList allowedOrigins;
    int maxSockets;
    int maxFreeSockets;
    qint64 maxBodySize;
    int maxConnections;
    /// DefaultProxy stands for `system`, NoProxy for `none`.
    QNetworkProxy upstreamProxy;
    WhichKey keyStrategy;
    WhenNoKeyLeft allKeysBlacklisted;
    std::chrono::milliseconds keyCheckInterval; ///< 0: off
    QString upstreamCaFile;                     ///< empty: none
    LogLevel logLevel;
    LogFormat logFormat;
};

inline bool isAuthKeyShort(const Settings &settings)
{
    return !settings.authKey.isEmpty() && settings.authKey.size() < ShortAuthKey;
}

} // namespace keywheel
