// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/responsewriter.h"

namespace keywheel {

class Connection;

/// Writes one answer to one Connection, framed as the client understands it (RFC 9112 §6). The head
/// leaves with the first bytes of the body, or by itself in the loop's next turn; every write()
/// leaves at once.
class ConnectionWriter final : public ResponseWriter
{
    Q_OBJECT

public:
    struct Options
    {
        bool http10 = false;    ///< no chunked coding
        bool headOnly = false;  ///< HEAD
        bool keepAlive = false; ///< the connection may be used again
        QByteArray corsOrigin;  ///< CORS fields for it, instead of the upstream's
    };

    ConnectionWriter(Connection &connection, Options options);
    ~ConnectionWriter() override;

    void writeHead(const ResponseHead &head) override;
    void write(const QByteArray &data) override;
    void finish() override;
    void abort() override;
    qint64 bytesPending() const override;

    /// By the Connection: the client has left. The writer may be gone afterwards.
    void clientLeft();
    /// By the Connection: the socket took some bytes.
    void checkDrained();

private:
    enum class Framing { None, Length, Chunked, UntilClose };

    void chooseFraming(int status, std::optional<qint64> length);
    void appendFields(QByteArray &text, const ResponseHead &head) const;
    void sendChunkSize(qsizetype size);
    void noteLevel();

    Connection *connection_;
    Options options_;
    Framing framing_ = Framing::None;
    qint64 remaining_ = 0; ///< of the promised Content-Length
    bool headWritten_ = false;
    bool full_ = false; ///< HighWater was reached and drained() is due
};

} // namespace keywheel
