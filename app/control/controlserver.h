// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control/controlmessage.h"

#include <QHash>
#include <QLocalServer>
#include <QObject>

#include <functional>

namespace keywheel {

/// Takes calls from other programs of the same user, such as `keywheel keys list`, over a local
/// socket; controlmessage.h has the format, controlPath() the place.
///
/// Each connection has one call under way; the next is read when that is answered. A line that is
/// too long or cannot be understood is answered with an error, then the connection ends.
/// Thread: any one with an event loop; the handlers run in it.
class ControlServer : public QObject
{
    Q_OBJECT

public:
    static constexpr int MostConnections = 32; ///< more are closed at once

    /// To be called exactly once, at any time; does nothing when the caller has left.
    using Answer = std::function<void(const Expected<QJsonObject> &)>;
    using Handler = std::function<void(const QJsonObject &arguments, const Answer &answer)>;

    explicit ControlServer(QObject *parent = nullptr);
    ~ControlServer() override;

    using Handlers = QHash<QString, Handler>; ///< by the name of the call

    void addHandlers(const Handlers &handlers);

    /// Listens at controlPath(`name`), or for the Keywheel on `port`, instead of where it did. A
    /// socket that nobody listens on, as a crash leaves it, is replaced. Fails when another program
    /// listens there.
    Expected<void> listen(const QString &name);
    Expected<void> listen(quint16 port);
    void close();

private:
    Expected<void> listenAt(const Expected<QString> &path);
    void accept();
    void call(const control::Call &call, const Answer &answer) const;

    Handlers handlers_;
    int connections_ = 0;
    QLocalServer server_; ///< owns the connections, so it goes first
};

} // namespace keywheel
