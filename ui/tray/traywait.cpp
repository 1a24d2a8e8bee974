// SPDX-License-Identifier: GPL-3.0-or-later
#include "traywait.h"

namespace keywheel {

using namespace std::chrono_literals;

TrayWait::TrayWait(const TrayHost &host, Clock &clock, QObject *parent)
    : QObject(parent),
      host_(host),
      clock_(clock),
      nextLook_(clock, [this] { look(); })
{
}

void TrayWait::start()
{
    until_ = clock_.now() + limit;
    connect(&host_, &TrayHost::changed, this, [this] {
        if (host_.isThere())
            end(true);
    });
    nextLook_.setIn(0ms);
}

void TrayWait::look()
{
    if (host_.isThere())
        end(true);
    else if (clock_.now() >= until_)
        end(false);
    else
        nextLook_.setIn(1s); // XEmbed trays send no signal
}

void TrayWait::end(bool found)
{
    if (std::exchange(over_, true))
        return;
    nextLook_.cancel();
    Q_EMIT done(found);
}

} // namespace keywheel
