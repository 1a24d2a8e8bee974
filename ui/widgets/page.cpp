// SPDX-License-Identifier: GPL-3.0-or-later
#include "page.h"

#include <QEvent>

namespace keywheel {

Page::Page(Backend &backend, QWidget *parent) : QWidget(parent), backend_(backend)
{
    connect(&backend, &Backend::snapshotChanged, this, [this](const BackendSnapshot &snapshot) {
        if (isVisible())
            refresh(snapshot);
    });
}

void Page::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh(backend_.snapshot());
}

void Page::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    retranslate();
    refresh(backend_.snapshot());
}

} // namespace keywheel
