// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/affinity.h"

#include "http/contentcoding.h"
#include "http/message.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace keywheel {

namespace {

// https://platform.openai.com/docs/api-reference
constexpr std::array<QByteArrayView, 6> Prefixes{"file-", "batch_", "thread_",
                                                 "asst_", "vs_",    "resp_"};
constexpr std::array<QByteArrayView, 6> Resources{"/files",      "/batches",       "/threads",
                                                  "/assistants", "/vector_stores", "/responses"};
constexpr qsizetype LongestId = 128;

bool isIdCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/// Calls `take(start, end)` for each word of id characters that begins with one of the prefixes;
/// it returns true when it has seen enough. `separator` is that of the prefixes to look for.
template <class Take>
bool eachId(QByteArrayView text, char separator, Take take)
{
    const char *at = text.begin();
    while (at != text.end()) {
        at = static_cast<const char *>(
            std::memchr(at, separator, static_cast<size_t>(text.end() - at)));
        if (!at)
            return false;
        ++at; // behind the separator
        const QByteArrayView before(text.begin(), at);
        const auto *prefix = std::find_if(Prefixes.begin(), Prefixes.end(), [&](auto known) {
            return known.endsWith(separator) && before.endsWith(known);
        });
        if (prefix == Prefixes.end())
            continue;
        const char *start = at - prefix->size();
        if (start != text.begin() && isIdCharacter(start[-1]))
            continue;
        const char *end = std::find_if_not(at, text.end(), isIdCharacter);
        if (end - start <= LongestId && end != at && take(start, end))
            return true;
        at = end;
    }
    return false;
}

template <class Take>
void eachId(QByteArrayView text, Take take)
{
    if (!eachId(text, '_', take))
        eachId(text, '-', take);
}

bool isQuoted(QByteArrayView text, const char *start, const char *end)
{
    return start != text.begin() && start[-1] == '"' && end != text.end() && *end == '"';
}

/// Whether `start` follows `…id":"`, with or without blanks.
bool isValueOfIdField(QByteArrayView text, const char *start)
{
    QByteArrayView before(text.begin(), start - 1);
    const auto chopBlanks = [&before] {
        while (before.endsWith(' ') || before.endsWith('\n') || before.endsWith('\t'))
            before.chop(1);
    };
    chopBlanks();
    if (!before.endsWith(':'))
        return false;
    before.chop(1);
    chopBlanks();
    return before.endsWith("id\"");
}

} // namespace

KeyId Affinity::keyFor(const Request &request)
{
    if (byId_.isEmpty())
        return 0;
    forgetOld();
    KeyId key = 0;
    eachId(request.target, [&](const char *start, const char *end) {
        key = find({start, end});
        return key != 0;
    });
    if (key != 0 || request.body.size() > MaxBody)
        return key;
    const QByteArrayView body(request.body);
    eachId(body, [&](const char *start, const char *end) {
        if (isQuoted(body, start, end))
            key = find({start, end});
        return key != 0;
    });
    return key;
}

bool Affinity::canLearnFrom(const QByteArray &target)
{
    // At its slashes only: QByteArray::contains() costs more than the rest of the decision.
    const QByteArrayView text(target);
    for (qsizetype at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) {
        const auto rest = text.sliced(at);
        if (std::any_of(Resources.begin(), Resources.end(),
                        [rest](QByteArrayView name) { return rest.startsWith(name); }))
            return true;
    }
    return false;
}

void Affinity::learn(const QByteArray &start, const Headers &headers, KeyId key)
{
    const QByteArray coding = headers.value("Content-Encoding");
    const QByteArray text = coding.isEmpty()
                                ? start.left(MaxAnswer)
                                : decodeForReading(start, coding, MaxAnswer).value_or(QByteArray());
    eachId(text, [&](const char *from, const char *to) {
        if (isQuoted(text, from, to) && isValueOfIdField(text, from))
            put(QByteArray(from, to - from), key);
        return false;
    });
}

void Affinity::put(const QByteArray &id, KeyId key)
{
    if (const auto known = byId_.constFind(id); known != byId_.cend()) {
        things_.erase(*known);
        byId_.erase(known);
    }
    things_.push_front({id, key, clock_.now()});
    byId_.insert(id, things_.begin());
    if (byId_.size() > Capacity) {
        byId_.remove(things_.back().id);
        things_.pop_back();
    }
}

KeyId Affinity::find(QByteArrayView id)
{
    const auto found = byId_.constFind(QByteArray::fromRawData(id.data(), id.size()));
    if (found == byId_.cend())
        return 0;
    things_.splice(things_.begin(), things_, *found);
    things_.front().named = clock_.now();
    return things_.front().key;
}

void Affinity::forgetOld()
{
    while (!things_.empty() && clock_.now() - things_.back().named >= Lifetime) {
        byId_.remove(things_.back().id);
        things_.pop_back();
    }
}

} // namespace keywheel
