// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace keywheel {

/// What went wrong, in one sentence for people. It names the thing, the value (never a secret) and
/// what is accepted instead.
struct Error
{
    QString message;
};

template <class T, class E = Error>
using Expected = tl::expected<T, E>;

inline tl::unexpected<Error> failure(QString message)
{
    return tl::unexpected<Error>(Error{std::move(message)});
}

} // namespace keywheel
