// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QTcpSocket>

#include <memory>

namespace keywheel {

/// The socket that QtHttpServer sees. It is not the client's: that one belongs to Connection, which
/// frames and checks requests, because QtHttpServer's own parser can be desynchronised, knows no
/// limits, and takes the next request while one is being answered. QtHttpServer gets one short and
/// clean request for each that passed; the real one waits in the Connection.
///
/// Ownership: HttpAdapter's at first, then QtHttpServer's, which deletes it after retire().
class ClientSocket final : public QTcpSocket
{
    Q_OBJECT

public:
    ClientSocket(const QAbstractSocket &client, QObject *parent);
    ~ClientSocket() override;

    /// Lets QtHttpServer read one request; it calls its handler before this returns.
    void offerRequest();
    /// The client has left: QtHttpServer lets go of this socket, in a later turn of the loop.
    void retire();
    /// Holds what must live until the exchange has ended; null lets go of it.
    void hold(std::shared_ptr<void> guest) { guest_ = std::move(guest); }

    qint64 bytesAvailable() const override;
    /// Not true: it keeps QIODevice from holding what QtHttpServer reads in a transaction in a
    /// buffer of 16 KiB, which would stay for as long as the connection.
    bool isSequential() const override { return false; }
    void disconnectFromHost() override;

Q_SIGNALS:
    /// QtHttpServer wants the connection closed.
    void dropped();

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    /// Nothing but Connection writes to the client.
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArrayView unread_;
    std::shared_ptr<void> guest_;
};

} // namespace keywheel
