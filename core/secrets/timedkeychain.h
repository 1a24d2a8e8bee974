// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "secrets/keychain.h"

namespace keywheel {

/// A keychain whose every answer comes within a time limit: TimedOut, or Unknown for probe().
/// An answer that comes after all tells by answeredLate() that the keychain works again. Neither
/// is ever called before the call returns. `keychain` and `clock` must outlive it.
class TimedKeychain final : public QObject, public Keychain
{
    Q_OBJECT

public:
    /// So that whoever waits learns within 5 s what is wrong, on a slow machine too.
    static constexpr std::chrono::milliseconds JobLimit{3000};

    TimedKeychain(Keychain &keychain, Clock &clock);

    /// Answers are due by then, even when each job of many is within its limit.
    void setDeadline(Clock::Instant deadline) { deadline_ = deadline; }

    void read(const QString &name, QObject *context, Answer answer) override;
    void write(const QString &name, const QByteArray &data, QObject *context,
               Answer answer) override;
    void erase(const QString &name, QObject *context, Answer answer) override;
    void probe(QObject *context, std::function<void(KeychainState)> answer) override;

Q_SIGNALS:
    /// A job that had timed out has succeeded.
    void answeredLate();

private:
    Answer limited(QObject *context, Answer answer);
    Clock::Milliseconds limit() const;

    Keychain &keychain_;
    Clock &clock_;
    Clock::Instant deadline_ = Clock::Instant::max();
};

} // namespace keywheel
