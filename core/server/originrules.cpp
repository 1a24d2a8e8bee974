// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/originrules.h"

#include <algorithm>

namespace keywheel {

namespace {

/// Lower case, and without the port that the scheme implies, as browsers write origins.
QByteArray normalized(QByteArrayView origin)
{
    QByteArray text = origin.toByteArray().toLower();
    if ((text.startsWith("http://") && text.endsWith(":80")) ||
        (text.startsWith("https://") && text.endsWith(":443")))
        text.truncate(text.lastIndexOf(':'));
    return text;
}

bool isPortOrNothing(QByteArrayView text)
{
    if (text.isEmpty())
        return true;
    const QByteArrayView digits = text.sliced(1);
    return text[0] == ':' && !digits.isEmpty() &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

OriginRules::OriginRules(const QStringList &entries)
{
    for (const QString &entry : entries) {
        QByteArray text = entry.trimmed().toUtf8();
        if (text == "*") {
            all_ = true;
        } else if (text.endsWith("://")) {
            rules_.append({text.toLower(), Rule::Rest::Anything});
        } else if (text.endsWith(":*")) {
            text.chop(2);
            rules_.append({text.toLower(), Rule::Rest::AnyPort});
        } else if (!text.isEmpty()) {
            if (text.endsWith('/'))
                text.chop(1);
            rules_.append({normalized(text), Rule::Rest::Nothing});
        }
    }
}

bool OriginRules::allows(QByteArrayView origin) const
{
    if (all_)
        return true;
    const QByteArray text = normalized(origin);
    return std::any_of(rules_.cbegin(), rules_.cend(), [&text](const Rule &rule) {
        if (!text.startsWith(rule.prefix))
            return false;
        const QByteArrayView rest = QByteArrayView(text).sliced(rule.prefix.size());
        switch (rule.rest) {
        case Rule::Rest::Nothing:
            return rest.isEmpty();
        case Rule::Rest::AnyPort:
            return isPortOrNothing(rest);
        case Rule::Rest::Anything:
            break;
        }
        return true;
    });
}

} // namespace keywheel
