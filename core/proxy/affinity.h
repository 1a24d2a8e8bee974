// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "http/headers.h"
#include "keypool/keysnapshot.h"

#include <QHash>

#include <list>

namespace keywheel {

struct Request;

/// Which key made which thing at the upstream: files, batches, threads, assistants, vector stores
/// and stored responses exist for the project of the key that made them, so requests that name one
/// must go with that key. Ids are learnt from answers (fields whose name ends in `id`) and looked
/// for in the path and, as whole JSON strings, in the body.
///
/// Bounded: the ids that were named last, each for Lifetime after it was named. While none is known
/// a request costs nothing; else a search for `_` and `-` in its body, up to MaxBody. Nothing is
/// changed or held back. Thread: the core's.
class Affinity
{
public:
    static constexpr qsizetype Capacity = 10'000;
    static constexpr std::chrono::hours Lifetime{24};
    static constexpr qsizetype MaxBody = qsizetype{1} * 1024 * 1024; ///< larger ones are not read
    static constexpr qsizetype MaxAnswer = qsizetype{4} * 1024;      ///< of an answer's start

    explicit Affinity(const Clock &clock) : clock_(clock) {}

    /// The key that made the first known thing that the request names; 0 for none.
    KeyId keyFor(const Request &request);

    /// Whether answers to this request can name new things.
    static bool canLearnFrom(const QByteArray &target);
    /// Takes the start of an answer's body, as it came.
    void learn(const QByteArray &start, const Headers &headers, KeyId key);

    qsizetype size() const { return byId_.size(); }

private:
    struct Thing
    {
        QByteArray id;
        KeyId key;
        Clock::Instant named;
    };
    void put(const QByteArray &id, KeyId key);
    KeyId find(QByteArrayView id);
    void forgetOld();

    const Clock &clock_;
    std::list<Thing> things_; ///< named last first
    QHash<QByteArray, std::list<Thing>::iterator> byId_;
};

} // namespace keywheel
