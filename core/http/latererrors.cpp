// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/latererrors.h"

#include "http/errorinside.h"

#include <algorithm>

namespace keywheel {

namespace {

constexpr QByteArrayView Word("error");
constexpr qsizetype Overlap = 32; ///< longer than what is looked for, with what stands around it

QByteArrayView withoutBlanks(QByteArrayView text)
{
    while (text.startsWith(' '))
        text = text.sliced(1);
    return text;
}

/// Whether the word at this place is the name of an event, or a JSON string by itself: the name of
/// a member that says something, or a value. The word in a text stands otherwise, or its quotes are
/// escaped.
bool isStatement(QByteArrayView text, qsizetype at)
{
    QByteArrayView before = text.first(at);
    const QByteArrayView after = text.sliced(at + Word.size());
    if (before.endsWith("event: ") || before.endsWith("event:"))
        return true;
    if (!before.endsWith('"') || before.endsWith("\\\"") || !after.startsWith('"'))
        return after.isEmpty() && before.endsWith('"');
    QByteArrayView value = withoutBlanks(after.sliced(1));
    if (!value.startsWith(':'))
        return true;
    value = withoutBlanks(value.sliced(1));
    return !value.startsWith("null");
}

bool mayHoldError(QByteArrayView text)
{
    if (text.contains("response.failed") || text.contains("\"base_resp\"") ||
        text.contains("HTTP_STATUS/4") || text.contains("HTTP_STATUS/5"))
        return true;
    for (qsizetype at = text.indexOf(Word); at >= 0; at = text.indexOf(Word, at + Word.size())) {
        if (isStatement(text, at))
            return true;
    }
    return false;
}

std::optional<SseReader::Event> firstError(QByteArrayView text)
{
    SseReader reader;
    QList<SseReader::Event> events = reader.feed(QByteArray::fromRawData(text.data(), text.size()));
    if (reader.isAtLineStart())
        events.append(reader.unfinished());
    const auto found = std::find_if(events.cbegin(), events.cend(), [](const auto &event) {
        return !event.data.isEmpty() && meaningOf(event) == EventMeaning::Error;
    });
    return found == events.cend() ? std::nullopt : std::optional(*found);
}

qsizetype behindLastBlankLine(QByteArrayView text)
{
    const qsizetype lf = text.lastIndexOf("\n\n");
    const qsizetype crLf = text.lastIndexOf("\n\r\n");
    return std::max(lf < 0 ? 0 : lf + 2, crLf < 0 ? 0 : crLf + 3);
}

} // namespace

std::optional<SseReader::Event> LaterErrors::feed(const QByteArray &bytes)
{
    if (over_)
        return std::nullopt;
    qsizetype from = 0;
    if (!open_.isEmpty()) {
        from = std::max<qsizetype>(0, open_.size() - Overlap);
        open_ += bytes;
    }
    const QByteArrayView text(open_.isEmpty() ? bytes : open_);
    suspicious_ = suspicious_ || mayHoldError(text.sliced(from));
    if (suspicious_) {
        if (auto error = firstError(text)) {
            over_ = true;
            return error;
        }
    }
    if (text.endsWith("\n\n")) {
        open_.clear();
        suspicious_ = false;
        return std::nullopt;
    }
    qsizetype rest = behindLastBlankLine(text);
    if (rest > 0)
        suspicious_ = suspicious_ && mayHoldError(text.sliced(rest));
    if (text.size() - rest > MaxEvent) {
        rest = text.size() - Overlap;
        suspicious_ = false;
    }
    if (rest > 0 || open_.isEmpty())
        open_ = text.sliced(rest).toByteArray();
    return std::nullopt;
}

} // namespace keywheel
