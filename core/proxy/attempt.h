// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "http/answeropening.h"
#include "http/contentcoding.h"
#include "http/message.h"
#include "upstream/rawhead.h"
#include "verdict/verdict.h"

#include <QNetworkReply>
#include <QObject>

#include <memory>

namespace keywheel {

/// One request sent upstream, and its answer as far as it must be known to judge it. Owns the
/// reply; destroying the attempt ends the upstream request at once.
///
/// Signals: decided() once, as soon as it can be said whose fault it is — at the head for most
/// answers below 400; at the end or at InspectLimit bytes of the body for others; at once when
/// there is no answer. The beginning of an answer of status 200 that may be an error all the same
/// (an event stream, the JSON of a POST) is held back until it shows what it is, Patience at most.
/// Comments and blank lines at the start of a stream are not: quietCame() says that they can be
/// taken with takeQuiet(). After decided(), progressed() whenever there is more to
/// read or the end has come. gaveUp() at any time: an exception (a failed allocation) was met, and
/// nothing more will come.
class Attempt : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 InspectLimit = qint64{64} * 1024;
    /// What the reply may hold while nobody reads; beyond it the upstream is not read.
    static constexpr qint64 ReadAhead = qint64{256} * 1024;

    /// For what is held back.
    static constexpr std::chrono::milliseconds Patience{300};

    /// `inspectsJson`: an answer of status 200 in JSON may be an error too.
    Attempt(QNetworkReply *reply, Clock &clock, bool inspectsJson);
    ~Attempt() override;

    /// Ends the upstream request now; nothing else may be called after it.
    void end() { reply_.reset(); }

    /// Valid once decided() named a status.
    const ResponseHead &head() const { return head_; }
    /// The whole answer has come and can be passed on even after the reply is gone.
    bool isWhole() const { return ended() && !broken(); }
    bool ended() const;
    /// It ended before the answer was whole; the reason is in failure().
    bool broken() const;
    /// Why there is no answer, or no whole one.
    AttemptResult failure() const;

    /// When a connection was there or was opened for the request; none while all are busy.
    std::optional<Clock::Instant> queuedUntil() const
    {
        return instantOf(*reply_, QueuedUntilAttribute);
    }
    /// When a connection took the request; none while it waits for one.
    std::optional<Clock::Instant> sentAt() const { return instantOf(*reply_, SentAtAttribute); }

    /// The comments and blank lines with which a stream began, as far as they have come since the
    /// last call.
    QByteArray takeQuiet();
    qint64 bytesAvailable() const;
    QByteArray read(qint64 max);

Q_SIGNALS:
    void decided(const keywheel::AttemptResult &result);
    void quietCame();
    void progressed();
    void gaveUp();

private:
    enum class Phase { Waiting, Inspecting, Peeking, Decided };

    void run(void (Attempt::*slot)());
    void onHead();
    void onReadyRead();
    void onFinished();
    void inspect();
    bool isHarmlessJson() const;
    /// Leaves it when the coding is not known.
    void beginPeeking();
    void peek();
    void endPeeking();
    AttemptResult errorInside() const;
    void decide(const AttemptResult &result);
    AttemptResult answer() const;

    struct Discard
    {
        void operator()(QNetworkReply *reply) const;
    };
    std::unique_ptr<QNetworkReply, Discard> reply_;
    Phase phase_ = Phase::Waiting;
    bool hasHead_ = false;
    ResponseHead head_;
    QByteArray held_; ///< body bytes read to judge by; they are passed on first
    /// While an answer of status 200 is looked at.
    struct Peek
    {
        Peek(BodyDecoder bodyDecoder, bool coded, Clock &clock, std::function<void()> ring)
            : decoder(std::move(bodyDecoder)),
              isCoded(coded),
              patience(clock, std::move(ring))
        {
        }
        BodyDecoder decoder;
        bool isCoded;
        AnswerOpening opening;
        Alarm patience;
        qsizetype quietTaken = 0;
    };
    Clock &clock_;
    bool inspectsJson_;
    std::unique_ptr<Peek> peek_;
};

} // namespace keywheel
