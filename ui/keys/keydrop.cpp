// SPDX-License-Identifier: GPL-3.0-or-later
#include "keydrop.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace keywheel {

KeyDrop::KeyDrop(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    if (files.isEmpty() && !data.text().trimmed().isEmpty())
        text = data.text().toUtf8();
}

bool KeyDrop::canHold(const QMimeData &data)
{
    // Not hasText(), which is true of any link.
    if (data.hasFormat(QStringLiteral("text/plain")))
        return true;
    const QList<QUrl> urls = data.urls();
    return std::any_of(urls.cbegin(), urls.cend(),
                       [](const QUrl &url) { return url.isLocalFile(); });
}

void KeyDrop::accept(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

} // namespace keywheel
