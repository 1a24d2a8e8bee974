// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/testrequest.h"

#include "common/redact.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>

namespace keywheel {

namespace {

QString field(const char *name)
{
    return QLatin1String(name);
}

QNetworkRequest requestTo(QUrl url, const QString &path, const QByteArray &authKey)
{
    url.setPath(path);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setRawHeader("Authorization",
                         "Bearer " + (authKey.isEmpty() ? QByteArray("keywheel") : authKey));
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    return request;
}

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

/// OpenAI's error object, or what stands in its place.
QString errorMessage(const QJsonObject &answer)
{
    const QJsonValue error = answer.value(field("error"));
    return error.isString() ? error.toString() : error[field("message")].toString();
}

/// Why there is no good answer; `body` is what there is instead.
QString failureOf(const QNetworkReply &reply, const QByteArray &body)
{
    const int status = statusOf(reply);
    if (status == 0)
        return TestRequest::tr("Keywheel cannot be reached: %1.").arg(reply.errorString());
    const QString message = errorMessage(QJsonDocument::fromJson(body).object());
    return message.isEmpty() ? TestRequest::tr("The answer was an error (%1).").arg(status)
                             : TestRequest::tr("The answer was an error (%1): %2")
                                   .arg(QString::number(status), message);
}

bool isError(const QNetworkReply &reply)
{
    return statusOf(reply) < 200 || statusOf(reply) > 299;
}

} // namespace

TestRequest::TestRequest(QObject *parent) : QObject(parent)
{
    network_.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
}

TestRequest::~TestRequest()
{
    forget();
}

void TestRequest::start(const QUrl &address, const QByteArray &authKey, const QString &model)
{
    forget();
    address_ = address;
    authKey_ = authKey;
    events_ = {};
    complete_ = answered_ = false;
    if (model.isEmpty())
        askForModels();
    else
        askForChat(model);
}

void TestRequest::cancel()
{
    if (reply_)
        end(tr("Cancelled."));
}

void TestRequest::ask(QNetworkReply *reply, std::function<void()> finished)
{
    reply_ = reply;
    connect(reply, &QNetworkReply::finished, this, std::move(finished));
}

void TestRequest::askForModels()
{
    ask(network_.get(requestTo(address_, QStringLiteral("/v1/models"), authKey_)),
        [this] { takeModels(); });
}

void TestRequest::takeModels()
{
    const QByteArray body = reply_->readAll();
    if (isError(*reply_)) {
        end(failureOf(*reply_, body));
        return;
    }
    const QJsonArray models = QJsonDocument::fromJson(body).object().value(field("data")).toArray();
    const QString first = models.at(0)[field("id")].toString();
    if (first.isEmpty()) {
        end(tr("The upstream lists no model; name one."));
        return;
    }
    forget();
    askForChat(first);
}

void TestRequest::askForChat(const QString &model)
{
    const QJsonObject message{{field("role"), field("user")},
                              {field("content"), field("Say hello in one short sentence.")}};
    const QJsonObject body{
        {field("model"), model}, {field("stream"), true}, {field("messages"), QJsonArray{message}}};
    ask(network_.post(requestTo(address_, QStringLiteral("/v1/chat/completions"), authKey_),
                      QJsonDocument(body).toJson(QJsonDocument::Compact)),
        [this] { endStream(); });
    connect(reply_, &QNetworkReply::readyRead, this, &TestRequest::readStream);
}

void TestRequest::readStream()
{
    if (isError(*reply_))
        return; // endStream() reads it as a whole
    const QPointer<QNetworkReply> reading = reply_;
    const QList<SseReader::Event> events = events_.feed(reply_->readAll());
    for (const SseReader::Event &event : events) {
        if (event.data == "[DONE]") {
            complete_ = true;
            continue;
        }
        const QJsonObject data = QJsonDocument::fromJson(event.data).object();
        if (const QString error = errorMessage(data); !error.isEmpty()) {
            end(tr("The answer broke off with an error: %1").arg(error));
            return;
        }
        const QString piece =
            data.value(field("choices"))[0][field("delta")][field("content")].toString();
        answered_ = answered_ || !piece.isEmpty();
        if (!piece.isEmpty())
            Q_EMIT text(piece);
        if (reply_ != reading)
            return; // somebody has ended it
    }
}

void TestRequest::endStream()
{
    if (isError(*reply_)) {
        end(failureOf(*reply_, reply_->readAll()));
        return;
    }
    readStream();
    if (!reply_)
        return;
    if (reply_->error() != QNetworkReply::NoError)
        end(tr("The answer broke off: %1.").arg(reply_->errorString()));
    else if (!complete_ && !answered_)
        end(tr("The answer was no stream of a chat completion."));
    else
        end({});
}

void TestRequest::end(const QString &error)
{
    forget();
    QString shown = Redactor().redact(error);
    if (!authKey_.isEmpty())
        shown.replace(QString::fromLatin1(authKey_), QStringLiteral("[redacted]"));
    Q_EMIT done(shown);
}

void TestRequest::forget()
{
    if (!reply_)
        return;
    QNetworkReply *const reply = reply_;
    reply_.clear();
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

} // namespace keywheel
