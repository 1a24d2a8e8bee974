// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/objectids.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace keywheel {

namespace {

using Kind = NamedObject::Kind;

struct Prefix
{
    QByteArrayView text;
    Kind kind = Kind::Thing;
};

// Where nothing else is said: https://platform.openai.com/docs/api-reference, the example of the
// object, or of the item in a response's `output`.
constexpr std::array Prefixes{
    Prefix{"file-", Kind::Thing},
    Prefix{"file_", Kind::Thing}, // https://platform.claude.com/docs/en/build-with-claude/files
    Prefix{"batch_", Kind::Thing},
    Prefix{"msgbatch_", Kind::Thing}, // https://platform.claude.com/docs/en/api/messages/batches
    Prefix{"thread_", Kind::Thing},
    Prefix{"asst_", Kind::Thing},
    Prefix{"vs_", Kind::Thing},
    Prefix{"resp_", Kind::Thing},
    Prefix{"conv_", Kind::Thing},
    Prefix{"upload_", Kind::Thing},
    Prefix{"ftjob-", Kind::Thing},
    Prefix{"cntr_", Kind::Thing},
    Prefix{"cfile_", Kind::Thing}, // of a container
    Prefix{"eval_", Kind::Thing},
    Prefix{"evalrun_", Kind::Thing},
    Prefix{"video_", Kind::Thing},
    Prefix{"skill_", Kind::Thing},
    Prefix{"cksess_", Kind::Thing}, // ChatKit
    Prefix{"cthr_", Kind::Thing},   // ChatKit
    Prefix{"chatcmpl-", Kind::StoredChat},
    Prefix{"msg_", Kind::Item},  // message
    Prefix{"rs_", Kind::Item},   // reasoning
    Prefix{"fc_", Kind::Item},   // function_call
    Prefix{"fco_", Kind::Item},  // function_call_output
    Prefix{"ctc_", Kind::Item},  // custom_tool_call
    Prefix{"ctco_", Kind::Item}, // custom_tool_call_output
    Prefix{"ws_", Kind::Item},   // web_search_call
    Prefix{"fs_", Kind::Item},   // file_search_call
    Prefix{"ci_", Kind::Item},   // code_interpreter_call
    Prefix{"ig_", Kind::Item},   // image_generation_call
    Prefix{"cu_", Kind::Item},   // computer_call
    Prefix{"cuo_", Kind::Item},  // computer_call_output
    Prefix{"mcp_", Kind::Item},  // mcp_call
    Prefix{"mcpl_", Kind::Item}, // mcp_list_tools
    Prefix{"mcpr_", Kind::Item}, // mcp_approval_request
    Prefix{"lsh_", Kind::Item},  // local_shell_call
    Prefix{"sh_", Kind::Item},   // shell_call
    Prefix{"sho_", Kind::Item},  // shell_call_output
    Prefix{"apc_", Kind::Item},  // apply_patch_call
    Prefix{"apco_", Kind::Item}, // apply_patch_call_output
    Prefix{"cmp_", Kind::Item},  // compaction
};
constexpr qsizetype LongestWordOfPrefix = 8;

// Gemini names things `files/…`, or by an address that ends so: https://ai.google.dev/api/files,
// /caching, /batch-api, /file-search
constexpr std::array<QByteArrayView, 4> Collections{"files", "cachedContents", "batches",
                                                    "fileSearchStores"};

// The paths of all of these.
constexpr std::array<QByteArrayView, 15> Resources{
    "/responses",     "/files",   "/batches",          "/threads", "/assistants",
    "/vector_stores", "/uploads", "/fine_tuning/jobs", "/evals",   "/conversations",
    "/containers",    "/videos",  "/skills",           "/chatkit", "/cachedContents"};
constexpr std::array<QByteArrayView, 2> GeminiResources{"/fileSearchStores",
                                                        ":batchGenerateContent"};
// Below them, what a person put in: it may be large, and names what others made.
constexpr std::array<QByteArrayView, 2> Contents{"/content", "/results"};

constexpr QByteArrayView EncryptedField("encrypted_content\"");
constexpr qsizetype LongestId = 128;
constexpr qsizetype LongestUri = 256;

bool isIdCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

QByteArrayView pathOf(QByteArrayView target)
{
    const qsizetype query = target.indexOf('?');
    return query < 0 ? target : target.first(query);
}

/// `files/abc` at the end of the text, which may be the address of it; slashes may be escaped.
std::optional<QByteArrayView> nameInCollection(QByteArrayView text)
{
    const qsizetype slash = text.lastIndexOf('/');
    const QByteArrayView id = slash < 0 ? QByteArrayView() : text.sliced(slash + 1);
    if (id.isEmpty() || id.size() > LongestId || !std::all_of(id.begin(), id.end(), isIdCharacter))
        return std::nullopt;
    QByteArrayView before = text.first(slash);
    if (before.endsWith('\\'))
        before.chop(1);
    for (const QByteArrayView collection : Collections) {
        if (before == collection)
            return text;
        if (!before.endsWith(collection) || !text.startsWith("http"))
            continue;
        QByteArrayView host = before.chopped(collection.size());
        while (host.endsWith('/') || host.endsWith('\\'))
            host.chop(1);
        // Behind the version of the API, as in …/v1beta/files/abc.
        if (host.sliced(host.lastIndexOf('/') + 1).startsWith("v1"))
            return text.sliced(before.size() - collection.size());
    }
    return std::nullopt;
}

/// The value of the field `encrypted_content`, when `text` begins behind that name's first quote:
/// from behind its quote on.
std::optional<QByteArrayView> encryptedValue(QByteArrayView text)
{
    if (!text.startsWith(EncryptedField))
        return std::nullopt;
    const auto skipBlanks = [](const char *at, const char *end) {
        return std::find_if_not(at, end, isBlank);
    };
    const char *at = skipBlanks(text.begin() + EncryptedField.size(), text.end());
    if (at == text.end() || *at != ':')
        return std::nullopt;
    at = skipBlanks(at + 1, text.end());
    if (at == text.end() || *at != '"')
        return std::nullopt;
    return QByteArrayView(at + 1, text.end());
}

/// The object that the string is, when `text` begins behind its quote.
std::optional<NamedObject> objectAt(QByteArrayView text)
{
    const char *end = std::find_if_not(
        text.begin(), text.begin() + std::min(text.size(), LongestId + 1), isIdCharacter);
    if (end == text.end())
        return std::nullopt;
    if (*end == '"') {
        const QByteArrayView word(text.begin(), end);
        const auto kind = objectKind(word);
        return kind ? std::optional<NamedObject>({*kind, word}) : std::nullopt;
    }
    const QByteArrayView word(text.begin(), end);
    const bool isAddress = *end == ':' && word.startsWith("http");
    const bool isName =
        (*end == '/' || *end == '\\') &&
        std::find(Collections.begin(), Collections.end(), word) != Collections.end();
    if (!isAddress && !isName)
        return std::nullopt;
    const QByteArrayView near = text.first(std::min(text.size(), LongestUri));
    const qsizetype quote = near.indexOf('"');
    const auto name = quote < 0 ? std::nullopt : nameInCollection(near.first(quote));
    return name ? std::optional<NamedObject>({Kind::Thing, *name}) : std::nullopt;
}

} // namespace

std::optional<NamedObject::Kind> objectKind(QByteArrayView word)
{
    // Most strings end here, at their first letters.
    const qsizetype most = std::min(word.size() - 1, LongestWordOfPrefix);
    qsizetype at = 0;
    while (at < most && word[at] >= 'a' && word[at] <= 'z')
        ++at;
    if (at == 0 || at >= word.size() - 1 || (word[at] != '_' && word[at] != '-'))
        return std::nullopt;
    const QByteArrayView prefix = word.first(at + 1);
    const auto *known = std::find_if(Prefixes.begin(), Prefixes.end(),
                                     [prefix](const Prefix &row) { return row.text == prefix; });
    return known == Prefixes.end() ? std::nullopt : std::optional(known->kind);
}

QByteArray nameOf(const NamedObject &object)
{
    if (object.kind != Kind::Encrypted) {
        QByteArray name = object.id.toByteArray();
        return object.id.contains('\\') ? name.replace('\\', QByteArrayView()) : name;
    }
    if (object.isDigest)
        return object.id.toByteArray();
    JsonStringHash hash;
    hash.add(object.id);
    return hash.result();
}

bool looksMade(const NamedObject &object)
{
    if (object.kind == Kind::Encrypted || object.id.contains('/'))
        return true;
    const auto *next = std::find_if_not(object.after.begin(), object.after.end(), isBlank);
    if (next != object.after.end() && *next == ':')
        return false; // the name of a field
    const auto *separator = std::find_if(object.id.begin(), object.id.end(),
                                         [](char c) { return c == '_' || c == '-'; });
    const QByteArrayView rest(separator + 1, object.id.end()); // each prefix has one
    constexpr qsizetype LongerThanWords = 16;
    return std::any_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
           (rest.size() >= LongerThanWords && !rest.contains('_') && !rest.contains('-'));
}

bool standsForItself(const NamedObject &object)
{
    QByteArrayView before = object.before;
    const auto chop = [&before](char c) {
        while (!before.isEmpty() && isBlank(before.back()))
            before.chop(1);
        const bool there = before.endsWith(c);
        before.chop(there ? 1 : 0);
        return there;
    };
    if (!chop('"') || !chop(':') || !chop('"'))
        return false;
    return before.endsWith("id") || (object.id.contains('/') && before.endsWith("\"name"));
}

bool isChatCompletions(QByteArrayView target)
{
    const QByteArrayView path = pathOf(target);
    return path.endsWith("/chat/completions") || path.contains("/chat/completions/");
}

bool pathMakesObjects(QByteArrayView target)
{
    const QByteArrayView path = pathOf(target);
    if (std::any_of(Contents.begin(), Contents.end(),
                    [path](QByteArrayView end) { return path.endsWith(end); }))
        return false;
    const auto beginsAt = [path](qsizetype at, const auto &names) {
        const QByteArrayView rest = path.sliced(at);
        return std::any_of(names.begin(), names.end(), [rest](QByteArrayView name) {
            return rest.size() >= name.size() && rest[1] == name[1] && rest.startsWith(name);
        });
    };
    for (qsizetype at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
        if (beginsAt(at, Resources) || beginsAt(at, GeminiResources))
            return true;
    }
    return path.endsWith(GeminiResources.back());
}

bool eachObjectOfTarget(QByteArrayView target, const TakeObject &take)
{
    const char *at = target.begin();
    QByteArrayView previous;
    while (at != target.end()) {
        const char *start = std::find_if(at, target.end(), isIdCharacter);
        const char *end = std::find_if_not(start, target.end(), isIdCharacter);
        const QByteArrayView word(start, end);
        const QByteArrayView before(target.begin(), start);
        auto kind = word.size() <= LongestId ? objectKind(word) : std::nullopt;
        if (kind == Kind::StoredChat && !before.endsWith("/chat/completions/"))
            kind.reset();
        if (kind && take({*kind, word}))
            return true;
        if (!kind && !word.isEmpty() && before.endsWith('/') && start - 1 == previous.end()) {
            const auto name = nameInCollection(QByteArrayView(previous.begin(), end));
            if (name && take({Kind::Thing, *name}))
                return true;
        }
        previous = word;
        at = end;
    }
    return false;
}

bool ObjectReader::feed(QByteArrayView piece, const TakeObject &take)
{
    if (hash_) {
        const qsizetype taken = hash_->add(piece);
        if (taken < 0)
            return false;
        const QByteArray digest = hash_->result();
        hash_.reset();
        if (take({Kind::Encrypted, digest, true}))
            return true;
        piece = piece.sliced(taken);
    }
    const qsizetype known = carry_.size();
    const QByteArray joined =
        known > 0 ? std::exchange(carry_, {}) + piece.toByteArray() : QByteArray();
    const QByteArrayView text = known > 0 ? QByteArrayView(joined) : piece;
    const bool enough = scan(text, known, take);
    if (!hash_)
        carry_ = text.last(std::min(text.size(), CarryOver)).toByteArray();
    return enough;
}

bool ObjectReader::readAll(QByteArrayView text, const TakeObject &take)
{
    return ObjectReader().scan(text, 0, take);
}

/// The first `known` bytes were there before: what ended in them has been taken.
bool ObjectReader::scan(QByteArrayView text, qsizetype known, const TakeObject &take)
{
    const char *at = text.begin();
    while (at != text.end()) {
        at = static_cast<const char *>(std::memchr(at, '"', static_cast<size_t>(text.end() - at)));
        if (!at)
            break;
        const QByteArrayView before(text.begin(), ++at);
        const QByteArrayView rest(at, text.end());
        if (before.size() > 1 && before[before.size() - 2] == '\\')
            continue;
        std::optional<NamedObject> object;
        if (const auto value = encryptedValue(rest)) {
            const char *end = endOfJsonString(value->begin(), text.end());
            if (end == text.end()) {
                hash_.emplace().add(*value);
                return false;
            }
            object = {Kind::Encrypted, QByteArrayView(value->begin(), end)};
        } else {
            object = objectAt(rest);
        }
        if (!object)
            continue;
        const bool isNew = object->id.end() - text.begin() >= known;
        at = object->id.end() + 1; // behind its quote
        object->before = before;
        object->after = QByteArrayView(at, text.end());
        if (isNew && take(*object))
            return true;
    }
    return false;
}

} // namespace keywheel
