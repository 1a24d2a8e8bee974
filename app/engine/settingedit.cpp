// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/settingedit.h"

#include "settings/settingstable.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace keywheel {

namespace {

Expected<void> checkValue(const SettingSpec &spec, const QString &value)
{
    Settings settings{};
    if (value.isEmpty())
        return {}; // the default
    const auto parsed = spec.parse(value, settings);
    if (parsed)
        return {};
    const QString shown = shownBadValue(spec, value);
    return failure(
        QStringLiteral("%1%2 is not valid%3; accepted: %4")
            .arg(spec.name, shown.isEmpty() ? shown : u'=' + shown,
                 parsed.error().isEmpty() ? QString() : QLatin1String(": ") + parsed.error(),
                 spec.accepted));
}

QStringList messages(const Expected<LoadedSettings, QList<Error>> &loaded)
{
    QStringList texts;
    if (!loaded) {
        for (const Error &error : loaded.error())
            texts.append(error.message);
    }
    return texts;
}

/// A setting can be bad beside others, such as OPENAI_BASE_URL when it is HOST and PORT. Others
/// that were bad before are no reason: they are corrected one by one.
Expected<void> checkTogether(const SettingSources &sources, const EnvFile &before,
                             const EnvFile &after)
{
    const QStringList old = messages(loadSettings(sources, before));
    const QStringList now = messages(loadSettings(sources, after));
    if (now.size() <= old.size())
        return {};
    const auto fresh = std::find_if(now.cbegin(), now.cend(),
                                    [&](const QString &text) { return !old.contains(text); });
    return failure(fresh == now.cend() ? now.last() : *fresh);
}

} // namespace

Expected<EnvFile> editSetting(const SettingSources &sources, const QString &name,
                              const std::optional<QString> &value)
{
    const SettingSpec *const spec = findSetting(name);
    if (!spec)
        return failure(QStringLiteral("There is no setting named %1.").arg(name));
    auto file = QFileInfo::exists(sources.envFilePath) ? EnvFile::load(sources.envFilePath)
                                                       : Expected<EnvFile>(EnvFile());
    const SettingSources used = withoutOwnAddress(sources, file ? *file : EnvFile());
    if (const auto fixed = strongerThanEnvFile(name, used))
        return failure(QStringLiteral("%1 is fixed by the %2; change it there.")
                           .arg(name, originName(*fixed)));
    if (name == QLatin1String("PORT") && sources.freePort)
        return failure(QStringLiteral("PORT is fixed by the command line; change it there."));
    if (const auto valid = checkValue(*spec, value.value_or(QString())); !valid)
        return tl::unexpected(valid.error());
    if (!file)
        return file;
    EnvFile changed = *file;
    return (value ? changed.set(name, *value) : changed.remove(name))
        .and_then([&] { return checkTogether(sources, *file, changed); })
        .map([&] { return changed; });
}

Expected<void> saveEnvFile(const EnvFile &file, const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    return file.save(path);
}

} // namespace keywheel
