// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/settingstable.h"

namespace keywheel {

/// What the window says about the settings table, in the present language: all texts are of the
/// context "Settings". Thread: the window's.
enum class SettingGroup { Server, Keys, Upstream, Limits, Browsers, Logs, Other };

SettingGroup settingGroup(const QString &name); ///< Other: the window does not know it
QString settingGroupTitle(SettingGroup group);

QString settingLabel(const QString &name); ///< such as "Port"; the name itself when unknown
QString settingDescription(const SettingSpec &spec);
QString settingAccepted(const SettingSpec &spec);
/// `reason` is what SettingSpec::parse answered.
QString settingReason(const QString &reason);
/// One of the spec's words for a menu, such as "In turn" for round-robin.
QString settingWord(const SettingSpec &spec, const QString &word);
/// A number in units that people use ("30 seconds", "100 MiB"), or empty when it has none.
QString settingQuantity(const SettingSpec &spec, qint64 number);
/// The unit behind a number, such as "ms"; may be empty.
QString settingUnit(const SettingSpec &spec);
/// `text`, a default, as the person would see it in the editor; "none" where it is empty.
QString settingDefault(const SettingSpec &spec, const QString &text);

} // namespace keywheel
