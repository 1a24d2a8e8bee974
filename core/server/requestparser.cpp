// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/requestparser.h"

#include "http/fieldparser.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace keywheel {

namespace {

constexpr QByteArrayView HttpScheme("http://");
/// A Content-Length is only a promise: no more than this is reserved for it.
constexpr qint64 LargestReserve = qint64{256} * 1024;
/// A head's memory up to this size is kept for the connection's next request.
constexpr qsizetype KeptCapacity = qsizetype{8} * 1024;

Refusal badRequest(const char *why)
{
    return {400, QByteArrayLiteral("invalid_request"), QString::fromLatin1(why)};
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<Refusal> parseVersion(QByteArrayView version, int &minor)
{
    const bool wellFormed = version.size() == 8 && version.startsWith("HTTP/") &&
                            isDigit(version[5]) && version[6] == '.' && isDigit(version[7]);
    if (!wellFormed)
        return badRequest("The request line must be a method, a target and HTTP/1.1.");
    if (version[5] != '1' || version[7] > '1')
        return Refusal{505, QByteArrayLiteral("invalid_request"),
                       QStringLiteral("Only HTTP/1.1 and HTTP/1.0 are spoken here.")};
    minor = version[7] - '0';
    return {};
}

/// Printable and without a fragment, which one server would cut off and the next one keep. Bytes
/// above 0x7F pass: clients send unencoded UTF-8, and nothing reads them in two ways.
bool isTargetText(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7F || c == '#';
    });
}

bool isHostText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c != '\0' && std::strchr("-._~%!$&'()*+;=:[]", c) != nullptr);
    });
}

std::optional<Refusal> reduceAbsoluteForm(QByteArray &target, const QByteArray &host)
{
    const QByteArrayView rest = QByteArrayView(target).sliced(HttpScheme.size());
    const auto *const authorityEnd =
        std::find_if(rest.begin(), rest.end(), [](char c) { return c == '/' || c == '?'; });
    const auto length = static_cast<qsizetype>(authorityEnd - rest.begin());
    if (host.isEmpty() || !equalsIgnoreCase(rest.first(length), host))
        return badRequest("The target names another host than the Host header.");
    QByteArray origin = rest.sliced(length).toByteArray();
    if (!origin.startsWith('/'))
        origin.prepend('/');
    target = origin;
    return {};
}

/// Whether it is a tchar of RFC 9110 §5.6.2. What begins otherwise is no HTTP: a TLS hello, say.
bool canBeginRequest(char byte)
{
    return isToken(QByteArrayView(&byte, 1));
}

/// Parses `line` (without its CRLF) into `out`. Refuses what is not `method SP target SP HTTP/d.d`
/// (400), CONNECT and TRACE (501), and versions other than 1.0 and 1.1 (505).
std::optional<Refusal> parseRequestLine(QByteArrayView line, RequestLine &out)
{
    const qsizetype methodEnd = line.indexOf(' ');
    const qsizetype targetEnd = line.lastIndexOf(' ');
    if (methodEnd < 0 || targetEnd == methodEnd || !isToken(line.first(methodEnd)))
        return badRequest("The request line must be a method, a target and HTTP/1.1.");
    const QByteArrayView target = line.sliced(methodEnd + 1, targetEnd - methodEnd - 1);
    if (target.isEmpty() || !isTargetText(target))
        return badRequest("The request's target holds characters that must be percent-encoded.");
    if (auto refusal = parseVersion(line.sliced(targetEnd + 1), out.minorVersion))
        return refusal;
    out.method = line.first(methodEnd).toByteArray();
    out.target = target.toByteArray();
    if (out.method == "CONNECT" || out.method == "TRACE")
        return Refusal{501, QByteArrayLiteral("invalid_request"),
                       QStringLiteral("%1 is not supported.").arg(QLatin1String(out.method))};
    return {};
}

/// Checks Host (RFC 9110 §7.2, RFC 9112 §3.2): exactly one in HTTP/1.1, at most one in HTTP/1.0,
/// and a plain `host[:port]`. Checks that the target is in origin form, `*` of an OPTIONS, or an
/// absolute http:// URL whose authority is the Host; the last is reduced to origin form.
std::optional<Refusal> checkTarget(RequestLine &line, const Headers &headers)
{
    const HeaderField *host = nullptr;
    for (const HeaderField &field : headers) {
        if (!equalsIgnoreCase(field.name, "Host"))
            continue;
        if (host)
            return badRequest("The Host header comes more than once.");
        host = &field;
    }
    if (!host && line.minorVersion > 0)
        return badRequest("The Host header is missing.");
    if (host && !isHostText(host->value))
        return badRequest("The Host header must be a host name or address, and a port.");

    if (line.target.startsWith('/') || (line.target == "*" && line.method == "OPTIONS"))
        return {};
    const QByteArrayView scheme =
        QByteArrayView(line.target).first(std::min(line.target.size(), HttpScheme.size()));
    if (equalsIgnoreCase(scheme, HttpScheme))
        return reduceAbsoluteForm(line.target, host ? host->value : QByteArray());
    return badRequest("The request's target must be a path.");
}

} // namespace

qsizetype RequestParser::feed(QByteArrayView bytes)
{
    if (state_ == State::Head)
        return feedHead(bytes);
    if (state_ == State::Body)
        return feedBody(bytes);
    return 0;
}

qsizetype RequestParser::feedHead(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (state_ == State::Head && used < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(used);
        if (head_.isEmpty() && rest[0] != '\r' && !canBeginRequest(rest[0])) {
            refuse(400, "This port speaks plain HTTP/1.1, and what came is something else.");
            break;
        }
        const void *const lineFeed = std::memchr(rest.data(), '\n', size_t(rest.size()));
        const qsizetype length =
            lineFeed ? static_cast<const char *>(lineFeed) - rest.data() + 1 : rest.size();
        if (!withinLimits(length))
            break;
        head_.append(rest.first(length));
        used += length;
        if (lineFeed)
            endLine();
    }
    return used;
}

bool RequestParser::withinLimits(qsizetype more)
{
    if (fieldsStart_ == 0) {
        if (head_.size() + more <= limits_.requestLine)
            return true;
        refuse(
            {414, QByteArrayLiteral("invalid_request"),
             QStringLiteral("The request line is longer than %1 bytes.").arg(limits_.requestLine)});
        return false;
    }
    if (head_.size() - fieldsStart_ + more <= limits_.headers)
        return true;
    refuse({431, QByteArrayLiteral("headers_too_large"),
            QStringLiteral("The headers are larger than %1 bytes.").arg(limits_.headers)});
    return false;
}

void RequestParser::endLine()
{
    const bool blank = head_.size() - lineStart_ == 2 && head_[lineStart_] == '\r';
    if (fieldsStart_ > 0) {
        if (blank)
            return endHead();
        lineStart_ = head_.size();
        if (++fieldLines_ > limits_.fields)
            refuse({431, QByteArrayLiteral("headers_too_large"),
                    QStringLiteral("There are more than %1 headers.").arg(limits_.fields)});
        return;
    }
    if (!blank)
        return endRequestLine();
    // RFC 9112 §2.2: old clients send one empty line after a body.
    if (sawBlankLine_)
        return refuse(400, "A request must begin with its request line.");
    sawBlankLine_ = true;
    head_.resize(0);
}

void RequestParser::endRequestLine()
{
    const qsizetype length = head_.size() - 2;
    if (length < 0 || head_[length] != '\r')
        return refuse(400, "Lines must end with CR LF.");
    if (auto refusal = parseRequestLine(QByteArrayView(head_).first(length), line_))
        return refuse(std::move(*refusal));
    fieldsStart_ = lineStart_ = head_.size();
}

void RequestParser::endHead()
{
    auto fields = parseFields(QByteArrayView(head_).sliced(fieldsStart_, lineStart_ - fieldsStart_),
                              limits_.fields);
    if (!fields)
        return refuse({400, QByteArrayLiteral("invalid_request"), fields.error().message});
    headers_ = std::move(*fields);
    if (auto refusal = checkTarget(line_, headers_))
        return refuse(std::move(*refusal));
    keepAlive_ = !headers_.hasToken("Connection", "close") &&
                 (line_.minorVersion > 0 || headers_.hasToken("Connection", "keep-alive"));
    state_ = State::HeadComplete;
    frameBody();
    if (state_ == State::HeadComplete)
        checkExpectation();
}

void RequestParser::frameBody()
{
    const HeaderField *coding = nullptr;
    for (const HeaderField &field : headers_) {
        if (!equalsIgnoreCase(field.name, "Transfer-Encoding"))
            continue;
        if (coding)
            return refuse(400, "Transfer-Encoding comes more than once.");
        coding = &field;
    }
    const auto length = contentLength(headers_);
    if (!length)
        return refuse({400, QByteArrayLiteral("invalid_request"), length.error().message});
    if (coding) {
        // RFC 9112 §6.1 and §6.3: a message with both is an attempt at smuggling.
        if (*length || line_.minorVersion == 0)
            return refuse(400, "Transfer-Encoding cannot be used with Content-Length or HTTP/1.0.");
        if (!equalsIgnoreCase(coding->value, "chunked"))
            return refuse(501, "The only Transfer-Encoding understood is chunked.");
        chunked_ = true;
        return;
    }
    bodyLeft_ = length->value_or(0);
    if (bodyLeft_ > limits_.body)
        refuse({413, QByteArrayLiteral("body_too_large"),
                QStringLiteral("The body has %1 bytes; at most %2 are accepted (MAX_BODY_SIZE).")
                    .arg(bodyLeft_)
                    .arg(limits_.body)});
}

void RequestParser::checkExpectation()
{
    for (const HeaderField &field : headers_) {
        if (!equalsIgnoreCase(field.name, "Expect") || line_.minorVersion == 0)
            continue;
        if (!equalsIgnoreCase(field.value, "100-continue"))
            return refuse(417, "The only Expect understood is 100-continue.");
        expectsContinue_ = true;
    }
}

void RequestParser::acceptBody()
{
    if (!hasBody()) {
        state_ = State::Complete;
        return;
    }
    state_ = State::Body;
    body_.reserve(static_cast<qsizetype>(std::min(bodyLeft_, LargestReserve)));
}

qsizetype RequestParser::feedBody(QByteArrayView bytes)
{
    if (!chunked_) {
        const qsizetype taken = std::min(static_cast<qint64>(bytes.size()), bodyLeft_);
        body_.append(bytes.first(taken));
        bodyLeft_ -= taken;
        if (bodyLeft_ == 0)
            state_ = State::Complete;
        return taken;
    }
    const qsizetype taken = decoder_.feed(bytes, body_);
    if (body_.size() > limits_.body)
        refuse({413, QByteArrayLiteral("body_too_large"),
                QStringLiteral("The body is larger than %1 bytes (MAX_BODY_SIZE).")
                    .arg(limits_.body)});
    else if (decoder_.state() == ChunkedDecoder::State::Broken)
        refuse(400, "The body's chunked coding is malformed.");
    else if (decoder_.state() == ChunkedDecoder::State::Finished)
        state_ = State::Complete;
    return taken;
}

void RequestParser::reset(qint64 maxBody)
{
    limits_.body = maxBody;
    state_ = State::Head;
    if (head_.capacity() > KeptCapacity)
        head_ = {};
    head_.resize(0);
    lineStart_ = fieldsStart_ = fieldLines_ = 0;
    sawBlankLine_ = false;
    line_ = {};
    headers_ = {};
    body_ = {};
    decoder_ = {};
    bodyLeft_ = 0;
    chunked_ = false;
    keepAlive_ = true;
    expectsContinue_ = false;
}

void RequestParser::refuse(Refusal refusal)
{
    refusal_ = std::move(refusal);
    state_ = State::Refused;
    body_ = {};
}

void RequestParser::refuse(int status, const char *message)
{
    refuse({status, QByteArrayLiteral("invalid_request"), QString::fromLatin1(message)});
}

} // namespace keywheel
