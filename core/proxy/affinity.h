// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "http/contentcoding.h"
#include "http/headers.h"
#include "http/objectids.h"
#include "keypool/keysnapshot.h"

#include <QHash>

#include <list>
#include <memory>

namespace keywheel {

class RequestFacts;
struct ResponseHead;

/// Which key made which thing at the upstream: what core/http/objectids knows exists for the
/// account of the key that made it, so requests that name it must go with that key. Ids are learnt
/// from answers (fields whose name ends in `id`), encrypted_content by its hash; both are looked
/// for in the path and, as whole JSON strings, in the body.
///
/// Bounded: the things that were named last, each for Lifetime after it was named; items of
/// responses and encrypted contents have a place of their own, so that they push no file out. While
/// none is known a request costs nothing; else a search for quotes in its body. Nothing is changed
/// or held back. Thread: the core's.
class Affinity
{
public:
    static constexpr qsizetype Capacity = 10'000; ///< of things, and of items
    static constexpr std::chrono::hours Lifetime{24};

    /// Reads an answer as it passes and remembers what it names.
    class Learner
    {
    public:
        Learner(Affinity &affinity, BodyDecoder decoder, bool chats, KeyId key)
            : affinity_(affinity),
              decoder_(std::move(decoder)),
              chats_(chats),
              key_(key)
        {
        }
        /// The next bytes of the body, as they came.
        void feed(QByteArrayView bytes);

    private:
        Affinity &affinity_;
        BodyDecoder decoder_;
        ObjectReader reader_;
        bool chats_;
        KeyId key_;
        qsizetype left_ = MaxAnswer;
    };
    static constexpr qsizetype MaxAnswer = qsizetype{256} * 1024 * 1024; ///< decoded

    explicit Affinity(const Clock &clock) : things_(clock), items_(clock) {}

    /// The key that made a known thing that the request names: the first that the path or the body
    /// names, else what was encrypted last, else the last item. 0 for none.
    KeyId keyFor(const RequestFacts &facts);
    /// For the answer to a request with that key; null when it cannot name anything new. The
    /// affinity must outlive it.
    std::unique_ptr<Learner> learner(RequestFacts &facts, const ResponseHead &head, KeyId key);

    qsizetype size() const { return things_.size() + items_.size(); }

private:
    /// What was named last is kept.
    class Memory
    {
    public:
        explicit Memory(const Clock &clock) : clock_(clock) {}
        void put(const QByteArray &name, KeyId key);
        KeyId find(const QByteArray &name);
        void forgetOld();
        qsizetype size() const { return byName_.size(); }

    private:
        struct Entry
        {
            QByteArray name;
            KeyId key;
            Clock::Instant named;
        };
        const Clock &clock_;
        std::list<Entry> entries_; ///< named last first
        QHash<QByteArray, std::list<Entry>::iterator> byName_;
    };
    Memory &memoryOf(NamedObject::Kind kind);
    KeyId find(const NamedObject &object);

    Memory things_;
    Memory items_;
};

} // namespace keywheel
