// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/sse.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <functional>

class QNetworkReply;

namespace keywheel {

/// One streamed chat completion through Keywheel's own listener, as a tool would send it, so that a
/// person sees that all of it works. Thread: the window's.
class TestRequest : public QObject
{
    Q_OBJECT

public:
    explicit TestRequest(QObject *parent = nullptr);
    ~TestRequest() override;

    /// Instead of the one under way, which ends silently. `authKey` may be empty, and so may
    /// `model`: then it is the first one that the upstream lists.
    void start(const QUrl &address, const QByteArray &authKey, const QString &model);
    /// Ends with done() if one is under way.
    void cancel();

Q_SIGNALS:
    void text(const QString &text);
    /// Once for each start(); empty when it went well. Without secrets.
    void done(const QString &error);

private:
    void ask(QNetworkReply *reply, std::function<void()> finished);
    void askForModels();
    void takeModels();
    void askForChat(const QString &model);
    void readStream();
    void endStream();
    void end(const QString &error);
    void forget();

    QNetworkAccessManager network_;
    QPointer<QNetworkReply> reply_;
    QUrl address_;
    QByteArray authKey_;
    SseReader events_;
    bool complete_ = false; ///< the stream said that it is over
    bool answered_ = false; ///< with a piece of text
};

} // namespace keywheel
