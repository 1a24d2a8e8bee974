# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DROOT=… -P layers.cmake: fails when a file of core includes a part that its own
# CMakeLists.txt does not link (directly or through a part that it links), when a part links one that
# comes after it, or when core reaches for the window, the app or the tests. The linker would not
# notice: every part finds every header of core.
cmake_minimum_required(VERSION 3.23)

get_filename_component(ROOT ${ROOT} ABSOLUTE)
set(failures 0)
function(fail text)
  message(NOTICE "layers: ${text}")
  math(EXPR failures "${failures} + 1")
  set(failures ${failures} PARENT_SCOPE)
endfunction()

# The parts in their order.
file(READ ${ROOT}/core/CMakeLists.txt text)
string(REGEX MATCH "foreach\\(part ([a-z ]+)\\)" found "${text}")
string(REPLACE " " ";" parts "${CMAKE_MATCH_1}")
if(NOT parts)
  message(FATAL_ERROR "layers: no list of parts in core/CMakeLists.txt")
endif()

# may_PART: the part itself and all that it may include.
foreach(part IN LISTS parts)
  file(READ ${ROOT}/core/${part}/CMakeLists.txt text)
  string(REGEX MATCH "LINKS[^)]*" links "${text}")
  string(REGEX MATCHALL "Keywheel::[a-z]+" uses "${links}")
  set(may_${part} ${part})
  foreach(use IN LISTS uses)
    string(REPLACE "Keywheel::" "" use ${use})
    if(NOT DEFINED may_${use})
      fail("core/${part} links ${use}, which does not come before it in core/CMakeLists.txt")
    elseif(part STREQUAL "server" AND NOT use MATCHES "^(common|http)$")
      fail("core/server links ${use}; it may link common and http only")
    else()
      list(APPEND may_${part} ${may_${use}})
    endif()
  endforeach()
  if(links MATCHES "Qt6::(Gui|Widgets|Charts|Svg)")
    fail("core/${part} links ${CMAKE_MATCH_0}")
  endif()
endforeach()

foreach(part IN LISTS parts)
  file(GLOB_RECURSE files ${ROOT}/core/${part}/*.h ${ROOT}/core/${part}/*.cpp)
  foreach(file IN LISTS files)
    file(STRINGS ${file} includes REGEX "^[ \t]*#[ \t]*include")
    file(RELATIVE_PATH name ${ROOT} ${file})
    foreach(line IN LISTS includes)
      if(line MATCHES "\"([^/\"]+)/.*\"" AND NOT CMAKE_MATCH_1 IN_LIST may_${part})
        fail("${name} includes ${CMAKE_MATCH_0}; core/${part}/CMakeLists.txt does not link it")
      elseif(line MATCHES "<(Qt(Gui|Widgets)/.*|QGui.*|Q[A-Za-z]*(Application|Widget|Window))>"
             AND NOT CMAKE_MATCH_1 STREQUAL "QCoreApplication")
        fail("${name} includes <${CMAKE_MATCH_1}>; core knows no window")
      endif()
    endforeach()
  endforeach()
endforeach()

if(failures)
  message(FATAL_ERROR "layers: ${failures} violations")
endif()
