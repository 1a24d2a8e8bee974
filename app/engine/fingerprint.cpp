// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fingerprint.h"

#include <algorithm>

namespace keywheel {

namespace {

bool isFingerprintPart(const QString &text)
{
    return !text.isEmpty() && text.size() <= 16 &&
           std::all_of(text.cbegin(), text.cend(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

} // namespace

Expected<QString> fingerprintOf(const QString &part, const QList<KeySnapshot> &keys)
{
    // What else was given may be a key, so it is not shown.
    if (!isFingerprintPart(part))
        return failure(QStringLiteral("A key is named by its fingerprint or the beginning of it: "
                                      "up to 16 hexadecimal digits, see `keywheel keys list`."));
    QStringList found;
    for (const KeySnapshot &key : keys) {
        if (key.fingerprint.startsWith(part))
            found.append(key.fingerprint);
    }
    if (found.size() == 1)
        return found.first();
    if (found.isEmpty())
        return failure(QStringLiteral("No key has the fingerprint %1.").arg(part));
    return failure(QStringLiteral("The fingerprints of %1 keys begin with %2: give more digits.")
                       .arg(found.size())
                       .arg(part));
}

} // namespace keywheel
