// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/sse.h"

#include <algorithm>
#include <utility>

namespace keywheel {

QList<SseReader::Event> SseReader::feed(const QByteArray &bytes)
{
    QList<Event> events;
    const auto *at = bytes.cbegin();
    while (at != bytes.cend()) {
        if (std::exchange(afterCr_, false) && *at == '\n') {
            ++at;
            continue;
        }
        const auto *const end =
            std::find_if(at, bytes.cend(), [](char c) { return c == '\n' || c == '\r'; });
        buffer_.append(at, end - at);
        if (end == bytes.cend())
            break;
        afterCr_ = *end == '\r';
        takeLine(std::exchange(buffer_, {}), events);
        at = end + 1;
    }
    return events;
}

void SseReader::takeLine(QByteArray line, QList<Event> &events)
{
    if (std::exchange(atStart_, false) && line.startsWith("\xEF\xBB\xBF"))
        line.remove(0, 3);
    if (line.isEmpty()) {
        const Event event = std::exchange(event_, {});
        if (std::exchange(hasData_, false))
            events.append(event);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    takeField(colon < 0 ? line : line.left(colon), value);
}

void SseReader::takeField(const QByteArray &name, const QByteArray &value)
{
    constexpr QByteArrayView Status("HTTP_STATUS/");
    if (name == "event") {
        event_.name = value;
    } else if (name == "data") {
        if (std::exchange(hasData_, true))
            event_.data += '\n';
        event_.data += value;
    } else if (name.isEmpty() && value.startsWith(Status)) {
        event_.status = value.mid(Status.size()).trimmed().toInt();
    }
}

} // namespace keywheel
