// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/affinity.h"

#include "http/message.h"
#include "http/requestfacts.h"

#include <QVarLengthArray>

namespace keywheel {

namespace {

using Kind = NamedObject::Kind;

/// Whether the answer to a chat completion names what is kept. Most do not, which is seen without
/// reading the request's fields.
bool keepsChat(RequestFacts &facts)
{
    const Request &request = facts.request();
    if (request.method != "POST")
        return true; // the list of those that were kept
    const bool mayAsk =
        request.headers.contains("Content-Encoding") || request.body.contains("\"store\"");
    return mayAsk && facts.store().value_or(false);
}

/// Text in which ids may stand: not pictures, sound or archives.
bool isReadable(const Headers &headers)
{
    const QByteArray type = headers.value("Content-Type").toLower();
    return type.isEmpty() || type.startsWith("text/") || type.contains("json");
}

} // namespace

KeyId Affinity::keyFor(const RequestFacts &facts)
{
    if (size() == 0)
        return 0;
    things_.forgetOld();
    items_.forgetOld();
    KeyId key = 0;
    KeyId ofItem = 0;
    KeyId ofEncrypted = 0;
    // Hashing costs most, and the last is looked up first: the texts stay where they are when the
    // body is not coded.
    QVarLengthArray<NamedObject, 64> encrypted;
    const bool stays = !facts.request().headers.contains("Content-Encoding");
    facts.eachObject([&](const NamedObject &object) {
        if (object.kind == Kind::Encrypted && stays && !object.isDigest) {
            encrypted.append(object);
            return false;
        }
        const KeyId found = find(object);
        if (found == 0)
            return false;
        if (object.kind == Kind::Encrypted)
            ofEncrypted = found;
        else if (object.kind == Kind::Item && !object.before.isNull())
            ofItem = found;
        else
            key = found;
        return key != 0;
    });
    if (key != 0)
        return key;
    for (auto last = encrypted.crbegin(); last != encrypted.crend() && ofEncrypted == 0; ++last)
        ofEncrypted = find(*last);
    return ofEncrypted != 0 ? ofEncrypted : ofItem;
}

std::unique_ptr<Affinity::Learner> Affinity::learner(RequestFacts &facts, const ResponseHead &head,
                                                     KeyId key)
{
    const QByteArray &target = facts.request().target;
    const bool chats = isChatCompletions(target);
    if (head.status >= 300 || !(chats ? keepsChat(facts) : pathMakesObjects(target)) ||
        !isReadable(head.headers))
        return nullptr;
    auto decoder = BodyDecoder::of(head.headers.value("Content-Encoding"));
    return decoder ? std::make_unique<Learner>(*this, std::move(*decoder), chats, key) : nullptr;
}

void Affinity::Learner::feed(QByteArrayView bytes)
{
    decoder_.feed(bytes);
    while (left_ > 0) {
        const QByteArrayView text = decoder_.read();
        if (text.isEmpty())
            return;
        left_ -= text.size();
        reader_.feed(text, [this](const NamedObject &object) {
            const bool wanted =
                object.kind == Kind::Encrypted ||
                ((object.kind == Kind::StoredChat) == chats_ && standsForItself(object));
            if (wanted)
                affinity_.memoryOf(object.kind).put(nameOf(object), key_);
            return false;
        });
    }
}

Affinity::Memory &Affinity::memoryOf(Kind kind)
{
    return kind == Kind::Item || kind == Kind::Encrypted ? items_ : things_;
}

KeyId Affinity::find(const NamedObject &object)
{
    if (object.kind == Kind::StoredChat && !object.before.isNull())
        return 0; // in a body it is no reference
    return memoryOf(object.kind).find(nameOf(object));
}

void Affinity::Memory::put(const QByteArray &name, KeyId key)
{
    if (const auto known = byName_.constFind(name); known != byName_.cend()) {
        entries_.erase(*known);
        byName_.erase(known);
    }
    entries_.push_front({name, key, clock_.now()});
    byName_.insert(name, entries_.begin());
    if (byName_.size() > Capacity) {
        byName_.remove(entries_.back().name);
        entries_.pop_back();
    }
}

KeyId Affinity::Memory::find(const QByteArray &name)
{
    const auto found = byName_.constFind(name);
    if (found == byName_.cend())
        return 0;
    entries_.splice(entries_.begin(), entries_, *found);
    entries_.front().named = clock_.now();
    return entries_.front().key;
}

void Affinity::Memory::forgetOld()
{
    while (!entries_.empty() && clock_.now() - entries_.back().named >= Lifetime) {
        byName_.remove(entries_.back().name);
        entries_.pop_back();
    }
}

} // namespace keywheel
