// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/console.h"

#include <QtGlobal>

#ifdef Q_OS_WIN // so that tools that look at every file can read this one anywhere

#include <initializer_list>

#include <windows.h>

#include <shellapi.h>

namespace keywheel {

void prepareConsole()
{
    // Fails without a console, as in keywheel.exe: nothing is to be prepared then.
    SetConsoleOutputCP(CP_UTF8);
    for (const DWORD stream : {STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
        HANDLE const handle = GetStdHandle(stream);
        DWORD mode = 0;
        if (GetConsoleMode(handle, &mode))
            SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    }
}

/// argv has lost what the system's code page cannot hold.
QStringList processArguments(int, char *[])
{
    int count = 0;
    LPWSTR *const words = CommandLineToArgvW(GetCommandLineW(), &count);
    QStringList arguments;
    for (int i = 0; i < count; ++i)
        arguments.append(QString::fromWCharArray(words[i]));
    LocalFree(words);
    return arguments;
}

} // namespace keywheel

#endif
