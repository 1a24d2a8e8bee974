// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upstream/rawhead.h"

#include <QNetworkReply>

namespace keywheel {

class UpstreamConnection;
class ConnectionPool;

/// A QNetworkReply that an UpstreamConnection fills in the same thread and loop turn.
///
/// Signals come in this order: metaDataChanged() once, readyRead() while body bytes are there,
/// errorOccurred() when it failed, finished() last. None comes before createRequest() has returned.
/// What came before a failure can still be read. Reading less than what is there, with a read
/// buffer size set, stops the upstream from being read.
class UpstreamReply final : public QNetworkReply
{
    Q_OBJECT

public:
    UpstreamReply(const QNetworkRequest &request, QNetworkAccessManager::Operation operation,
                  QByteArray body, ConnectionPool &pool);
    ~UpstreamReply() override;

    void abort() override;
    qint64 bytesAvailable() const override;
    bool isSequential() const override { return true; }
    void setReadBufferSize(qint64 size) override;

    // What follows is for the pool and its connections.
    const RawRequestHead &head() const { return head_; }
    const QByteArray &body() const { return body_; }
    /// Where body bytes are appended.
    QByteArray &buffer() { return buffer_; }
    bool wantsMore() const { return readBufferSize() == 0 || buffered() < readBufferSize(); }

    UpstreamConnection *connection() const { return connection_; }
    void setConnection(UpstreamConnection *connection) { connection_ = connection; }
    /// Whether it has been sent a second time already, after a stale connection.
    bool resent() const { return resent_; }
    void setResent() { resent_ = true; }

    void setQueuedUntil(Clock::Instant now)
    {
        setAttribute(QueuedUntilAttribute, instantValue(now));
    }
    void setSentAt(Clock::Instant now) { setAttribute(SentAtAttribute, instantValue(now)); }
    void setResponseHead(const ResponseHead &head);
    /// Tells the readers of what has come since the last call.
    void publish();
    void finishCleanly();
    void fail(NetworkError code, const QString &text, bool handedOver);
    /// It waited for a connection in vain.
    void failInQueue(const QString &text);
    /// createRequest() is about to return it: from now on its signals may come.
    void expose() { exposed_ = true; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;

private:
    qint64 buffered() const { return buffer_.size() - offset_; }

    ConnectionPool &pool_;
    UpstreamConnection *connection_ = nullptr;
    RawRequestHead head_;
    QByteArray body_;
    QByteArray buffer_;
    qsizetype offset_ = 0; ///< how much of buffer_ has been read
    bool headPending_ = false;
    bool resent_ = false;
    bool exposed_ = false;
};

} // namespace keywheel
