// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/sse.h"

#include <QByteArrayView>

class QJsonObject;

namespace keywheel {

/// Whether something that came with status 200 is an error all the same. Pure.

/// The top level is an error, in one of the forms in which APIs send them with status 200: `error`
/// that says something, `type` or `object` with the value `error`, MiniMax's `base_resp`, Tencent's
/// `Response.Error`, Baidu's `error_code`, `code` and `message` without a result, `success: false`.
/// An object that has a null `error`, or one of nulls, is none.
bool isErrorObject(const QJsonObject &object);

/// What one event of an answer's stream is.
enum class EventMeaning {
    Nothing, ///< a ping, an announcement, a part without content: nobody misses it
    Error,
    Output,  ///< anything else
    Unclear, ///< looks like JSON and is none, perhaps because more lines of data follow
};
EventMeaning meaningOf(const SseReader::Event &event);

/// What the beginning of a JSON text shows, at the cost of looking at its first keys.
enum class JsonLook {
    Unclear,   ///< too short
    Harmless,  ///< its first keys are those of a good answer
    Suspicious ///< it may be an error object: read on and ask isErrorObject()
};
JsonLook lookAtJson(QByteArrayView start);

} // namespace keywheel
