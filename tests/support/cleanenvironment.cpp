// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cleanenvironment.h"

#include <QStringList>

namespace keywheel {

QProcessEnvironment cleanEnvironment(const QString &home)
{
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment clean;
    static const QStringList kept{QStringLiteral("PATH"),         QStringLiteral("LD_LIBRARY_PATH"),
                                  QStringLiteral("ASAN_OPTIONS"), QStringLiteral("LSAN_OPTIONS"),
                                  QStringLiteral("TSAN_OPTIONS"), QStringLiteral("UBSAN_OPTIONS"),
                                  QStringLiteral("SystemRoot")};
    for (const QString &name : kept) {
        if (own.contains(name))
            clean.insert(name, own.value(name));
    }
    clean.insert(QStringLiteral("HOME"), home);
    clean.insert(QStringLiteral("XDG_RUNTIME_DIR"), home);
    clean.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    return clean;
}

} // namespace keywheel
