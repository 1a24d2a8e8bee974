// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTcpSocket;

// The one place where core/upstream looks past Qt's sockets.

namespace keywheel {

/// Whether nothing waits to be read on an open socket: no data and no end of stream. An idle
/// connection for which this is false has been closed by its peer, though no event may have said so
/// yet.
bool isQuiet(const QTcpSocket &socket);

/// Whether the peer has reset a connection (RST) and nobody has been told so yet; asking clears it.
/// Qt reports a reset like a clean end. Unix only; false elsewhere.
bool hasResetPending(const QTcpSocket &socket);

} // namespace keywheel
