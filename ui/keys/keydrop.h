// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QDropEvent;
class QMimeData;

namespace keywheel {

/// What is dropped to be imported, by whichever widget takes it. Thread: the window's.
struct KeyDrop
{
    explicit KeyDrop(const QMimeData &data);

    /// Without reading the text, which may come from another program.
    static bool canHold(const QMimeData &data);
    /// Copies, whatever was proposed: a move would delete the keys where they come from.
    static void accept(QDropEvent *event);

    bool isEmpty() const { return files.isEmpty() && text.isEmpty(); }

    QStringList files; ///< the local ones
    QByteArray text;   ///< when there are none
};

} // namespace keywheel
