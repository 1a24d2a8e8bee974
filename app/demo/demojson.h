// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/demoanswers.h"

#include <QStringList>

/// What the demo's answers have in common.
namespace keywheel::demo {

using Json = QJsonObject;

JsonAnswer badRequest(const QString &message);
/// The answer to a body that parseObject() could not read.
JsonAnswer notJson();
/// The body as a JSON object; nullopt when it is none.
std::optional<Json> parseObject(const QByteArray &body);

/// Words with the white space before them: good enough as the demo's tokens.
QStringList tokens(const QString &text);
/// The same for the same bytes, as the end of an id.
QByteArray shortId(const QByteArray &of);

} // namespace keywheel::demo
