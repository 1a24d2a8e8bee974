// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/answerfacts.h"

#include "verdict/retryafter.h"

#include <algorithm>

namespace keywheel {

namespace {

constexpr QByteArrayView LimitPrefix("x-ratelimit-");
constexpr qint64 MostHeadroom = qint64{1} << 50;

bool startsWith(const QByteArray &name, QByteArrayView prefix)
{
    return name.size() > prefix.size() &&
           equalsIgnoreCase(QByteArrayView(name).first(prefix.size()), prefix);
}

void readLimit(const HeaderField &field, AnswerFacts &facts)
{
    const QByteArray limit = field.name.sliced(LimitPrefix.size()).toLower();
    if (limit.startsWith("remaining")) {
        bool ok = false;
        const qint64 left = field.value.trimmed().toLongLong(&ok);
        if (!ok || left < 0)
            return;
        const qint64 unit = limit.contains("tokens") ? 1 : TokensPerRequest;
        const qint64 tokens = std::min(left, MostHeadroom / unit) * unit;
        facts.headroom = std::min(facts.headroom.value_or(tokens), tokens);
    } else if (limit.startsWith("reset-")) {
        if (const auto wait = parseDuration(field.value))
            facts.reset = std::max(*wait, facts.reset.value_or(*wait));
    }
}

} // namespace

AnswerFacts readAnswer(const Headers &headers, bool withLimits)
{
    static constexpr QByteArrayView organization("openai-organization");
    AnswerFacts facts;
    for (const HeaderField &field : headers) {
        if (field.name.size() == organization.size() && equalsIgnoreCase(field.name, organization))
            facts.organization = field.value.trimmed();
        else if (withLimits && startsWith(field.name, LimitPrefix))
            readLimit(field, facts);
    }
    return facts;
}

} // namespace keywheel
