// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <algorithm>

namespace keywheel {

/// A request's body for the base class. Once a byte of it has been taken it cannot be rewound, and
/// that is its point: the stock QNetworkAccessManager rewinds a body to send a request again when
/// the connection breaks, also a POST that may have arrived. With this one it gives up instead.
class UploadDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit UploadDevice(QByteArray body) : body_(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    /// A byte has been taken, so that some of the request may have left.
    bool begun() const { return pos() > 0; }
    /// The base class wanted to send it again.
    bool rewindRefused() const { return refused_; }

    qint64 size() const override { return body_.size(); }
    bool reset() override
    {
        refused_ = refused_ || begun();
        return !begun();
    }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 size = qMin(maxSize, body_.size() - pos());
        std::copy_n(body_.constData() + pos(), size, data);
        return size;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray body_;
    bool refused_ = false;
};

} // namespace keywheel
