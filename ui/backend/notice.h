// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace keywheel {

/// A problem that a person should know of, for the attention list, the tray and notifications. A
/// value without secrets; the same problem keeps its kind and subject for as long as it lasts.
struct Notice
{
    enum class Kind {
        ListenFailed,   ///< detail: the error, with who holds the port
        BadSettings,    ///< detail: one line per error; the last good ones are in use
        KeysUnreadable, ///< detail: why (keychain locked, missing, denied; file not readable)
        NoKeys,         ///< nothing imported yet
        NoKeyLeft,      ///< all keys are set aside
        OpenToNetwork,  ///< HOST is not loopback and there is no AUTH_KEY; detail: HOST
        AuthKeyShort,   ///< so short that it is easily guessed
        UpstreamDown,   ///< nothing but failures that are no key's; detail: the last one
        KeysNotBlamed,  ///< the brake of the failure policy; detail: why
        KeyOut,         ///< permanently; subject: fingerprint, detail: why
        OriginRefused,  ///< subject: a web page's origin
    };

    Kind kind = Kind::ListenFailed;
    QString subject;
    QString detail; ///< redacted; may be empty
    QString name;   ///< of the key that subject names: its label or preview
    QDateTime since;

    bool isSame(const Notice &other) const
    {
        return kind == other.kind && subject == other.subject;
    }
};

} // namespace keywheel
