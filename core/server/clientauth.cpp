// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/clientauth.h"

#include "common/logging.h"
#include "http/credentials.h"

#include <algorithm>

namespace keywheel {

namespace {

constexpr int NetworkBytes = 8; // of IPv6

OwnError unauthorized(QByteArrayView code, const QString &message)
{
    OwnError error{401, code.toByteArray(), message};
    error.extraHeaders.append(QByteArrayLiteral("WWW-Authenticate"), QByteArrayLiteral("Bearer"));
    return error;
}

QHostAddress networkOf(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + NetworkBytes, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes);
}

} // namespace

bool ClientAuth::matches(QByteArrayView candidate) const
{
    // No early end: the time depends on the candidate's length, never on what it has in common with
    // the key.
    volatile unsigned difference = candidate.size() == key_.size() ? 0U : 1U;
    qsizetype at = 0;
    for (const char c : candidate) {
        difference = difference | static_cast<unsigned char>(c ^ key_[at]);
        at = at + 1 == key_.size() ? 0 : at + 1;
    }
    return difference == 0;
}

std::optional<OwnError> ClientAuth::check(const Headers &headers, const QByteArray &target) const
{
    if (!isRequired())
        return {};
    const SentCredentials sent = sentCredentials(headers, target);
    const auto looked = sent.keys.cbegin() + std::min<qsizetype>(sent.keys.size(), MaxCandidates);
    if (std::any_of(sent.keys.cbegin(), looked,
                    [this](QByteArrayView key) { return matches(key); }))
        return {};
    if (!sent.any)
        return unauthorized("missing_authorization",
                            QStringLiteral("Send Keywheel's AUTH_KEY as your API key, for example "
                                           "as Authorization: Bearer or x-api-key."));
    if (sent.keys.isEmpty())
        return unauthorized("invalid_authorization_format",
                            QStringLiteral("The Authorization header must be Bearer and a key."));
    return unauthorized(WrongKey, QStringLiteral("The key sent is not Keywheel's AUTH_KEY."));
}

Clock::Milliseconds GuessBrake::noteWrongKey(const QHostAddress &from)
{
    const QHostAddress network = networkOf(from);
    const Clock::Instant now = clock_.now();
    if (!tries_.contains(network))
        makeRoom();
    Tries &tries = tries_[network];
    if (tries.count > 0 && now - tries.last >= Memory)
        tries.count = 0;
    tries.last = now;
    const int surplus = ++tries.count - FreeTries;
    if (surplus <= 0)
        return Clock::Milliseconds(0);
    if (surplus == 1)
        qCWarning(lcServer).noquote()
            << "Wrong AUTH_KEYs keep coming from" << from.toString() << "and are answered late";
    constexpr int EnoughDoublings = 16;
    const auto delay = std::chrono::seconds(1LL << std::min(surplus - 1, EnoughDoublings));
    return std::min<Clock::Milliseconds>(delay, LongestDelay);
}

void GuessBrake::makeRoom()
{
    if (tries_.size() < MaxAddresses)
        return;
    const auto oldest =
        std::min_element(tries_.cbegin(), tries_.cend(),
                         [](const Tries &a, const Tries &b) { return a.last < b.last; });
    tries_.erase(oldest);
}

} // namespace keywheel
