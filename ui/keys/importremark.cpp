// SPDX-License-Identifier: GPL-3.0-or-later
#include "importremark.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace keywheel {

namespace {

/// As in core/secrets, which has no languages: keysyntax, keycollector and the readers.
[[maybe_unused]] constexpr const char *remarks[] = {
    QT_TRANSLATE_NOOP("ImportRemark", "it holds a space or a character that is not plain ASCII"),
    QT_TRANSLATE_NOOP("ImportRemark", "a key has %1 to %2 characters, not %3"),
    QT_TRANSLATE_NOOP("ImportRemark", "it holds other characters than letters, digits, - _ and ."),
    QT_TRANSLATE_NOOP("ImportRemark", "it has only %1 characters"),
    QT_TRANSLATE_NOOP("ImportRemark", "it holds no digit"),
    QT_TRANSLATE_NOOP("ImportRemark", "it repeats the key of line %1"),
    // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one long text
    QT_TRANSLATE_NOOP("ImportRemark", "it sets a variable that is not named KEY, API_KEY or "
                                      "OPENAI_API_KEY, perhaps with a number"),
    QT_TRANSLATE_NOOP("ImportRemark", "it names a key and holds none"),
    QT_TRANSLATE_NOOP("ImportRemark", "its column of the key is empty"),
    QT_TRANSLATE_NOOP("ImportRemark", "it begins as JSON and is none"),
};

} // namespace

QString importRemarkText(const QString &remark)
{
    static const QRegularExpression number(QStringLiteral("[0-9]+"));
    QString form;
    QStringList numbers;
    qsizetype end = 0;
    for (const QRegularExpressionMatch &match : number.globalMatch(remark)) {
        numbers.append(match.captured());
        form += remark.mid(end, match.capturedStart() - end) +
                QStringLiteral("%%1").arg(numbers.size());
        end = match.capturedEnd();
    }
    form += remark.mid(end);
    QString text = QCoreApplication::translate("ImportRemark", form.toUtf8().constData());
    for (const QString &each : std::as_const(numbers))
        text = text.arg(each);
    return text;
}

} // namespace keywheel
