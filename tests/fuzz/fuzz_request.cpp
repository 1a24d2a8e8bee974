// SPDX-License-Identifier: GPL-3.0-or-later
// The input is what a client sends on one connection. Fed whole and in pieces it must give the same
// requests and the same verdict, within the limits, and nothing that could split a header.
#include "fuzz/fuzzinput.h"
#include "server/requestparser.h"

using namespace keywheel;
using keywheel::fuzz::require;
using State = RequestParser::State;

namespace {

RequestLimits smallLimits()
{
    return {.requestLine = 256, .headers = 512, .fields = 10, .body = 100};
}

/// A connection's requests as text, and its verdict.
class Reader
{
public:
    void feed(QByteArrayView bytes)
    {
        while (true) {
            const qsizetype used = parser_.feed(bytes);
            require(used >= 0 && used <= bytes.size(), "takes only what came");
            bytes = bytes.sliced(used);
            if (parser_.state() == State::HeadComplete) {
                noteHead();
                parser_.acceptBody();
            }
            if (parser_.state() == State::Complete)
                noteBody();
            else if (used == 0 || bytes.isEmpty())
                return;
        }
    }

    QByteArray verdict() const
    {
        QByteArray text = requests_ + QByteArray::number(int(parser_.state()));
        text += parser_.hasBegun() ? " begun" : " idle";
        if (parser_.state() == State::Refused)
            text += ' ' + QByteArray::number(parser_.refusal().status) + ' ' +
                    parser_.refusal().code + ' ' + parser_.refusal().message.toUtf8();
        return text;
    }

private:
    void noteHead()
    {
        const RequestLine &line = parser_.line();
        const auto splits = [](const QByteArray &text) {
            return text.contains('\r') || text.contains('\n') || text.contains('\0');
        };
        require(!line.method.isEmpty() && !splits(line.method), "a method is a token");
        require(line.target.startsWith('/') || line.target == "*", "a target is a path or *");
        require(!splits(line.target) && !line.target.contains(' '), "a target is one word");
        require(line.target.size() <= smallLimits().requestLine, "the line's limit holds");
        require(parser_.headers().size() <= smallLimits().fields, "the fields' limit holds");
        requests_ += line.method + ' ' + line.target + ' ' + char('0' + line.minorVersion);
        requests_ += parser_.keepAlive() ? " kept" : " close";
        requests_ += parser_.expectsContinue() ? " continue\n" : "\n";
        qsizetype size = 0;
        for (const HeaderField &field : parser_.headers()) {
            require(!splits(field.name) && !splits(field.value), "a field is one line");
            requests_ += field.name + ": " + field.value + '\n';
            size += field.name.size() + field.value.size();
        }
        require(size <= smallLimits().headers, "the headers' limit holds");
    }

    void noteBody()
    {
        const QByteArray body = parser_.takeBody();
        require(body.size() <= smallLimits().body, "the body's limit holds");
        requests_ += body + "\n\n";
        parser_.reset(smallLimits().body);
    }

    RequestParser parser_{smallLimits()};
    QByteArray requests_;
};

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::toBytes(data, size);
    Reader whole;
    whole.feed(bytes);
    Reader pieces;
    fuzz::inPieces(bytes, [&](const QByteArray &piece) { pieces.feed(piece); });
    require(whole.verdict() == pieces.verdict(), "the same whole and in pieces");
    return 0;
}
