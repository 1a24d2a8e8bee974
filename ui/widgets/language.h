// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/preferences.h"

#include <QFont>
#include <QLocale>
#include <QTranslator>

namespace keywheel {

/// Speaks the language that the person chose, or the system's, from the start on and as soon as the
/// choice changes: widgets get QEvent::LanguageChange. Make it before the first widget.
/// Thread: the window's; one at a time.
class Language : public QObject
{
    Q_OBJECT

public:
    explicit Language(Preferences &preferences, QObject *parent = nullptr);
    ~Language() override;

Q_SIGNALS:
    /// For what is no widget. tr() gives the new texts already.
    void changed();

private:
    void apply();
    void load(const QLocale &locale);

    Preferences &preferences_;
    QString current_;
    QLocale systemLocale_;
    QFont systemFont_;
    QTranslator own_;
    QTranslator ofQt_;
};

} // namespace keywheel
