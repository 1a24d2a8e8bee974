// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QTcpSocket>

#include <functional>

namespace keywheel {

/// The bytes of one client's connection, both ways, and the ways in which it can end. Nothing is
/// read from the network beyond ReadBuffer bytes that nobody has taken.
///
/// Thread: the core's. Signals never come from inside flush().
class ClientStream final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 ReadBuffer = qint64{64} * 1024;

    explicit ClientStream(qintptr descriptor);
    ~ClientStream() override;

    const QTcpSocket &socket() const { return socket_; }
    /// The client's address; IPv4 as such, also on a dual-stack listener.
    QHostAddress peer() const { return peer_; }
    bool isConnected() const { return socket_.state() == QAbstractSocket::ConnectedState; }

    /// Shows `take` the next bytes; those that it returns as taken are gone. False when there are
    /// none.
    bool read(const std::function<qsizetype(QByteArrayView)> &take);
    bool hasUnread() const { return socket_.bytesAvailable() > 0; }
    /// Whether bytes wait, here or in the system.
    bool hasArrived() const;
    /// Nothing more is read, and so not noticed either, before some of it is taken.
    bool isFull() const { return socket_.bytesAvailable() >= ReadBuffer; }
    /// Whether the client has closed its sending side or all, even when isFull(). Not while more
    /// of it waits than the system takes, and on Windows never.
    bool hasClientLeft() const;
    void discardUnread();

    /// Buffered until flush() or the loop's next turn. Dropped when the client has left.
    void send(QByteArrayView bytes);
    void send(const QByteArray &bytes);
    void flush();
    qint64 bytesToWrite() const { return socket_.bytesToWrite(); }

    /// Sends FIN and leaves the other direction open: to close with unread bytes here would reset
    /// the connection and could take the answer from the client. All must have been sent.
    void shutDownWriting();
    /// Ends both directions now. With `reset` by RST, so that the client cannot take it for a clean
    /// end.
    void abort(bool reset);

Q_SIGNALS:
    void readyRead();
    void bytesWritten();
    /// Comes in a later turn of the loop than what led to it.
    void disconnected();

private:
    QTcpSocket socket_;
    QHostAddress peer_;
    bool flushing_ = false;
};

} // namespace keywheel
