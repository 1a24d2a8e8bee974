// SPDX-License-Identifier: GPL-3.0-or-later
#include "traywait.h"

namespace keywheel {

using namespace std::chrono_literals;

TrayWait::TrayWait(const TrayHost &host, Clock &clock, QObject *parent)
    : QObject(parent),
      host_(host),
      clock_(clock)
{
}

void TrayWait::start()
{
    until_ = clock_.now() + limit;
    connect(&host_, &TrayHost::changed, this, [this] {
        if (host_.isThere())
            end(true);
    });
    clock_.callLater(0ms, this, [this] { look(); });
}

void TrayWait::look()
{
    if (over_)
        return;
    if (host_.isThere())
        end(true);
    else if (clock_.now() >= until_)
        end(false);
    else
        clock_.callLater(1s, this, [this] { look(); }); // XEmbed trays send no signal
}

void TrayWait::end(bool found)
{
    if (std::exchange(over_, true))
        return;
    Q_EMIT done(found);
}

} // namespace keywheel
