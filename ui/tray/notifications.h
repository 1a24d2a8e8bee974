// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace keywheel {

/// What pops up on the desktop. A value without secrets, in plain text.
struct Notification
{
    QString topic; ///< a later one of the same topic takes its place
    QString title;
    QString text;
    bool urgent = false;
};

/// The desktop's own notifications. Thread: the window's.
class Notifications : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void show(const Notification &notification) = 0;

Q_SIGNALS:
    /// A person clicked it.
    void clicked(const QString &topic);
    /// There is no service that shows it; it may be shown otherwise.
    void notShown(const keywheel::Notification &notification);
};

std::unique_ptr<Notifications> systemNotifications();

} // namespace keywheel
