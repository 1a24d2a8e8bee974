// SPDX-License-Identifier: GPL-3.0-or-later
#include "importremark.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace keywheel {

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
