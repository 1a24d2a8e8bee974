// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"

namespace keywheel {

/// Stores keys in parts, so that there is progress to see and cancelling keeps the parts before it.
/// Thread: the window's; `backend` must outlive it.
class KeyImporter : public QObject
{
    Q_OBJECT

public:
    explicit KeyImporter(Backend &backend, QObject *parent = nullptr);

    void start(const QList<ApiKey> &keys);
    /// finished() comes when the part under way is stored.
    void cancel() { cancelled_ = true; }
    bool isRunning() const { return running_; }
    /// Those that finished() left out; start() them for another try.
    const QList<ApiKey> &left() const { return left_; }
    void forget() { left_.clear(); } ///< what is left

Q_SIGNALS:
    void progress(int done, int total);
    /// `error` is empty when nothing went wrong, even if it was cancelled.
    void finished(const keywheel::Backend::Added &stored, const QString &error);

private:
    void next();
    void finish(const QString &error);

    Backend &backend_;
    QList<ApiKey> left_;
    Backend::Added stored_;
    int total_ = 0;
    bool running_ = false;
    bool cancelled_ = false;
};

} // namespace keywheel
