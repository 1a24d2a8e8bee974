// SPDX-License-Identifier: GPL-3.0-or-later
#include "keyremoval.h"

#include "backend/coretext.h"
#include "widgets/keystate.h"

#include <QPointer>

#include <utility>

namespace keywheel {

KeyRemoval::KeyRemoval(Backend &backend, Clock &clock, QObject *parent)
    : QObject(parent),
      backend_(backend),
      clock_(clock),
      due_(clock, [this] { finish(); })
{
}

KeyRemoval::~KeyRemoval()
{
    finish();
}

void KeyRemoval::remove(const QList<KeySnapshot> &keys)
{
    finish();
    for (const KeySnapshot &key : keys) {
        waiting_.append(key.fingerprint);
        // Others are not used anyway, and enabling them again would forget why.
        if (key.state == KeyState::Available || key.state == KeyState::CoolingDown)
            disabled_.append(key.fingerprint);
    }
    if (waiting_.isEmpty())
        return;
    name_ = keys.size() == 1 ? keyName(keys.first()) : QString();
    setDisabled(disabled_, true);
    due_.setIn(Grace);
    Q_EMIT changed();
}

void KeyRemoval::undo()
{
    if (waiting_.isEmpty())
        return;
    due_.cancel();
    waiting_.clear();
    setDisabled(std::exchange(disabled_, {}), false);
    Q_EMIT changed();
}

void KeyRemoval::finish()
{
    if (waiting_.isEmpty())
        return;
    due_.cancel();
    const QStringList gone = std::exchange(waiting_, {});
    leaving_.unite({gone.cbegin(), gone.cend()});
    // A key that leaves while it is disabled would be so again when it is imported again.
    setDisabled(std::exchange(disabled_, {}), false);
    // The backend carries it out even when this object goes.
    backend_.removeKeys(gone, &backend_, [gone, self = QPointer(this)](const Expected<void> &done) {
        if (!self)
            return;
        self->leaving_.subtract({gone.cbegin(), gone.cend()});
        if (!done)
            Q_EMIT self->failed(coreText(done.error().message));
    });
    Q_EMIT changed();
}

int KeyRemoval::secondsLeft() const
{
    const auto deadline = due_.deadline();
    if (!deadline)
        return 0;
    return int(std::chrono::ceil<std::chrono::seconds>(*deadline - clock_.now()).count());
}

QSet<QString> KeyRemoval::keys() const
{
    QSet<QString> keys(waiting_.cbegin(), waiting_.cend());
    return keys.unite(leaving_);
}

void KeyRemoval::setDisabled(const QStringList &fingerprints, bool disabled)
{
    if (fingerprints.isEmpty())
        return;
    backend_.setKeysDisabled(fingerprints, disabled, this, [this](const Expected<void> &done) {
        if (!done)
            Q_EMIT failed(coreText(done.error().message));
    });
}

} // namespace keywheel
