// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSocket>
#include <QHostAddress>

#include <functional>

namespace keywheel {

class Outbox;

/// The bytes of one client's connection, both ways, and the ways in which it can end. It goes
/// without Qt's buffers, which would hold 16 KiB for each direction of each connection: what is
/// read is shown at once, and only what nobody takes is kept.
///
/// Thread: the core's. No signal comes from inside a call.
class ClientStream final : public QObject
{
    Q_OBJECT

public:
    /// So much is read ahead.
    static constexpr qint64 ReadBuffer = qint64{64} * 1024;

    ClientStream(qintptr descriptor, Outbox &outbox);
    ~ClientStream() override;

    const QAbstractSocket &socket() const { return socket_; }
    /// The client's address; IPv4 as such, also on a dual-stack listener.
    QHostAddress peer() const { return peer_; }
    bool isConnected() const { return socket_.state() == QAbstractSocket::ConnectedState; }

    /// Shows `take` the next bytes; those that it returns as taken are gone. False when there are
    /// none.
    bool read(const std::function<qsizetype(QByteArrayView)> &take);
    /// Reads what has come, up to ReadBuffer bytes, while nobody takes any: it is how the client's
    /// leaving is noticed.
    void readAhead();
    bool hasUnread() const { return !unread_.isEmpty(); }
    /// Whether bytes wait, here or in the system.
    bool hasArrived() const;
    /// Nothing more is read, and so not noticed either, before some of it is taken.
    bool isFull() const { return unread_.size() >= ReadBuffer; }
    /// Whether the client has closed its sending side or all, even when isFull(). Not while more
    /// of it waits than the system takes, and on Windows never.
    bool hasClientLeft() const;
    void discardUnread();

    /// Gathered until flush(), or the next turn of the loop after flushLater(). Dropped when the
    /// client has left.
    void send(QByteArrayView bytes);
    /// Where send() gathers, to append to in place; not to be kept.
    QByteArray &gathered();
    void flush();
    void flushLater();
    /// What the system has not taken yet.
    qint64 bytesToWrite() const;

    /// Sends FIN and leaves the other direction open: to close with unread bytes here would reset
    /// the connection and could take the answer from the client. All must have been sent.
    void shutDownWriting();
    /// Ends both directions now. With `reset` by RST, so that the client cannot take it for a clean
    /// end.
    void abort(bool reset);

Q_SIGNALS:
    void readyRead();
    /// Of what the system did not take at once.
    void bytesWritten();
    /// Comes in a later turn of the loop than what led to it.
    void disconnected();

private:
    friend class Outbox;
    qint64 receive(char *data, qint64 size);
    void write(QByteArrayView bytes);

    /// Not a QTcpSocket, which buffers whatever its open mode says.
    QAbstractSocket socket_{QAbstractSocket::TcpSocket, nullptr};
    Outbox &outbox_;
    QHostAddress peer_;
    QByteArray unread_;
};

/// Gathers what is sent to a client in one turn of the loop, so that it leaves in one write and no
/// connection needs a buffer of its own. One for all connections of a server; it holds the bytes of
/// one at a time.
class Outbox final : public QObject
{
    Q_OBJECT

public:
    /// Where to append what goes to `stream`; sends first what another has gathered.
    QByteArray &bytesFor(ClientStream &stream);
    qsizetype size(const ClientStream &stream) const;
    void flush(const ClientStream &stream);
    void flushLater();
    void drop(const ClientStream &stream);

private:
    void flush();

    ClientStream *owner_ = nullptr;
    QByteArray bytes_;
    bool scheduled_ = false;
};

} // namespace keywheel
