// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"
#include "http/latererrors.h"
#include "http/requestfacts.h"
#include "http/responsewriter.h"
#include "keypool/keypool.h"
#include "proxy/affinity.h"
#include "proxy/attempt.h"
#include "proxy/proxyconfig.h"

#include <QObject>

#include <memory>
#include <optional>

namespace keywheel {

class Refusals;
struct OwnError;

/// What an exchange learns from those before it.
struct ProxyMemory
{
    Affinity &affinity;
    Refusals &refusals;
};

/// One client request and its response: leases a key, sends the request, judges what comes back,
/// tries the next key where the policy allows it, and relays the answer chunk by chunk.
///
/// Owned by the Proxy, which deletes it after done(). Nothing is retried once a byte that matters
/// has gone to the client; comments at the start of a stream do not, so the next key's stream may
/// go on under the head that came with them. A further attempt counts against MAX_RETRIES, except
/// after an answer that says that the key itself is bad: good keys behind many bad ones must be
/// found, MostKeys tried at most. A client that leaves ends the upstream request at once; nobody is
/// blamed for that. An exception in whatever is done for it (a failed allocation) is a cancel().
class Exchange : public QObject
{
    Q_OBJECT

public:
    Exchange(Request request, std::unique_ptr<ResponseWriter> writer, const ProxyServices &services,
             const ProxyMemory &memory, const ProxyTarget &target);
    ~Exchange() override;

    void start();
    /// Ends it now, without a clean end for the client.
    void cancel();

Q_SIGNALS:
    /// It is over and its record is written. Comes once, and last.
    void done();

private:
    /// Every way in from outside goes through it.
    template <typename Call>
    void orCancel(const Call &call);
    tl::expected<void, LeaseRefusal> leaseNextKey();
    void send();
    void onDecided(const AttemptResult &result);
    bool mayTryAgain(const Verdict &verdict);
    void sendAgain(FaultClass fault);
    /// For when attempts run out: the last whole answer, but the first one that refused the request
    /// with this key.
    void keepAnswer(const Verdict &verdict);
    void passOn(const Verdict &verdict);
    void rememberRefusal(const Verdict &verdict);
    const QByteArray &scope();
    KeyIds keysToAvoid();
    void answerWithLast(const OwnError &otherwise);
    void beginRelay();
    void passQuiet();
    /// Whether this attempt's answer can go on under the head that has been sent.
    bool fitsUnderHead() const;
    /// A head has gone out, and no answer came that goes on under it.
    void endUnderHead();
    void watchForError(const QByteArray &chunk);
    void relay();
    void onClientGone();
    void endLease(const Verdict &verdict, int status);
    void recordAttempt(const Lease &lease, const Verdict &verdict, int status);
    void sendHead(ResponseHead head);
    void discardAttempt();
    void finish();

    const ProxyServices &services_;
    ProxyMemory memory_;
    ProxyTarget target_;
    Request request_;
    RequestFacts facts_{request_};
    std::unique_ptr<ResponseWriter> writer_;
    std::unique_ptr<Attempt> attempt_;
    std::optional<Lease> lease_;
    KeyIds tried_;
    int counted_ = 0;       ///< of the attempts, those that count against MAX_RETRIES
    int unknownModels_ = 0; ///< answers that the model does not exist, or is not this key's
    QByteArray scope_;      ///< empty: nobody has asked for it
    KeyId preferred_ = 0;   ///< the key that made what the request names
    int upstreamFailures_ = 0;
    bool relaying_ = false;
    bool stopsRetries_ = false; ///< the head tells SDKs not to send the request again
    bool over_ = false;
    struct Answer
    {
        ResponseHead head;
        QByteArray body;
        bool saysWait = false;
    };
    /// The last whole answer of the upstream, for when attempts run out on something that is none.
    std::optional<Answer> lastAnswer_;
    std::optional<Answer> firstRefusal_;
    std::optional<ResponseHead> sentHead_;     ///< of a stream whose comments have been passed on
    QByteArray firstError_;                    ///< the error event that came under it
    std::unique_ptr<LaterErrors> laterErrors_; ///< of an event stream that is passed on
    RequestRecord record_;
    std::unique_ptr<Affinity::Learner> learner_; ///< of an answer that may name new things
    AttemptRecord current_;                      ///< the attempt under way
};

} // namespace keywheel
