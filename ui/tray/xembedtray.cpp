// SPDX-License-Identifier: GPL-3.0-or-later
#include "xembedtray.h"

#include <QByteArray>
#include <QGuiApplication>

#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>

namespace keywheel {

namespace {

struct Free
{
    void operator()(void *memory) const { std::free(memory); }
};

template <class T>
using Reply = std::unique_ptr<T, Free>;

} // namespace

bool hasXEmbedTray()
{
    const auto *x11 = qApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11 || !x11->connection())
        return false;
    xcb_connection_t *connection = x11->connection();
    // A tray owns the selection of its screen; nearly all displays have one screen, the first.
    const QByteArray name = "_NET_SYSTEM_TRAY_S0";
    const Reply<xcb_intern_atom_reply_t> atom(xcb_intern_atom_reply(
        connection,
        xcb_intern_atom(connection, 1, static_cast<uint16_t>(name.size()), name.constData()),
        nullptr));
    if (!atom || atom->atom == XCB_ATOM_NONE)
        return false;
    const Reply<xcb_get_selection_owner_reply_t> owner(xcb_get_selection_owner_reply(
        connection, xcb_get_selection_owner(connection, atom->atom), nullptr));
    return owner && owner->owner != XCB_WINDOW_NONE;
}

bool mayEndXEmbedTray(const QByteArray &eventType, const void *event)
{
    if (eventType != "xcb_generic_event_t")
        return false;
    const auto type = static_cast<const xcb_generic_event_t *>(event)->response_type;
    return (type & 0x7f) == XCB_DESTROY_NOTIFY; // the upper bit: somebody sent it
}

} // namespace keywheel
