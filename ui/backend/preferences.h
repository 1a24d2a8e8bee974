// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>

namespace keywheel {

/// What concerns the window only and is no setting of the server. Kept by QSettings in `file`.
/// Thread: the window's.
class Preferences : public QObject
{
    Q_OBJECT

public:
    enum class Theme { System, Light, Dark };
    Q_ENUM(Theme)

    explicit Preferences(const QString &file, QObject *parent = nullptr);

    Theme theme() const;
    void setTheme(Theme theme);
    /// Such as `zh_CN`; empty: the system's.
    QString language() const;
    void setLanguage(const QString &language);
    bool startMinimised() const;
    void setStartMinimised(bool minimised);
    bool notifications() const;
    void setNotifications(bool on);
    /// What close does without a tray; unset until the person was asked.
    enum class CloseChoice { Ask, Quit, Minimise };
    Q_ENUM(CloseChoice)
    CloseChoice closeChoice() const;
    void setCloseChoice(CloseChoice choice);

    /// Geometry and the like, by their owner's name.
    QByteArray layout(const QString &name) const;
    void setLayout(const QString &name, const QByteArray &state);

Q_SIGNALS:
    /// Any of them, but for layouts.
    void changed();

private:
    void store(const QString &name, const QVariant &value);

    QSettings settings_;
};

} // namespace keywheel
