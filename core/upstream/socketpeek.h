// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTcpSocket;

namespace keywheel {

/// Whether nothing waits to be read on an open socket: no data and no end of stream. An idle
/// connection for which this is false has been closed by its peer, though no event may have said so
/// yet. The one place where core looks past Qt's sockets.
bool isQuiet(const QTcpSocket &socket);

} // namespace keywheel
