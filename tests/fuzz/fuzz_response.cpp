// SPDX-License-Identifier: GPL-3.0-or-later
// The input is what an upstream sends on one connection before it closes: the same whole and in
// pieces, and never more body than came in.
#include "fuzz/fuzzinput.h"
#include "upstream/responseparser.h"

using namespace keywheel;
using keywheel::fuzz::require;
using State = ResponseParser::State;

namespace {

class Reader
{
public:
    explicit Reader(bool headRequest) : parser_(headRequest) {}

    void feed(const QByteArray &bytes)
    {
        const bool open = parser_.state() == State::Head || parser_.state() == State::Body;
        const qsizetype used = parser_.feed(bytes, body_);
        require(used >= 0 && used <= bytes.size(), "uses only what came");
        require(open || used == 0, "uses nothing after the end");
        require(parser_.state() >= State::Finished || used == bytes.size(),
                "uses all before the end");
        used_ += used;
        require(body_.size() <= used_, "no more body than came in");
        require(!parser_.keepAlive() || parser_.state() != State::Broken, "broken is not reused");
    }

    QByteArray verdict()
    {
        QByteArray text = QByteArray::number(int(parser_.state()));
        if (parser_.state() == State::Finished)
            text += " after " + QByteArray::number(used_);
        parser_.close();
        text += ' ' + QByteArray::number(int(parser_.state())) +
                (parser_.keepAlive() ? " kept " : " close ") + parser_.error().toUtf8() + '\n';
        require(parser_.state() >= State::Finished, "a closed connection is an end");
        if (parser_.hasHead()) {
            const ResponseHead head = parser_.takeHead();
            text += QByteArray::number(head.status) + ' ' + head.reason + '\n';
            for (const HeaderField &field : head.headers)
                text += field.name + ": " + field.value + '\n';
        }
        return text + body_;
    }

private:
    ResponseParser parser_;
    QByteArray body_;
    qsizetype used_ = 0;
};

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::toBytes(data, size);
    for (const bool headRequest : {false, true}) {
        Reader whole(headRequest);
        whole.feed(bytes);
        Reader pieces(headRequest);
        fuzz::inPieces(bytes, [&](const QByteArray &piece) { pieces.feed(piece); });
        require(whole.verdict() == pieces.verdict(), "the same whole and in pieces");
    }
    return 0;
}
