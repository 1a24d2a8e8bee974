// SPDX-License-Identifier: GPL-3.0-or-later
// makeicon SVG FILE [SIZE]: the picture as an icon for Windows (FILE.ico) or macOS (FILE.icns),
// both a list of PNG files of several sizes, or as one PNG file of SIZE by SIZE.
#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QtEndian>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace {

QByteArray png(QSvgRenderer &picture, int size)
{
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    picture.render(&painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

template <class T>
void append(QByteArray &bytes, T number)
{
    bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
}

/// A directory of 16 bytes a picture, then the pictures; a width of 256 is written as 0.
QByteArray ico(QSvgRenderer &picture)
{
    constexpr std::array Sizes{16, 20, 24, 32, 40, 48, 64, 256};
    QByteArray head;
    QByteArray pictures;
    for (const int number : {0, 1, int(Sizes.size())})
        append(head, qToLittleEndian(quint16(number)));
    const qsizetype begin = head.size() + qsizetype(Sizes.size()) * 16;
    for (const int size : Sizes) {
        const QByteArray bytes = png(picture, size);
        append(head, quint8(size % 256));
        append(head, quint8(size % 256));
        append(head, quint16(0)); // no palette
        append(head, qToLittleEndian(quint16(1)));
        append(head, qToLittleEndian(quint16(32)));
        append(head, qToLittleEndian(quint32(bytes.size())));
        append(head, qToLittleEndian(quint32(begin + pictures.size())));
        pictures += bytes;
    }
    return head + pictures;
}

/// Each picture behind its type and its size with both.
QByteArray icns(QSvgRenderer &picture)
{
    struct Entry
    {
        const char *type;
        int size;
    };
    // ic11 to ic14 are 16, 32, 128 and 256 points on a screen of double density.
    constexpr std::array<Entry, 8> Entries{{{"ic11", 32},
                                            {"ic12", 64},
                                            {"ic07", 128},
                                            {"ic13", 256},
                                            {"ic08", 256},
                                            {"ic14", 512},
                                            {"ic09", 512},
                                            {"ic10", 1024}}};
    QByteArray pictures;
    for (const Entry &entry : Entries) {
        const QByteArray bytes = png(picture, entry.size);
        pictures += entry.type;
        append(pictures, qToBigEndian(quint32(bytes.size() + 8)));
        pictures += bytes;
    }
    QByteArray head("icns");
    append(head, qToBigEndian(quint32(pictures.size() + 8)));
    return head + pictures;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3 && argc != 4) {
        std::fputs("makeicon SVG FILE [SIZE]\n", stderr);
        return 2;
    }
    const QString name = QString::fromLocal8Bit(argv[2]);
    QSvgRenderer picture(QString::fromLocal8Bit(argv[1]));
    QFile file(name);
    if (!picture.isValid() || !file.open(QIODevice::WriteOnly)) {
        std::fprintf(stderr, "makeicon: cannot read %s or write %s\n", argv[1], argv[2]);
        return 1;
    }
    const QByteArray bytes = argc == 4 ? png(picture, std::atoi(argv[3]))
                             : name.endsWith(QLatin1String(".icns")) ? icns(picture)
                                                                     : ico(picture);
    return file.write(bytes) == bytes.size() && file.flush() ? 0 : 1;
}
