// SPDX-License-Identifier: GPL-3.0-or-later
#include "contractfixture.h"

#include "upstream/connectionpool.h"
#include "upstream/http2managers.h"
#include "upstream/http2reply.h"

#include <QLoggingCategory>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace keywheel {

ContractFixture::ContractFixture(Way way) : way_(way)
{
    // It says, rightly, that the upstream does not speak HTTP/2.
    QLoggingCategory::setFilterRules(QStringLiteral("keywheel.upstream.warning=false"));
    config_.proxy = QNetworkProxy::NoProxy;
    if (way.tls) {
        if (!certificate())
            qFatal("These tests need the openssl command");
        upstream_ = std::make_unique<FakeUpstream>(certificate()->configuration);
        config_.caFile = certificate()->certificateFile;
    } else {
        upstream_ = std::make_unique<FakeUpstream>();
    }
    if (way.base) {
        pool_ = std::make_unique<ConnectionPool>(clock_);
        base_ = std::make_unique<Http2Managers>(*pool_);
    } else {
        own_ = std::make_unique<AccessManager>(clock_);
    }
    if (!apply())
        qFatal("The configuration was refused");
}

ContractFixture::~ContractFixture()
{
    qDeleteAll(replies_.children()); // they use the managers
}

const TestCertificate *ContractFixture::certificate()
{
    static const QTemporaryDir folder;
    static const auto made = makeTestCertificate(folder.path());
    return made ? &*made : nullptr;
}

void ContractFixture::addWays()
{
    QTest::addColumn<Way>("way");
    addRows("", [](QTestData &) {});
}

void ContractFixture::addRows(const char *name, const std::function<void(QTestData &)> &fill)
{
    const std::pair<const char *, Way> ways[] = {{"own", {false, false}},
                                                 {"own, TLS", {false, true}},
                                                 {"base class", {true, false}},
                                                 {"base class, TLS", {true, true}}};
    for (const auto &[label, way] : ways)
        fill(QTest::addRow("%s%s%s", name, *name ? ": " : "", label) << way);
}

bool ContractFixture::apply()
{
    if (own_)
        return own_->setConfig(config_).has_value();
    base_->renew();
    return pool_->setConfig(config_).has_value();
}

QNetworkReply *ContractFixture::send(const QByteArray &method, const QByteArray &target,
                                     const Headers &headers, const QByteArray &body)
{
    return sendTo(upstream_->url(), method, target, headers, body);
}

QNetworkReply *ContractFixture::sendTo(const QUrl &url, const QByteArray &method,
                                       const QByteArray &target, const Headers &headers,
                                       const QByteArray &body)
{
    QNetworkRequest request(url);
    request.setAttribute(RawRequestAttribute,
                         QVariant::fromValue(RawRequestHead{method, target, headers}));
    QNetworkReply *reply = own_
                               ? own_->sendCustomRequest(request, method, body)
                               : base_->send(request, QNetworkAccessManager::CustomOperation, body);
    reply->setParent(&replies_);
    return reply;
}

bool ContractFixture::finished(QNetworkReply *reply)
{
    return reply->isFinished() || QSignalSpy(reply, &QNetworkReply::finished).wait(15'000);
}

bool ContractFixture::handedOver(const QNetworkReply *reply)
{
    const auto *base = qobject_cast<const Http2Reply *>(reply);
    return !base || base->handedOver(); // our own reply knows before the upstream does
}

QNetworkReply *ContractFixture::ask(const QByteArray &method, const QByteArray &target,
                                    const Headers &headers, const QByteArray &body)
{
    QNetworkReply *reply = send(method, target, headers, body);
    if (!finished(reply))
        qWarning("The request did not end");
    return reply;
}

} // namespace keywheel
