// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keychain.h"

#include <QMap>

#include <deque>
#include <memory>

namespace keywheel {

/// What outlives a process: the entries. And how the keychain is to behave.
struct Vault
{
    QMap<QString, QByteArray> entries;
    KeychainState state = KeychainState::Unlocked;
    bool asks = false; ///< a locked keychain asks a person and waits, instead of showing nothing
    int reads = 0;     ///< jobs so far, by kind
    int changes = 0;   ///< writes and erasures
    int failAt = -1;   ///< the change of that number, from 0, fails
    int dieAt = -1;    ///< from the change of that number on nothing is answered
    bool diesAfter = false; ///< … which is still carried out
    KeychainAnswer failure{KeychainAnswer::Outcome::Failed, {}, QStringLiteral("broken")};
    bool failsReads = false;
};

/// A keychain in memory. Answers from the event loop, one job after the other; while hung, none.
class FakeKeychain final : public Keychain
{
public:
    explicit FakeKeychain(Vault &vault) : vault_(vault) {}

    void read(const QString &name, QObject *context, Answer answer) override
    {
        run(context, [this, name, answer = std::move(answer)] {
            ++vault_.reads;
            if (vault_.failsReads)
                return answer(vault_.failure);
            if (!vault_.entries.contains(name) || vault_.state == KeychainState::Locked)
                return answer({KeychainAnswer::Outcome::NotFound, {}, {}});
            answer({KeychainAnswer::Outcome::Done, vault_.entries.value(name), {}});
        });
    }

    void write(const QString &name, const QByteArray &data, QObject *context,
               Answer answer) override
    {
        run(context, [this, name, data, answer = std::move(answer)] {
            change([&] { vault_.entries.insert(name, data); }, answer);
        });
    }

    void erase(const QString &name, QObject *context, Answer answer) override
    {
        run(context, [this, name, answer = std::move(answer)] {
            change([&] { vault_.entries.remove(name); }, answer);
        });
    }

    void probe(QObject *context, std::function<void(KeychainState)> answer) override
    {
        QMetaObject::invokeMethod(
            context, [this, answer = std::move(answer)] { answer(vault_.state); },
            Qt::QueuedConnection);
    }

    /// No job is answered until resume().
    void hang() { hung_ = true; }
    void resume()
    {
        hung_ = false;
        for (; !held_.empty(); held_.pop_front())
            held_.front()();
    }

private:
    void run(QObject *context, std::function<void()> job)
    {
        auto turn = [this, job = std::move(job)] {
            if (hung_ || (vault_.asks && vault_.state == KeychainState::Locked))
                held_.push_back(job);
            else
                job();
        };
        QMetaObject::invokeMethod(context, turn, Qt::QueuedConnection);
    }

    template <class Effect>
    void change(Effect effect, const Answer &answer)
    {
        const int number = vault_.changes++;
        if (vault_.dieAt >= 0 && number >= vault_.dieAt) {
            if (number == vault_.dieAt && vault_.diesAfter)
                effect();
            return;
        }
        if (number == vault_.failAt)
            return answer(vault_.failure);
        if (vault_.state != KeychainState::Locked)
            effect();
        answer({});
    }

    Vault &vault_;
    bool hung_ = false;
    std::deque<std::function<void()>> held_;
};

} // namespace keywheel
