// SPDX-License-Identifier: GPL-3.0-or-later
#include "pastefield.h"

#include "keydrop.h"

#include <QDragEnterEvent>

namespace keywheel {

PasteField::PasteField(QWidget *parent) : QPlainTextEdit(parent)
{
    setUndoRedoEnabled(false); // it would keep the keys
    setTabChangesFocus(true);
    setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
}

QByteArray PasteField::take()
{
    QByteArray text = toPlainText().toUtf8();
    clear();
    return text;
}

bool PasteField::canInsertFromMimeData(const QMimeData *mime) const
{
    return KeyDrop::canHold(*mime);
}

bool PasteField::giveFrom(const QMimeData *mime)
{
    const KeyDrop given(*mime);
    if (!given.files.isEmpty())
        Q_EMIT filesGiven(given.files);
    else if (!given.text.isEmpty())
        Q_EMIT textGiven(given.text);
    return !given.isEmpty();
}

// Not those of the text: nothing is put into it, and they take whichever action is proposed.
void PasteField::dragEnterEvent(QDragEnterEvent *event)
{
    if (KeyDrop::canHold(*event->mimeData()))
        KeyDrop::accept(event);
}

void PasteField::dragMoveEvent(QDragMoveEvent *event)
{
    if (KeyDrop::canHold(*event->mimeData()))
        KeyDrop::accept(event);
}

void PasteField::dropEvent(QDropEvent *event)
{
    if (giveFrom(event->mimeData()))
        KeyDrop::accept(event);
}

} // namespace keywheel
