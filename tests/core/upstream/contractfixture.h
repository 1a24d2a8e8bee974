// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upstream/accessmanager.h"
#include "upstream/rawhead.h"

#include "support/fakeclock.h"
#include "support/fakeupstream.h"
#include "support/testcertificate.h"

#include <QNetworkReply>
#include <QTest>

#include <functional>

namespace keywheel {

class ConnectionPool;
class Http2Managers;

/// One of the ways that a request can take: over our own reply or through the base class, plain or
/// over TLS. The same contract holds for all of them; where the base class cannot keep it, the test
/// says why, by DIFFERENCE or UNSTABLE.
struct Way
{
    bool base = false; ///< through the stock QNetworkAccessManager, by HTTP/1.1
    bool tls = false;
};

/// An upstream, a clock that stands still, and a way from the one to the other.
class ContractFixture
{
public:
    explicit ContractFixture(Way way);
    ~ContractFixture();

    /// A self-signed certificate, made once a program; null without the openssl command.
    static const TestCertificate *certificate();
    /// Adds the column `way`, and a row for each.
    static void addWays();
    /// Adds a row for each way; `fill` adds what stands after it.
    static void addRows(const char *name, const std::function<void(QTestData &)> &fill);

    FakeUpstream &upstream() { return *upstream_; }
    FakeClock &clock() { return clock_; }
    UpstreamConfig &config() { return config_; }
    /// Makes changes of config() count; whether they were taken.
    bool apply();

    QNetworkReply *send(const QByteArray &method, const QByteArray &target,
                        const Headers &headers = {}, const QByteArray &body = {});
    QNetworkReply *sendTo(const QUrl &url, const QByteArray &method, const QByteArray &target,
                          const Headers &headers = {}, const QByteArray &body = {});
    static bool finished(QNetworkReply *reply);
    /// All of the request has left, as far as can be told here.
    static bool handedOver(const QNetworkReply *reply);
    /// Sends and waits for the end.
    QNetworkReply *ask(const QByteArray &method, const QByteArray &target = "/",
                       const Headers &headers = {}, const QByteArray &body = {});

private:
    Way way_;
    FakeClock clock_;
    UpstreamConfig config_;
    std::unique_ptr<FakeUpstream> upstream_;
    std::unique_ptr<AccessManager> own_;
    // Without an AccessManager before it, which would send plain requests our own way.
    std::unique_ptr<ConnectionPool> pool_;
    std::unique_ptr<Http2Managers> base_;
    QObject replies_;
};

} // namespace keywheel

Q_DECLARE_METATYPE(keywheel::Way)

/// The base class is known to fail the next check, for this reason; when it does not, the test
/// fails, so that a change in Qt is noticed.
#define DIFFERENCE(way, reason)                                                                    \
    do {                                                                                           \
        if ((way).base)                                                                            \
            QEXPECT_FAIL("", "base class: " reason, Abort);                                        \
    } while (false)

/// A difference that Qt has mended.
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
#define DIFFERENCE_BEFORE_QT_6_8(way, reason) DIFFERENCE(way, reason)
#else
#define DIFFERENCE_BEFORE_QT_6_8(way, reason)
#endif

/// What the base class does here depends on chance.
#define UNSTABLE(way, reason)                                                                      \
    do {                                                                                           \
        if ((way).base)                                                                            \
            QSKIP("base class: " reason);                                                          \
    } while (false)
