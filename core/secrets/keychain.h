// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>

namespace keywheel {

/// What the default keyring is like, as far as can be told without asking a person.
enum class KeychainState {
    Unlocked,
    Locked,    ///< entries look as if they were not there
    NoKeyring, ///< a service, but nothing to store in yet: the first write makes it
    Unknown    ///< the platform does not tell, or nothing answered
};

struct KeychainAnswer
{
    enum class Outcome {
        Done,
        NotFound, ///< no such entry, or a locked keyring
        Denied,   ///< by the person or the system
        Failed,   ///< no service, or anything else; `message` tells
        TimedOut
    };
    Outcome outcome = Outcome::Done;
    QByteArray data; ///< what read() found
    QString message; ///< the platform's own words, in its language
};

/// Named entries in the person's keychain, for one service name; the seam between Keywheel's logic
/// and QtKeychain. One job runs at a time, in the order of the calls. Each call is answered once,
/// never before it returns, and perhaps very late, since a person may be asked first; not at all
/// when `context` dies before.
/// Thread: the core's.
class Keychain
{
public:
    using Answer = std::function<void(const KeychainAnswer &)>;

    Keychain() = default;
    virtual ~Keychain() = default;
    Q_DISABLE_COPY_MOVE(Keychain)

    virtual void read(const QString &name, QObject *context, Answer answer) = 0;
    /// Makes or replaces the entry, as one step.
    virtual void write(const QString &name, const QByteArray &data, QObject *context,
                       Answer answer) = 0;
    /// Done also when there is no such entry, and when the keyring is locked and nothing happens.
    virtual void erase(const QString &name, QObject *context, Answer answer) = 0;
    /// Never prompts.
    virtual void probe(QObject *context, std::function<void(KeychainState)> answer) = 0;
};

} // namespace keywheel
