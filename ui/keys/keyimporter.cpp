// SPDX-License-Identifier: GPL-3.0-or-later
#include "keyimporter.h"

#include "backend/coretext.h"

#include <algorithm>

namespace keywheel {

namespace {

/// About 20 steps, each stored in well under a second.
qsizetype partSize(int total)
{
    return std::clamp(total / 20, 100, 1000);
}

} // namespace

KeyImporter::KeyImporter(Backend &backend, QObject *parent) : QObject(parent), backend_(backend) {}

void KeyImporter::start(const QList<ApiKey> &keys)
{
    left_ = keys;
    stored_ = {};
    total_ = int(keys.size());
    running_ = true;
    cancelled_ = false;
    Q_EMIT progress(0, total_);
    next();
}

void KeyImporter::next()
{
    if (left_.isEmpty() || cancelled_) {
        finish({});
        return;
    }
    const QList<ApiKey> part = left_.first(std::min(partSize(total_), left_.size()));
    backend_.addKeys(part, this, [this, count = part.size()](const Expected<Backend::Added> &done) {
        if (!done) {
            finish(coreText(done.error().message));
            return;
        }
        stored_.added += done->added;
        stored_.present += done->present;
        left_.remove(0, count);
        Q_EMIT progress(total_ - int(left_.size()), total_);
        // Through the event loop, so that a click on Cancel comes between.
        QMetaObject::invokeMethod(this, &KeyImporter::next, Qt::QueuedConnection);
    });
}

void KeyImporter::finish(const QString &error)
{
    running_ = false;
    Q_EMIT finished(stored_, error);
}

} // namespace keywheel
