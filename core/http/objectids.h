// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/jsonstring.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <type_traits>

/// Names of things that an API keeps for the account that made them. The kinds are data, in
/// objectids.cpp.
namespace keywheel {

struct NamedObject
{
    enum class Kind {
        Thing,      ///< file, batch, response, conversation …
        Item,       ///< one part of a response; many in each
        StoredChat, ///< a chat completion; kept only when the request asked for it
        Encrypted   ///< encrypted_content, which no other account can decrypt
    };
    Kind kind = Kind::Thing;
    /// The id; of Encrypted the text between the quotes, or its digest. Valid during the call.
    QByteArrayView id = {};
    bool isDigest = false;
    QByteArrayView before = {}; ///< in JSON: what precedes the value, its quote included
    QByteArrayView after = {};  ///< in JSON: what follows the value's quote, as far as it is there
};

/// A reference to a callable that gets one object after the other; true when it has seen enough.
class TakeObject
{
public:
    template <class Take>
    // NOLINTNEXTLINE(bugprone-forwarding-reference-overload): it is kept from copies by the clause
    requires(!std::is_same_v<std::remove_cvref_t<Take>, TakeObject>) TakeObject(Take &&take)
        : callable_(&take),
          call_([](void *callable, const NamedObject &object) -> bool {
              return (*static_cast<std::remove_reference_t<Take> *>(callable))(object);
          })
    {
    }
    bool operator()(const NamedObject &object) const { return call_(callable_, object); }

private:
    void *callable_;
    bool (*call_)(void *, const NamedObject &);
};

/// How the object is known: its id, or the digest of its encrypted content.
QByteArray nameOf(const NamedObject &object);
/// The kind of a word by its prefix, `file-…`.
std::optional<NamedObject::Kind> objectKind(QByteArrayView word);
/// Whether it is an id that an API made, not a word that begins like one (`file_search`, a field's
/// name): for those who ask without knowing the id.
bool looksMade(const NamedObject &object);
/// Whether it stands where an answer names what it made: in a field `…id`, or `name` with Gemini.
bool standsForItself(const NamedObject &object);

/// Whether answers to requests of this path can name things that were made. Chat completions are
/// none of them.
bool pathMakesObjects(QByteArrayView target);
bool isChatCompletions(QByteArrayView target);

/// Those that the path and the query name.
bool eachObjectOfTarget(QByteArrayView target, const TakeObject &take);

/// Finds objects that JSON text (or an event stream of it) names as whole strings. The text may
/// come in pieces, cut anywhere; it keeps CarryOver bytes of it at most. It jumps from quote to
/// quote and knows nothing of nesting, so it takes malformed text too, and base64 costs little.
class ObjectReader
{
public:
    static constexpr qsizetype CarryOver = 320;
    /// True when `take` had seen enough.
    bool feed(QByteArrayView piece, const TakeObject &take);
    /// The same for all of a text, of which it keeps nothing.
    static bool readAll(QByteArrayView text, const TakeObject &take);

private:
    bool scan(QByteArrayView text, qsizetype known, const TakeObject &take);

    QByteArray carry_;
    std::optional<JsonStringHash> hash_; ///< of an encrypted_content whose end has not come
};

} // namespace keywheel
