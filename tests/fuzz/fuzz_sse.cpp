// SPDX-License-Identifier: GPL-3.0-or-later
// The input is an event stream: its first event is the same whole and in pieces, and once it is
// known it does not change.
#include "fuzz/fuzzinput.h"
#include "http/sse.h"

using namespace keywheel;
using keywheel::fuzz::require;
using State = SseFirstEvent::State;

namespace {

bool isSame(const SseFirstEvent &a, const SseFirstEvent &b)
{
    return a.state() == b.state() &&
           (a.state() != State::Event || (a.event() == b.event() && a.data() == b.data()));
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::toBytes(data, size);
    SseFirstEvent whole;
    whole.feed(bytes);
    require(whole.data().size() + whole.event().size() <= bytes.size(), "no more than came in");

    SseFirstEvent pieces;
    fuzz::inPieces(bytes, [&](const QByteArray &piece) {
        const SseFirstEvent before = pieces;
        require(pieces.feed(piece) == pieces.state(), "feed() tells the state");
        require(before.state() == State::Incomplete || isSame(before, pieces), "final");
    });
    require(isSame(whole, pieces), "the same whole and in pieces");
    return 0;
}
