// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace keywheel {

/// Whether this descriptor, the lowest that was free, is among the last that the process may have;
/// those are kept for the upstream's side and for files. Always false where there is no such limit.
bool isLastDescriptors(qintptr descriptor);

/// The same for the descriptor that the next open() would get; `any` is one that is open.
bool areDescriptorsScarce(qintptr any);

/// Raises the limit to what the process may have: the soft limit of most systems is 1024, far below
/// MAX_CONNECTIONS. Where the system refuses, the limit stays as it is.
void raiseDescriptorLimit();

void closeDescriptor(qintptr descriptor);

} // namespace keywheel
