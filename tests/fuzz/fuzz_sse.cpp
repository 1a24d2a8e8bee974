// SPDX-License-Identifier: GPL-3.0-or-later
// The input is an event stream: its events are the same whole and in pieces; and whatever is
// decided of its beginning stays so.
#include "fuzz/fuzzinput.h"
#include "http/answeropening.h"
#include "http/latererrors.h"

using namespace keywheel;
using keywheel::fuzz::require;
using State = AnswerOpening::State;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::toBytes(data, size);
    SseReader whole;
    const auto events = whole.feed(bytes);
    SseReader pieces;
    AnswerOpening opening;
    LaterErrors later;
    qsizetype seen = 0;
    qsizetype errors = 0;
    fuzz::inPieces(bytes, [&](const QByteArray &piece) {
        for (const SseReader::Event &event : pieces.feed(piece)) {
            require(seen < events.size(), "no more events in pieces");
            require(event.name == events.at(seen).name && event.data == events.at(seen).data,
                    "the same events in pieces");
            ++seen;
        }
        const State before = opening.state();
        require(opening.feed(piece) == opening.state(), "feed() tells the state");
        require(before == State::Undecided || before == opening.state(), "final");
        require(opening.quietSize() <= bytes.size(), "no more than came in");
        errors += later.feed(piece) ? 1 : 0;
    });
    require(seen == events.size(), "all events in pieces");
    require(errors <= 1, "one error in all");
    return 0;
}
