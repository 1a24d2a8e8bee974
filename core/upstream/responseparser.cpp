// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/responseparser.h"

#include "common/exceptions.h"
#include "http/fieldparser.h"

#include <string_view>

namespace keywheel {

namespace {

/// Where the empty line after the fields begins, or -1. QByteArrayView::indexOf() hashes every byte
/// of what may be a head with its body; this one jumps from CR to CR.
qsizetype endOfHead(QByteArrayView text, qsizetype from = 0)
{
    const auto found =
        std::string_view(text.data(), size_t(text.size())).find("\r\n\r\n", size_t(from));
    return found == std::string_view::npos ? -1 : qsizetype(found);
}

/// Whether the beginning of an answer may still become a head of HTTP/1.x. An SSH banner, a TLS
/// alert or a page without a head would otherwise be waited for until the peer closes.
bool mayBecomeHead(QByteArrayView text)
{
    constexpr QByteArrayView Version("HTTP/1.");
    const auto known = qMin(text.size(), Version.size());
    if (text.first(known) != Version.first(known))
        return false;
    const auto lineFeed = text.indexOf('\n');
    return lineFeed < 0 || text[lineFeed - 1] == '\r';
}

} // namespace

qsizetype ResponseParser::feed(QByteArrayView in, QByteArray &body)
{
    qsizetype used = 0;
    const bool well = endsWell("An upstream answer", [&] {
        while (used < in.size() && (state_ == State::Head || state_ == State::Body)) {
            const auto rest = in.sliced(used);
            started_ = true;
            used += state_ == State::Head ? feedHead(rest) : feedBody(rest, body);
        }
    });
    if (!well)
        fail(QStringLiteral("there is no memory for the answer"));
    return used;
}

qsizetype ResponseParser::feedHead(QByteArrayView in)
{
    // The usual case: the head comes whole and is parsed where it lies.
    if (pending_.isEmpty()) {
        if (const auto end = endOfHead(in); end >= 0) {
            takeHeadSection(in.first(end + 2));
            return end + 4;
        }
    }
    // The end may lie across two pieces: look again from 3 bytes before the seam.
    const auto before = pending_.size();
    pending_.append(in.data(), in.size());
    const auto end = endOfHead(pending_, qMax<qsizetype>(0, before - 3));
    if (end < 0) {
        if (!mayBecomeHead(pending_))
            failAsNoHttp();
        else if (pending_.size() > MaxHead + 1) // the section, and CR of the empty line
            fail(QStringLiteral("the response head exceeds %1 bytes").arg(MaxHead));
        return in.size();
    }
    const QByteArray section = pending_.first(end + 2);
    pending_.clear();
    takeHeadSection(section);
    return end + 4 - before;
}

void ResponseParser::takeHeadSection(QByteArrayView section)
{
    if (section.size() > MaxHead)
        return fail(QStringLiteral("the response head exceeds %1 bytes").arg(MaxHead));
    const auto lineEnd = section.indexOf("\r\n");
    if (!takeStatusLine(section.first(lineEnd)))
        return;
    auto fields = parseFields(section.sliced(lineEnd + 2), MaxFields);
    if (!fields)
        return fail(fields.error().message);
    if (head_.status == 101)
        return fail(QStringLiteral("the upstream switched protocols, which was not asked for"));
    if (head_.status < 200)
        return; // interim responses say nothing that the client waits for
    head_.headers = std::move(*fields);
    chooseFraming();
}

bool ResponseParser::takeStatusLine(QByteArrayView line)
{
    // HTTP/1.1 200 OK — the reason may be empty, and some servers leave out its space too.
    const bool versionOk = line.startsWith("HTTP/1.") && line.size() >= 12 && line[8] == ' ' &&
                           (line[7] == '0' || line[7] == '1');
    int status = 0;
    for (int i = 9; versionOk && i < 12; ++i)
        status = line[i] >= '0' && line[i] <= '9' ? status * 10 + (line[i] - '0') : -1000;
    if (status < 100 || status > 599 || (line.size() > 12 && line[12] != ' ') ||
        !isPlainText(line)) {
        failAsNoHttp();
        return false;
    }
    http10_ = line[7] == '0';
    head_.status = status;
    head_.reason = line.size() > 13 ? line.sliced(13).toByteArray() : QByteArray();
    return true;
}

// RFC 9112 §6.3, in its order.
void ResponseParser::chooseFraming()
{
    const auto length = contentLength(head_.headers);
    if (!length)
        return fail(length.error().message);
    keepAlive_ = http10_ ? head_.headers.hasToken("Connection", "keep-alive")
                         : !head_.headers.hasToken("Connection", "close");
    state_ = State::Body;
    const auto codings = head_.headers.values("Transfer-Encoding");
    if (headRequest_ || head_.status == 204 || head_.status == 304) {
        state_ = State::Finished;
    } else if (!codings.isEmpty()) {
        if (codings.size() > 1 || !equalsIgnoreCase(codings.first(), "chunked") || http10_)
            return fail(QStringLiteral("the upstream used a Transfer-Encoding other than chunked"));
        if (*length)
            return fail(QStringLiteral("the response has Content-Length and Transfer-Encoding"));
        framing_ = Framing::Chunked;
    } else if (*length) {
        framing_ = Framing::Length;
        remaining_ = **length;
        if (remaining_ == 0)
            state_ = State::Finished;
    } else {
        framing_ = Framing::UntilClose;
        keepAlive_ = false;
    }
    hasHead_ = true;
}

qsizetype ResponseParser::feedBody(QByteArrayView in, QByteArray &body)
{
    switch (framing_) {
    case Framing::Length: {
        const auto take = qMin<qint64>(remaining_, in.size());
        body.append(in.data(), take);
        remaining_ -= take;
        if (remaining_ == 0)
            state_ = State::Finished;
        return take;
    }
    case Framing::Chunked: {
        const auto take = chunks_.feed(in, body);
        if (chunks_.state() == ChunkedDecoder::State::Finished)
            state_ = State::Finished;
        else if (chunks_.state() == ChunkedDecoder::State::Broken)
            fail(QStringLiteral("the upstream's chunked coding is broken"));
        return take;
    }
    case Framing::UntilClose:
    case Framing::None:
        break;
    }
    body.append(in.data(), in.size());
    return in.size();
}

void ResponseParser::close(bool clean)
{
    if (state_ == State::Body && framing_ == Framing::UntilClose && clean)
        state_ = State::Finished;
    else if (state_ == State::Body)
        fail(QStringLiteral("the upstream closed the connection in the middle of its answer"));
    else if (state_ == State::Head)
        fail(started_ ? QStringLiteral("the upstream closed the connection within a response head")
                      : QStringLiteral("the upstream closed the connection without an answer"));
}

void ResponseParser::failAsNoHttp()
{
    fail(QStringLiteral("the upstream's answer does not begin with an HTTP/1.x status line"));
}

void ResponseParser::fail(const QString &why)
{
    state_ = State::Broken;
    keepAlive_ = false;
    error_ = why;
}

} // namespace keywheel
