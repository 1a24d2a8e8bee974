// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guessbrake.h"

#include "common/logging.h"

#include <algorithm>

namespace keywheel {

namespace {

constexpr int NetworkBytes = 8; // of IPv6

QHostAddress networkOf(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + NetworkBytes, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes);
}

} // namespace

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
