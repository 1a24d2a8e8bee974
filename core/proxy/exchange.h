// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"
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

struct OwnError;

/// One client request and its response: leases a key, sends the request, judges what comes back,
/// tries the next key where the policy allows it, and relays the answer chunk by chunk.
///
/// Owned by the Proxy, which deletes it after done(). Nothing is retried once a byte has gone to
/// the client. A client that leaves ends the upstream request at once; nobody is blamed for that.
/// An exception in whatever is done for it (a failed allocation) is a cancel().
class Exchange : public QObject
{
    Q_OBJECT

public:
    Exchange(Request request, std::unique_ptr<ResponseWriter> writer, const ProxyServices &services,
             Affinity &affinity, const ProxyTarget &target);
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
    void sendAgain(FaultClass fault);
    void keepAnswer();
    void answerWithLast(const OwnError &otherwise);
    void beginRelay();
    void relay();
    void onClientGone();
    void endLease(const Verdict &verdict, int status);
    void recordAttempt(const Lease &lease, const Verdict &verdict, int status);
    void sendHead(const ResponseHead &head);
    void discardAttempt();
    void finish();

    const ProxyServices &services_;
    Affinity &affinity_;
    ProxyTarget target_;
    Request request_;
    RequestFacts facts_{request_};
    std::unique_ptr<ResponseWriter> writer_;
    std::unique_ptr<Attempt> attempt_;
    std::optional<Lease> lease_;
    KeyIds tried_;
    KeyId preferred_ = 0; ///< the key that made what the request names
    int upstreamFailures_ = 0;
    bool relaying_ = false;
    bool over_ = false;
    /// The last whole answer of the upstream, for when attempts run out on something that is none.
    std::optional<ResponseHead> lastHead_;
    QByteArray lastBody_;
    RequestRecord record_;
    std::unique_ptr<Affinity::Learner> learner_; ///< of an answer that may name new things
    AttemptRecord current_;                      ///< the attempt under way
};

} // namespace keywheel
