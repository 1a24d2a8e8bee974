// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

/// Categories of what Keywheel logs. app/logsetup installs the one handler that formats them and
/// passes every line through the Redactor.
namespace keywheel {

Q_DECLARE_LOGGING_CATEGORY(lcAccess)   ///< one line per exchange
Q_DECLARE_LOGGING_CATEGORY(lcApp)      ///< start, stop, listener
Q_DECLARE_LOGGING_CATEGORY(lcKeys)     ///< keys set aside and put back
Q_DECLARE_LOGGING_CATEGORY(lcServer)   ///< the client's side
Q_DECLARE_LOGGING_CATEGORY(lcSettings) ///< settings read, changed, refused
Q_DECLARE_LOGGING_CATEGORY(lcUpstream) ///< the upstream's side

} // namespace keywheel
