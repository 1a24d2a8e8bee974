// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "upstream/rawhead.h"
#include "upstream/uploaddevice.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <memory>
#include <optional>

namespace keywheel {

class Http2Managers;

/// A reply of the stock QNetworkAccessManager under the contract of UpstreamReply: the same order
/// of signals, the same attributes and errors. Owned by whoever called AccessManager.
///
/// Time-outs as in UpstreamConnection, as far as the base class lets one see: requestTimeout for a
/// free stream, then until the connection stands, then for each wait of the hand-over, then
/// responseTimeout for each silence.
class Http2Reply final : public QNetworkReply
{
    Q_OBJECT

public:
    /// A server could go on for ever to end its connections without looking at a request.
    static constexpr int MaxResends = 5;
    /// A request that has not begun by then, on a connection that has worked, goes to another: the
    /// base class loses what it is given while it closes one.
    static constexpr std::chrono::milliseconds StuckAfter{1000};

    Http2Reply(const QNetworkRequest &request, QNetworkAccessManager::Operation operation,
               QByteArray body, Http2Managers &owner);
    ~Http2Reply() override;

    void abort() override;
    qint64 bytesAvailable() const override;
    bool isSequential() const override { return true; }
    void setReadBufferSize(qint64 size) override;

    // What follows is for Http2Managers.
    /// Sends the request. The manager lives at least as long as what it answers can be read.
    void start(std::shared_ptr<QNetworkAccessManager> manager, const QSslConfiguration &tls);
    /// Ends it unsent, once whoever waits can have connected.
    void failLater(NetworkError code, const QString &text);
    const std::shared_ptr<QNetworkAccessManager> &manager() const { return manager_; }
    /// Nothing of the request that matters has left.
    bool hasNotBegun() const;
    /// It is to be sent again, by another start().
    void takeBack();
    /// All of the request has left, as far as the base class tells.
    bool handedOver() const;
    Clock::Instant deadline() const { return deadline_; }
    void onDeadline();
    /// Counts from now.
    void setDeadline();

protected:
    qint64 readData(char *data, qint64 maxSize) override;

private:
    void onSent(qint64 bytes);
    void onHead();
    void onReadyRead();
    void onFinished();
    bool mayResend() const;
    bool mayBeStuck() const;
    QString whyLate(bool sent) const;
    void dropStock();
    void fail(NetworkError code, const QString &text, bool handedOver);

    Http2Managers &owner_;
    RawRequestHead sent_;
    QByteArray body_;
    std::shared_ptr<QNetworkAccessManager> manager_;
    std::shared_ptr<UploadDevice> upload_; ///< shared with the stock reply
    QNetworkReply *stock_ = nullptr;       ///< a child of manager_
    std::optional<ResponseHead> head_;
    qint64 taken_ = 0;      ///< bytes of the response's body that have been read
    qint64 bytesSent_ = 0;  ///< of the request's body
    bool headSent_ = false; ///< the request's
    int resends_ = 0;
    Clock::Instant deadline_ = Clock::Instant::max();
};

} // namespace keywheel
