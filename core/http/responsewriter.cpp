// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/responsewriter.h"

namespace keywheel {

void respond(ResponseWriter &writer, ResponseHead head, const QByteArray &body)
{
    // RFC 9110 §8.6: no Content-Length where there can be no body.
    const bool bodiless = head.status < 200 || head.status == 204 || head.status == 304;
    if (!bodiless && !head.headers.contains("Content-Length"))
        head.headers.append(QByteArrayLiteral("Content-Length"), QByteArray::number(body.size()));
    writer.writeHead(head);
    if (!bodiless && !body.isEmpty())
        writer.write(body);
    writer.finish();
}

} // namespace keywheel
