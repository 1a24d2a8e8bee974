// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace keywheel {

/// A key as long as those of OpenAI's projects, 164 characters, that tells its number.
inline QByteArray numberedKey(int number)
{
    return "sk-test-" + QByteArray::number(number).rightJustified(10, '0') + '-' +
           QByteArray(145, char('a' + number % 26));
}

/// -1 when it is not one of those, whole.
inline int numberOfKey(const QByteArray &key)
{
    const int number = key.mid(8, 10).toInt();
    return key == numberedKey(number) ? number : -1;
}

} // namespace keywheel
