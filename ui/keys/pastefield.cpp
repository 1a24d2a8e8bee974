// SPDX-License-Identifier: GPL-3.0-or-later
#include "pastefield.h"

#include <QMimeData>
#include <QUrl>

#include <algorithm>

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

bool PasteField::canGiveFrom(const QMimeData *mime)
{
    const QList<QUrl> urls = mime->urls();
    return mime->hasText() || std::any_of(urls.cbegin(), urls.cend(),
                                          [](const QUrl &url) { return url.isLocalFile(); });
}

bool PasteField::giveFrom(const QMimeData *mime)
{
    QStringList files;
    const QList<QUrl> urls = mime->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    if (!files.isEmpty()) {
        Q_EMIT filesGiven(files);
        return true;
    }
    if (mime->text().trimmed().isEmpty())
        return false;
    Q_EMIT textGiven(mime->text().toUtf8());
    return true;
}

} // namespace keywheel
