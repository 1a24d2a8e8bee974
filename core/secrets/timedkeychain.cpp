// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/timedkeychain.h"

#include <QPointer>

namespace keywheel {

TimedKeychain::TimedKeychain(Keychain &keychain, Clock &clock) : keychain_(keychain), clock_(clock)
{
}

void TimedKeychain::read(const QString &name, QObject *context, Answer answer)
{
    keychain_.read(name, this, limited(context, std::move(answer)));
}

void TimedKeychain::write(const QString &name, const QByteArray &data, QObject *context,
                          Answer answer)
{
    keychain_.write(name, data, this, limited(context, std::move(answer)));
}

void TimedKeychain::erase(const QString &name, QObject *context, Answer answer)
{
    keychain_.erase(name, this, limited(context, std::move(answer)));
}

void TimedKeychain::probe(QObject *context, std::function<void(KeychainState)> answer)
{
    auto answered = std::make_shared<bool>(false);
    auto once = [answered, answer = std::move(answer)](KeychainState state) {
        if (!std::exchange(*answered, true))
            answer(state);
    };
    clock_.callLater(limit(), context, [once] { once(KeychainState::Unknown); });
    keychain_.probe(context, once);
}

Clock::Milliseconds TimedKeychain::limit() const
{
    const Clock::Instant now = clock_.now();
    if (deadline_ - now >= JobLimit)
        return JobLimit;
    return std::max(Clock::Milliseconds(0),
                    std::chrono::duration_cast<Clock::Milliseconds>(deadline_ - now));
}

/// What the keychain is to call: `answer`, or the tale of a late success.
Keychain::Answer TimedKeychain::limited(QObject *context, Answer answer)
{
    auto answered = std::make_shared<bool>(false);
    auto once = [answered, context = QPointer<QObject>(context),
                 answer = std::move(answer)](const KeychainAnswer &result) {
        const bool first = !std::exchange(*answered, true);
        if (first && context)
            answer(result);
        return first;
    };
    clock_.callLater(limit(), this, [once] { once({KeychainAnswer::Outcome::TimedOut, {}, {}}); });
    return [this, once](const KeychainAnswer &result) {
        if (!once(result) && result.outcome == KeychainAnswer::Outcome::Done)
            Q_EMIT answeredLate();
    };
}

} // namespace keywheel
