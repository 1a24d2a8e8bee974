// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the cases of test_conformance for compare.py: a JSON object a line, bytes in base64.
#include "core/server/conformancecases.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

int main()
{
    using namespace keywheel;
    for (const ConformanceCase &one : acceptedCases() + refusedCases()) {
        const QJsonObject object{
            {QStringLiteral("name"), QString::fromLatin1(one.name)},
            {QStringLiteral("request"), QString::fromLatin1(one.request.toBase64())},
            {QStringLiteral("status"), one.status},
        };
        std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    }
    return 0;
}
