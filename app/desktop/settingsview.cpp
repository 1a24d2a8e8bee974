// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/settingsview.h"

#include "settings/settingstable.h"

namespace keywheel {

namespace {

QString shown(const SettingSpec &spec, const QString &text)
{
    if (spec.secrecy == Secrecy::Secret || text.isEmpty())
        return {};
    return spec.secrecy == Secrecy::Public ? text : shownValue(spec, text);
}

} // namespace

SettingsView settingsView(const LoadedSettings &loaded, const SettingSources &sources,
                          const QStringList &errors)
{
    SettingsView view;
    for (const SettingSpec &spec : settingsTable()) {
        const QString text = spec.print(loaded.settings);
        SettingOrigin origin = loaded.values.value(spec.name).origin;
        if (spec.name == QLatin1String("PORT") && sources.freePort)
            origin = SettingOrigin::CommandLine;
        view.rows.append({spec.name, shown(spec, text), !text.isEmpty(), origin});
    }
    view.envFile = sources.envFilePath;
    view.errors = errors;
    return view;
}

} // namespace keywheel
