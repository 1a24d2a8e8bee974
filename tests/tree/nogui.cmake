# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DBINARY=… -P nogui.cmake: fails when the program needs a window library.
execute_process(COMMAND ldd ${BINARY} OUTPUT_VARIABLE libraries COMMAND_ERROR_IS_FATAL ANY)
if(NOT libraries MATCHES "Qt6Core")
  message(FATAL_ERROR "ldd tells no libraries of ${BINARY}:\n${libraries}")
endif()
string(REGEX MATCHALL "lib(Qt6(Gui|Widgets)|X11|xcb|wayland)[^ ]*" found "${libraries}")
if(found)
  message(FATAL_ERROR "${BINARY} needs ${found}")
endif()
