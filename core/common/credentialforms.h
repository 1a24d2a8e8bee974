// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <array>

/// Where clients put their API key, and APIs look for it: the only list of it. Whoever reads, takes
/// out, fills in or redacts a client's credential goes by this (http/credentials,
/// common/secretshapes).
namespace keywheel::credentialforms {

/// Header fields; `Authorization` holds a scheme before the key, the others the key alone.
inline constexpr QByteArrayView Authorization("Authorization");
inline constexpr std::array<QByteArrayView, 4> Fields{Authorization, "x-api-key", "api-key",
                                                      "x-goog-api-key"};

/// Parameters of the query, with case.
inline constexpr std::array<QByteArrayView, 2> Parameters{"key", "api_key"};

/// Browsers cannot set fields for a WebSocket: OpenAI takes the key from a name that begins so in
/// the list of subprotocols.
inline constexpr QByteArrayView SubprotocolField("Sec-WebSocket-Protocol");
inline constexpr QByteArrayView SubprotocolPrefix("openai-insecure-api-key.");

} // namespace keywheel::credentialforms
