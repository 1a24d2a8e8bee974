// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlmessage.h"

#include <QJsonDocument>

namespace keywheel::control {

namespace {

QByteArray encode(const QString &name, const QJsonValue &value, const QJsonObject &further = {})
{
    QJsonObject message = further;
    message.insert(QStringLiteral("keywheel"), Version);
    message.insert(name, value);
    return QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n';
}

Expected<QJsonObject> decode(const QByteArray &line)
{
    const QJsonObject message = QJsonDocument::fromJson(line).object();
    const int version = message.value(QStringLiteral("keywheel")).toInt();
    if (version == 0)
        return failure(QStringLiteral("What was said on the control channel is no message of "
                                      "Keywheel's."));
    if (version != Version)
        return failure(QStringLiteral("The other Keywheel is of another version (control channel "
                                      "%1, not %2): restart it.")
                           .arg(version)
                           .arg(Version));
    return message;
}

} // namespace

QByteArray encodeCall(const Call &call)
{
    return encode(QStringLiteral("call"), call.name,
                  {{QStringLiteral("arguments"), call.arguments}});
}

Expected<Call> decodeCall(const QByteArray &line)
{
    return decode(line).map([](const QJsonObject &message) {
        return Call{message.value(QStringLiteral("call")).toString(),
                    message.value(QStringLiteral("arguments")).toObject()};
    });
}

QByteArray encodeAnswer(const Expected<QJsonObject> &answer)
{
    QByteArray line = answer ? encode(QStringLiteral("result"), *answer)
                             : encode(QStringLiteral("error"), answer.error().message);
    if (line.size() <= LongestLine)
        return line;
    return encode(QStringLiteral("error"), QStringLiteral("The answer is too long to be sent."));
}

Expected<QJsonObject> decodeAnswer(const QByteArray &line)
{
    return decode(line).and_then([](const QJsonObject &message) -> Expected<QJsonObject> {
        const QJsonValue error = message.value(QStringLiteral("error"));
        if (error.isString())
            return failure(error.toString());
        return message.value(QStringLiteral("result")).toObject();
    });
}

} // namespace keywheel::control
