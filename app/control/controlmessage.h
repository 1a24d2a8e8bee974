// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

#include <QByteArray>
#include <QJsonObject>

namespace keywheel {

/// What goes over the control channel: one JSON object a line (UTF-8, LF) for a call, then one for
/// its answer, then perhaps the next call.
///
///     {"keywheel": 1, "call": "keys.list", "arguments": {…}}
///     {"keywheel": 1, "result": {…}}  or  {"keywheel": 1, "error": "…"}
///
/// `keywheel` is the version of the channel, which changes when an older program could not
/// understand a newer one.
namespace control {

constexpr int Version = 1;
/// In bytes, with the LF. Who needs more divides it into several calls.
constexpr qsizetype LongestLine = qsizetype(4) * 1024 * 1024;

struct Call
{
    QString name;
    QJsonObject arguments;
};

QByteArray encodeCall(const Call &call);
/// The error is what the caller is told.
Expected<Call> decodeCall(const QByteArray &line);

QByteArray encodeAnswer(const Expected<QJsonObject> &answer);
/// The answer's own error, or why it cannot be understood.
Expected<QJsonObject> decodeAnswer(const QByteArray &line);

} // namespace control
} // namespace keywheel
