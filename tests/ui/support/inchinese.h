// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace keywheel {

/// The window speaks Chinese while one of these is there.
class InChinese
{
public:
    InChinese()
    {
        if (chinese_.load(QStringLiteral(":/i18n/keywheel_zh_CN.qm")))
            QCoreApplication::installTranslator(&chinese_);
    }
    ~InChinese() { QCoreApplication::removeTranslator(&chinese_); }
    Q_DISABLE_COPY_MOVE(InChinese)

private:
    QTranslator chinese_;
};

} // namespace keywheel
