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
    /// Whether there was something.
    bool giveFrom(const QMimeData *mime);

Q_SIGNALS:
    void textGiven(const QByteArray &text);
    void filesGiven(const QStringList &paths);

protected:
    bool canInsertFromMimeData(const QMimeData *mime) const override;
    void insertFromMimeData(const QMimeData *mime) override { giveFrom(mime); }
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
};

} // namespace keywheel
