// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QMimeData;

namespace keywheel {

/// A field for keys that shows nothing of what is pasted or dropped, but hands it on. What is typed
/// stays until take(). Thread: the window's.
class PasteField : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PasteField(QWidget *parent = nullptr);

    QByteArray take();
    /// Local files, or text; whether there was something.
    bool giveFrom(const QMimeData *mime);
    static bool canGiveFrom(const QMimeData *mime);

Q_SIGNALS:
    void textGiven(const QByteArray &text);
    void filesGiven(const QStringList &paths);

protected:
    bool canInsertFromMimeData(const QMimeData *mime) const override { return canGiveFrom(mime); }
    void insertFromMimeData(const QMimeData *mime) override { giveFrom(mime); }
};

} // namespace keywheel
