// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace keywheel {

/// Whether the desktop prefers dark, where Qt itself does not say so: on Linux, by the settings
/// portal. The answer comes a moment after the start, and again whenever it changes.
/// Thread: the window's.
class SystemScheme : public QObject
{
    Q_OBJECT

public:
    explicit SystemScheme(QObject *parent = nullptr);

    bool prefersDark() const { return dark_; }

Q_SIGNALS:
    void changed();

private:
    void setDark(bool dark)
    {
        if (std::exchange(dark_, dark) != dark)
            Q_EMIT changed();
    }

    bool dark_ = false;
};

} // namespace keywheel
