// SPDX-License-Identifier: GPL-3.0-or-later
// filltemplate FILE: prints FILE with the tables of the program filled in. Runs during the build.
#include "filltemplate.h"

#include <QFile>

#include <cstdio>

int main(int argc, char *argv[])
{
    QFile file(argc == 2 ? QString::fromLocal8Bit(argv[1]) : QString());
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "Usage: filltemplate FILE\n");
        return 2;
    }
    const QByteArray filled = keywheel::filledTemplate(QString::fromUtf8(file.readAll())).toUtf8();
    if (filled.isEmpty()) {
        std::fprintf(stderr, "%s names something between @ that there is not\n", argv[1]);
        return 1;
    }
    return std::fwrite(filled.constData(), 1, std::size_t(filled.size()), stdout) ==
                   std::size_t(filled.size())
               ? 0
               : 1;
}
