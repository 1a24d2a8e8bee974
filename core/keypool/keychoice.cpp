// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/keychoice.h"

namespace keywheel {

namespace {

QString strategyName(KeyStrategy strategy)
{
    switch (strategy) {
    case KeyStrategy::LeastUsed:
        return QStringLiteral("least-used");
    case KeyStrategy::FillFirst:
        return QStringLiteral("fill-first");
    case KeyStrategy::Headroom:
        return QStringLiteral("headroom");
    case KeyStrategy::RoundRobin:
        break;
    }
    return QStringLiteral("round-robin");
}

} // namespace

QString toText(const LeaseReason &reason)
{
    if (reason.trial)
        return QStringLiteral("trial after its quota was used up");
    QString text = reason.affinity ? QStringLiteral("affinity") : strategyName(reason.strategy);
    if (reason.headroomUnknown)
        text += QStringLiteral(" (not told: round-robin)");
    if (reason.otherOrganization)
        text += QStringLiteral(", other organisation");
    if (reason.retry)
        text += QStringLiteral(", retry");
    return text;
}

} // namespace keywheel
