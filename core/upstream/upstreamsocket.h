// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "upstream/endpoint.h"

#include <QNetworkReply>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpSocket>

#include <memory>

class QSslSocket;

namespace keywheel {

/// TLS to the upstream: 1.2 or later, HTTP/1.1 by ALPN, sessions that can be resumed, and the
/// system's authorities with those of the PEM file `caFile` (empty: none). Fails when that cannot
/// be read or holds no certificate. The first call loads the TLS library.
Expected<QSslConfiguration> tlsSettings(const QString &caFile);

/// The bytes between an UpstreamConnection and its peer: TCP, or TLS over it. Plain connections
/// that need no proxy go without Qt's buffers, which would hold 16 KiB for each direction. The one
/// place where core/upstream asks the system about a socket, past Qt.
///
/// Thread: the core's. Owned by its connection.
///
/// Signals: connected(), then ready() once secure() was called, or failed(); then readyRead() and
/// bytesWritten() in any order; closed() last, unless read() told of the end before. None after
/// abort().
class UpstreamSocket final : public QObject
{
    Q_OBJECT

public:
    explicit UpstreamSocket(bool tls);
    ~UpstreamSocket() override;

    void open(const Endpoint &endpoint, const QNetworkProxy &proxy, const QSslConfiguration &tls);
    /// Begins TLS, where there is any.
    void secure();
    void abort();

    /// Whether another request may be sent on it, as far as events have told.
    bool isOpen() const;
    /// Whether the peer has neither closed nor sent anything, asked of the system itself: an event
    /// that says so may still be waiting in the loop.
    bool isQuiet() const;
    /// Bytes are here that nobody has read.
    bool hasUnread() const { return !direct_ && socket_->bytesAvailable() > 0; }
    const QTcpSocket &socket() const { return *socket_; }

    /// How many bytes were read: 0 when none are there, -1 when the peer has closed. Fewer than
    /// `size` are all that were there.
    qint64 read(char *data, qint64 size);
    /// Remembers whether the peer has reset the connection. Reading clears what tells it.
    void lookForReset();
    /// The connection ended without the peer having said so: by a reset, or under TLS without its
    /// close_notify. Anybody on the way can do either.
    bool wasCutOff() const { return cutOff_; }

    /// Sends what the system takes, keeps the rest, and may emit bytesWritten() before it returns.
    void write(const char *data, qint64 size);
    /// What the system has not taken yet; of TLS in either form.
    qint64 bytesToWrite() const;

Q_SIGNALS:
    void connected();
    void ready();
    void readyRead();
    void bytesWritten();
    void closed();
    /// Before ready() only. `why` is a text for people; of TLS, what was wrong with the
    /// certificate.
    void failed(QNetworkReply::NetworkError error, const QString &why);
    /// A TLS session that a later connection may resume.
    void ticketReceived(const QByteArray &ticket);

private:
    void watchTls(QSslSocket &tls);
    void onError(QAbstractSocket::SocketError error);
    void becomeReady();
    void closeLater();

    std::unique_ptr<QTcpSocket> socket_;
    QSslSocket *tls_ = nullptr; ///< the same socket, when it is one
    bool direct_ = false;       ///< without Qt's buffers
    bool ready_ = false;
    bool ended_ = false; ///< the peer has closed, or ended TLS alone
    bool cutOff_ = false;
};

} // namespace keywheel
