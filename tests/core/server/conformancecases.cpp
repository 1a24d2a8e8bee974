// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/conformancecases.h"

namespace keywheel {

namespace {

const QByteArray Host = "Host: localhost\r\n";
const QByteArray Chunked = "Transfer-Encoding: chunked\r\n";

QByteArray get(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\n" + Host + fields + "\r\n";
}

QByteArray post(const QByteArray &fields, const QByteArray &body)
{
    return "POST /v1/x HTTP/1.1\r\n" + Host + fields + "\r\n" + body;
}

/// A request whose first line stands for the case.
QByteArray line(const QByteArray &first, const QByteArray &fields = Host)
{
    return first + "\r\n" + fields + "\r\n";
}

using Cases = QList<ConformanceCase>;

Cases acceptedHeads()
{
    const QByteArray kept = "Connection: keep-alive\r\n";
    return {
        {"get", get("/v1/models"), 200, "GET /v1/models "},
        {"query", get("/a?b=c%20d&e"), 200, "GET /a?b=c%20d&e "},
        {"double slash", get("//evil/x"), 200, "GET //evil/x "},
        {"dots stay", get("/a/../b%7E"), 200, "GET /a/../b%7E "},
        {"utf-8 target", get("/\xC3\xA9"), 200, "GET /\xC3\xA9 "},
        {"empty line first", "\r\n" + get("/x"), 200, "GET /x "},
        {"unknown method", line("BREW /pot HTTP/1.1"), 200, "BREW /pot "},
        {"lower-case method", line("get /x HTTP/1.1"), 200, "get /x "},
        {"options of a path", line("OPTIONS /v1 HTTP/1.1"), 200, "OPTIONS /v1 "},
        {"delete", line("DELETE /v1/files/1 HTTP/1.1"), 200, "DELETE /v1/files/1 "},
        {"absolute form", line("GET http://localhost/v1/x?y HTTP/1.1", "Host: LOCALHOST\r\n"), 200,
         "GET /v1/x?y "},
        {"absolute form without path",
         line("GET HTTP://localhost:1?y HTTP/1.1", "Host: localhost:1\r\n"), 200, "GET /?y "},
        {"1.0 with host", line("GET /x HTTP/1.0", kept + Host), 200, "GET /x "},
        {"1.0 without host", line("GET /x HTTP/1.0", kept), 200, "GET /x "},
        {"1.0 expectation is ignored", line("GET /x HTTP/1.0", kept + "Expect: more\r\n"), 200,
         "GET /x "},
        {"value with spaces and tab", get("/x", "X-A: \t a\tb  \r\nX-Empty:\r\n"), 200, "GET /x "},
        {"value beyond ASCII", get("/x", "X-A: \xC3\xA9\xFF\r\n"), 200, "GET /x "},
        {"host with port", line("GET /x HTTP/1.1", "Host: 127.0.0.1:8080\r\n"), 200, "GET /x "},
        {"host of IPv6", line("GET /x HTTP/1.1", "Host: [::1]:8080\r\n"), 200, "GET /x "},
        {"empty host", line("GET /x HTTP/1.1", "Host:\r\n"), 200, "GET /x "},
        {"upgrade is only a header", get("/x", "Connection: Upgrade\r\nUpgrade: h2c\r\n"), 200,
         "GET /x "},
        {"200 fields", get("/x", QByteArray("X-A: b\r\n").repeated(199)), 200, "GET /x "},
    };
}

Cases acceptedBodies()
{
    const QByteArray binary("\0\r\n\xFF", 4);
    const QByteArray hello = "POST /v1/x hello";
    return {
        {"content-length", post("Content-Length: 5\r\n", "hello"), 200, hello},
        {"content-length 0", post("Content-Length: 0\r\n", {}), 200, "POST /v1/x "},
        {"no length is no body", post({}, {}), 200, "POST /v1/x "},
        {"equal content-lengths", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 200,
         hello},
        {"binary body", post("Content-Length: 4\r\n", binary), 200, "POST /v1/x " + binary},
        {"body of a get", get("/x", "Content-Length: 2\r\n") + "hi", 200, "GET /x hi"},
        {"chunked", post(Chunked, "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"), 200, "POST /v1/x hello!"},
        {"chunked, spelt otherwise",
         post("transfer-encoding:\tChunked\r\n", "A\r\n0123456789\r\n0\r\n\r\n"), 200,
         "POST /v1/x 0123456789"},
        {"chunked, nothing in it", post(Chunked, "0\r\n\r\n"), 200, "POST /v1/x "},
        {"chunk size with zeros", post(Chunked, "0005\r\nhello\r\n000\r\n\r\n"), 200, hello},
        {"chunk extension", post(Chunked, "5;a=b;c=\"d e\"\r\nhello\r\n0;z\r\n\r\n"), 200, hello},
        {"trailers are dropped", post(Chunked, "5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n"), 200, hello},
    };
}

Cases refusedLengths()
{
    const QByteArray end = "0\r\n\r\n";
    return {
        {"length and chunked", post(Chunked + "Content-Length: 5\r\n", end), 400},
        {"chunked and length", post("Content-Length: 5\r\n" + Chunked, end), 400},
        {"differing lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), 400},
        {"list of lengths", post("Content-Length: 5, 5\r\n", "hello"), 400},
        {"signed length", post("Content-Length: +5\r\n", "hello"), 400},
        {"negative length", post("Content-Length: -5\r\n", "hello"), 400},
        {"hex length", post("Content-Length: 0x5\r\n", "hello"), 400},
        {"fraction as length", post("Content-Length: 5.0\r\n", "hello"), 400},
        {"empty length", post("Content-Length:\r\n", "hello"), 400},
        {"length with space inside", post("Content-Length: 5 5\r\n", "hello"), 400},
        {"length overflows", post("Content-Length: 18446744073709551621\r\n", "hello"), 400},
        {"length is 2^63", post("Content-Length: 9223372036854775808\r\n", "hello"), 400},
        {"gzip", post("Transfer-Encoding: gzip\r\n", {}), 501},
        {"gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", end), 501},
        {"chunked, chunked", post("Transfer-Encoding: chunked, chunked\r\n", end), 501},
        {"chunked with comma", post("Transfer-Encoding: chunked,\r\n", end), 501},
        {"chunked with parameter", post("Transfer-Encoding: chunked;a=b\r\n", end), 501},
        {"identity", post("Transfer-Encoding: identity\r\n", {}), 501},
        {"empty coding", post("Transfer-Encoding:\r\n", {}), 501},
        {"xchunked", post("Transfer-Encoding: xchunked\r\n", end), 501},
        {"vertical tab chunked",
         post("Transfer-Encoding: \x0B"
              "chunked\r\n",
              end),
         400},
        {"two codings", post(Chunked + Chunked, end), 400},
        {"chunked in 1.0", line("POST /x HTTP/1.0", Host + Chunked) + end, 400},
        {"body too large", post("Content-Length: 1001\r\n", {}), 413},
        {"chunks too large", post(Chunked, "3e9\r\n" + QByteArray(1001, 'x') + "\r\n"), 413},
    };
}

Cases refusedChunks()
{
    const QByteArray rest = "\r\nhello\r\n0\r\n\r\n";
    const QByteArray begun = "5\r\nhello\r\n0\r\n";
    return {
        {"chunk size no hex", post(Chunked, "g\r\n"), 400},
        {"chunk size signed", post(Chunked, "+5" + rest), 400},
        {"chunk size negative", post(Chunked, "-5" + rest), 400},
        {"chunk size 0x", post(Chunked, "0x5" + rest), 400},
        {"chunk size empty", post(Chunked, "\r\n"), 400},
        {"chunk size missing before extension", post(Chunked, ";a=b" + rest), 400},
        {"chunk size overflows", post(Chunked, "11111111111111111\r\n"), 400},
        {"chunk size is 2^63", post(Chunked, "8000000000000000\r\n"), 400},
        {"chunk size with space", post(Chunked, "5 " + rest), 400},
        {"space before chunk size", post(Chunked, " 5" + rest), 400},
        {"chunk with bare LF", post(Chunked, "5\nhello\r\n0\r\n\r\n"), 400},
        {"chunk with bare CR", post(Chunked, "5\rhello\r\n0\r\n\r\n"), 400},
        {"chunk longer than said", post(Chunked, "3\r\nhello\r\n0\r\n\r\n"), 400},
        {"chunk data ended by LF", post(Chunked, "5\r\nhello\n0\r\n\r\n"), 400},
        {"bare LF in chunk extension", post(Chunked, "5;a\nb" + rest), 400},
        {"bare CR in chunk extension", post(Chunked, "5;a\rb" + rest), 400},
        {"NUL in chunk extension", post(Chunked, QByteArray("5;a\0", 4) + rest), 400},
        {"endless chunk extension", post(Chunked, "5;" + QByteArray(5000, 'a') + rest), 400},
        {"bare LF ends the last chunk", post(Chunked, "5\r\nhello\r\n0\n\n"), 400},
        {"bare LF in trailer", post(Chunked, begun + "X-T: 1\n\r\n"), 400},
        {"NUL in trailer", post(Chunked, begun + QByteArray("X-T: \0\r\n\r\n", 10)), 400},
        {"endless trailers", post(Chunked, begun + QByteArray("X-T: 1\r\n").repeated(3000)), 400},
    };
}

Cases refusedFields()
{
    return {
        {"space before colon", get("/x", "X-A : b\r\n"), 400},
        {"tab before colon", get("/x", "X-A\t: b\r\n"), 400},
        {"space before name", get("/x", " X-A: b\r\n"), 400},
        {"first field folded", line("GET /x HTTP/1.1", " " + Host), 400},
        {"folded line", get("/x", "X-A: b\r\n c\r\n"), 400},
        {"folded by tab", get("/x", "X-A: b\r\n\tc\r\n"), 400},
        {"no colon", get("/x", "nonsense\r\n"), 400},
        {"no name", get("/x", ": b\r\n"), 400},
        {"name in quotes", get("/x", "\"X-A\": b\r\n"), 400},
        {"name beyond ASCII", get("/x", "X-\xC3\xA9: b\r\n"), 400},
        {"NUL in value", get("/x", QByteArray("X-A: a\0b\r\n", 10)), 400},
        {"NUL in name", get("/x", QByteArray("X\0A: b\r\n", 8)), 400},
        {"bare CR in value", get("/x", "X-A: a\rb\r\n"), 400},
        {"two CR", get("/x", "X-A: a\r\r\n"), 400},
        {"control character", get("/x", "X-A: a\x01\r\n"), 400},
        {"DEL", get("/x", "X-A: a\x7F\r\n"), 400},
        {"bare LF after the line", "GET /x HTTP/1.1\n" + Host + "\r\n", 400},
        {"bare LF after a field", get("/x", "X-A: b\n"), 400},
        {"bare LF ends the head", "GET /x HTTP/1.1\r\n" + Host + "\n", 400},
        {"no host", "GET /x HTTP/1.1\r\n\r\n", 400},
        {"two hosts", get("/x", Host), 400},
        {"two hosts in 1.0", line("GET /x HTTP/1.0", Host + Host), 400},
        {"host with path", line("GET /x HTTP/1.1", "Host: localhost/a\r\n"), 400},
        {"host with user", line("GET /x HTTP/1.1", "Host: a@localhost\r\n"), 400},
        {"host list", line("GET /x HTTP/1.1", "Host: localhost, evil\r\n"), 400},
        {"expectation unknown", post("Expect: 200-ok\r\nContent-Length: 1\r\n", "x"), 417},
        {"201 fields", get("/x", QByteArray("X-A: b\r\n").repeated(200)), 431},
    };
}

Cases refusedTargets()
{
    return {
        {"foreign absolute form", line("GET http://evil.com/ HTTP/1.1"), 400},
        {"absolute form, other port", line("GET http://localhost:1/ HTTP/1.1"), 400},
        {"absolute form with user", line("GET http://localhost@evil/ HTTP/1.1"), 400},
        {"https absolute form", line("GET https://localhost/ HTTP/1.1"), 400},
        {"absolute form without host", line("GET http://localhost/ HTTP/1.0", {}), 400},
        {"connect", line("CONNECT api.openai.com:443 HTTP/1.1"), 501},
        {"connect to a path", line("CONNECT /x HTTP/1.1"), 501},
        {"trace", line("TRACE / HTTP/1.1"), 501},
        {"asterisk of a get", get("*"), 400},
        {"target without slash", get("v1/models"), 400},
        {"fragment", get("/x#y"), 400},
        {"space in target", get("/x y"), 400},
        {"control in target", get("/x\x01"), 400},
        {"NUL in target", get(QByteArray("/x\0y", 4)), 400},
        {"bare CR in target", get("/x\ry"), 400},
    };
}

Cases refusedLines()
{
    return {
        {"two spaces", line("GET  /x HTTP/1.1"), 400},
        {"tab for space", line("GET\t/x HTTP/1.1"), 400},
        {"space after version", line("GET /x HTTP/1.1 "), 400},
        {"two CR after the line", line("GET /x HTTP/1.1\r"), 400},
        {"method no token", line("G(T /x HTTP/1.1"), 400},
        {"0.9", "GET /x\r\n", 400},
        {"2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"1.2", line("GET /x HTTP/1.2"), 505},
        {"0.9 by name", line("GET /x HTTP/0.9"), 505},
        {"lower-case version", line("GET /x http/1.1"), 400},
        {"long version", line("GET /x HTTP/1.10"), 400},
        {"version with zero", line("GET /x HTTP/01.1"), 400},
        {"not http", "HELO mail.example.com\r\n", 400},
        {"ssh", "SSH-2.0-OpenSSH_9.2p1\r\n", 400},
        {"two empty lines first", "\r\n\r\n" + get("/x"), 400},
        {"bare LF first", "\n" + get("/x"), 400},
        {"leading space", " " + get("/x"), 400},
        {"tls hello", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400},
        {"tls hello after an empty line", QByteArray("\r\n\x16\x03\x01\x02\x00\x01", 8), 400},
        {"line too long", get('/' + QByteArray(16 * 1024, 'a')), 414},
        {"headers too large", get("/x", ("X-A: " + QByteArray(9'000, 'b') + "\r\n").repeated(8)),
         431},
    };
}

} // namespace

QList<ConformanceCase> acceptedCases()
{
    return acceptedHeads() + acceptedBodies();
}

QList<ConformanceCase> refusedCases()
{
    return refusedLengths() + refusedChunks() + refusedFields() + refusedTargets() + refusedLines();
}

} // namespace keywheel
