// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/expected.h"
#include "keypool/keysnapshot.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

namespace keywheel {

class MiniConnection;
class MiniHttpServer;
struct MiniRequest;

/// A simulated OpenAI-compatible API inside the process, so that Keywheel can be tried without an
/// account: models, chat completions (plain and streamed), embeddings and file upload.
///
/// Of its five keys two are good, one is invalid (401), one is out of quota (429), and one is
/// limited for LimitedFor at every LimitedEvery-th request (429 with Retry-After).
///
/// Thread: its user's. Listens on loopback only.
class DemoUpstream : public QObject
{
    Q_OBJECT

public:
    static constexpr int LimitedEvery = 7;
    static constexpr std::chrono::seconds LimitedFor{5};
    static constexpr std::chrono::milliseconds TokenPace{30};

    /// `clock` paces streams and limits; it must outlive the object.
    explicit DemoUpstream(Clock &clock, QObject *parent = nullptr);
    ~DemoUpstream() override;

    /// Opens a free port of 127.0.0.1.
    Expected<void> start();
    QUrl baseUrl() const;
    static QList<ApiKey> keys();

private:
    void answer(const MiniRequest &request, MiniConnection *connection);
    bool refuseKey(const MiniRequest &request, MiniConnection *connection);
    bool refuseLimited(MiniConnection *connection);
    void chat(const MiniRequest &request, MiniConnection *connection);
    void stream(MiniConnection *connection, const QList<QByteArray> &events, qsizetype next);

    Clock &clock_;
    std::unique_ptr<MiniHttpServer> server_;
    int limitedRequests_ = 0;
    std::optional<Clock::Instant> limitedUntil_;
};

} // namespace keywheel
