# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DLAYERS=…/layers.cmake -DFOLDER=… -P layers_itself.cmake: builds a small tree in FOLDER in
# which each include runs down, then breaks one rule after another. layers.cmake must pass the tree
# and name the file that breaks a rule.
cmake_minimum_required(VERSION 3.23)

file(REMOVE_RECURSE ${FOLDER})

# a_file(NAME HEADER…) writes a file of the tree that includes these.
function(a_file name)
  set(text "#pragma once\n")
  foreach(header IN LISTS ARGN)
    string(APPEND text "#include \"${header}\"\n")
  endforeach()
  file(WRITE ${FOLDER}/${name} "${text}")
endfunction()

function(run_layers)
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${FOLDER} -P ${LAYERS}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(result ${result} PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

# breaks(NAME HEADER…): the file NAME, if it included these, must fail; later the file is as before.
set(wrong 0)
function(breaks name)
  set(was)
  if(EXISTS ${FOLDER}/${name})
    file(READ ${FOLDER}/${name} was)
  endif()
  a_file(${name} ${ARGN})
  run_layers()
  if(result EQUAL 0 OR NOT output MATCHES "layers: [^\n]*${name}"
     OR NOT output MATCHES "layers: 1 violations")
    message(NOTICE "${name} with ${ARGN} must be the one violation, but layers.cmake says:\n${output}")
    set(wrong 1 PARENT_SCOPE)
  endif()
  if(was)
    file(WRITE ${FOLDER}/${name} "${was}")
  else()
    file(REMOVE ${FOLDER}/${name})
  endif()
endfunction()

file(WRITE ${FOLDER}/core/CMakeLists.txt "foreach(part common keypool server)\n")
file(WRITE ${FOLDER}/core/common/CMakeLists.txt "keywheel_library(common LINKS Qt6::Core)\n")
file(WRITE ${FOLDER}/core/keypool/CMakeLists.txt "keywheel_library(keypool LINKS Keywheel::common)\n")
file(WRITE ${FOLDER}/core/server/CMakeLists.txt "keywheel_library(server LINKS Keywheel::common)\n")
a_file(core/common/clock.h)
a_file(core/keypool/keysnapshot.h common/clock.h)
a_file(core/keypool/selection.h)
a_file(core/keypool/keypool.h common/clock.h keypool/keysnapshot.h)
a_file(core/server/httpserver.h common/clock.h)
a_file(ui/backend/backend.h common/clock.h keypool/keysnapshot.h)
a_file(ui/widgets/card.h)
a_file(ui/widgets/card.cpp card.h backend/backend.h)
a_file(ui/tray/trayicon.h widgets/card.h)
a_file(ui/desktop.h tray/trayicon.h)
a_file(app/process/console.h)
a_file(app/process/console.cpp console.h)
a_file(app/engine/engine.h process/console.h server/httpserver.h)
a_file(app/desktop/localbackend.h engine/engine.h backend/backend.h)
a_file(app/application.h desktop/localbackend.h keypool/keypool.h)
foreach(name application.cpp main.cpp one.h two.h three.h)
  a_file(app/${name} application.h)
endforeach()
run_layers()
if(NOT result EQUAL 0)
  message(FATAL_ERROR "layers.cmake does not pass a tree in order:\n${output}")
endif()

# core
breaks(core/common/clock.cpp keypool/keypool.h)
breaks(core/keypool/keypool.cpp server/httpserver.h)
breaks(core/keypool/keypool.cpp backend/backend.h)
breaks(core/server/listener.cpp process/console.h)

# ui
breaks(ui/backend/backend.cpp widgets/card.h)
breaks(ui/widgets/card.cpp ../tray/trayicon.h)
breaks(ui/tray/trayicon.cpp desktop.h)
breaks(ui/backend/backend.cpp keypool/keypool.h)
breaks(ui/backend/backend.cpp keypool/selection.h)
breaks(ui/backend/backend.cpp server/httpserver.h)
breaks(ui/desktop.cpp keypool/keypool.h)
breaks(ui/desktop.cpp engine/engine.h)
breaks(ui/extra/extra.h)
breaks(core/keypool/keysnapshot.h keypool/keypool.h)

# app
breaks(app/process/console.cpp engine/engine.h)
breaks(app/engine/engine.cpp desktop/localbackend.h)
breaks(app/engine/engine.cpp application.h)
breaks(app/extra/extra.h)
breaks(app/four.h)

if(wrong)
  message(FATAL_ERROR "layers.cmake overlooks what it is there for")
endif()
