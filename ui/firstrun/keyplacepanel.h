// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace keywheel {

/// Says where keys will be kept, and when that does not work, why, with a way out: a file instead,
/// or trying again. Thread: the window's; `backend` must outlive it.
class KeyPlacePanel : public QWidget
{
    Q_OBJECT

public:
    explicit KeyPlacePanel(Backend &backend, QWidget *parent = nullptr);

    void refresh(const BackendSnapshot &snapshot);
    void retranslate();

private:
    void keepInFile();
    void showState();

    Backend &backend_;
    QString reason_; ///< why the keys cannot be read; empty: they can
    QString saveError_;
    QLabel *icon_;
    QLabel *text_;
    QPushButton *file_;
    QPushButton *again_;
};

} // namespace keywheel
