// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"

#include <QWidget>

namespace keywheel {

enum class PageId { Overview, Keys, Blacklist, Requests, Connect, Settings };

/// One page of the main window. It shows the backend's snapshots while it is visible, the last one
/// as soon as it is shown. Thread: the window's; `backend` must outlive it.
class Page : public QWidget
{
    Q_OBJECT

public:
    explicit Page(Backend &backend, QWidget *parent = nullptr);

    virtual QString title() const = 0; ///< in the present language
    /// Brings the topic of pageWanted() before the person's eyes.
    virtual void showTopic(const QString &topic) { Q_UNUSED(topic) }

Q_SIGNALS:
    /// Somebody should see another page; `topic` says what of it: a fingerprint, a setting's name.
    void pageWanted(keywheel::PageId page, const QString &topic);
    void importWanted();

protected:
    Backend &backend() const { return backend_; }
    /// The same shall be seen as in `snapshot`.
    virtual void refresh(const BackendSnapshot &snapshot) = 0;
    /// Sets all texts; called when the language changes. Constructors call their own.
    virtual void retranslate() = 0;

    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    Backend &backend_;
};

} // namespace keywheel
