// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/responsewriter.h"

#include <functional>

namespace keywheel {

/// What a client would have got. Outlives the ResponseWriter that writes into it.
struct Recorded
{
    int status = 0;
    Headers headers;
    QByteArray body;
    bool finished = false;
    bool aborted = false;
    std::function<void()> onWrite;           ///< called first by write(), if set
    class RecordingWriter *writer = nullptr; ///< null once it is gone
};

/// A ResponseWriter without a connection; the test plays the client.
class RecordingWriter final : public ResponseWriter
{
    Q_OBJECT

public:
    explicit RecordingWriter(Recorded &record) : record_(record) { record_.writer = this; }
    ~RecordingWriter() override { record_.writer = nullptr; }

    void writeHead(const ResponseHead &head) override
    {
        record_.status = head.status;
        record_.headers = head.headers;
    }
    void write(const QByteArray &data) override
    {
        if (record_.onWrite)
            record_.onWrite();
        record_.body += data;
        if (stuck_)
            pending_ += data.size();
    }
    void finish() override { record_.finished = true; }
    void abort() override { record_.aborted = true; }
    qint64 bytesPending() const override { return pending_; }

    /// The client stops taking bytes.
    void stick() { stuck_ = true; }
    /// It takes all that waits.
    void drain()
    {
        pending_ = 0;
        Q_EMIT drained();
    }
    void leave() { Q_EMIT clientGone(); }

private:
    Recorded &record_;
    bool stuck_ = false;
    qint64 pending_ = 0;
};

} // namespace keywheel
