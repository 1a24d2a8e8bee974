# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DROOT=… -P layers.cmake: fails when an include runs back up. The linker would not notice,
# because every file finds every header. It checks that
# - a part of core includes only parts that its CMakeLists.txt links, directly or through one of
#   these, and links only parts above it in core/CMakeLists.txt; core knows no window, app or tests;
# - ui includes of core only headers of values, and nothing of app;
# - a folder of ui or app includes only folders before it in the lists below, and no file directly
#   in ui/ or app/ itself;
# - at most MOST_ON_FLOOR files are directly in app/.
cmake_minimum_required(VERSION 3.23)

# From the bottom up. The files directly in ui/ and app/ come after all folders.
set(FOLDERS_ui backend widgets models keys mainwindow dashboard blacklist requests connect settings
  firstrun tray)
set(FOLDERS_app process control demo autostart engine cli desktop)
set(MOST_ON_FLOOR 6)

# What ui may include of core: values, and pure functions of them. None of these headers may include
# a service, not even through others.
set(VALUES
  accesslog/counters.h accesslog/recordtext.h accesslog/requestrecord.h accesslog/traffic.h
  keypool/keysnapshot.h
  secrets/keyimport.h secrets/keysyntax.h
  settings/loadedsettings.h settings/settingparsers.h settings/settings.h settings/settingspecs.h
  settings/settingstable.h)
set(VALUE_PARTS common)
set(SERVICES accesslog/accesslog.h keypool/keypool.h secrets/keystore.h settings/settingsloader.h)
set(SERVICE_PARTS keystate proxy server upstream)

get_filename_component(ROOT ${ROOT} ABSOLUTE)
set(failures 0)
function(fail text)
  message(NOTICE "layers: ${text}")
  math(EXPR failures "${failures} + 1")
  set(failures ${failures} PARENT_SCOPE)
endfunction()

# The project's files that FILE includes, relative to ROOT, as the compiler finds them.
function(includes_of file out)
  string(REGEX MATCH "^[a-z]+" tree ${file})
  get_filename_component(folder ${ROOT}/${file} DIRECTORY)
  file(STRINGS ${ROOT}/${file} lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  set(found)
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^[^<\"]*[<\"]([^>\"]*)[>\"].*" "\\1" header "${line}")
    foreach(base ${folder} ${ROOT}/${tree} ${ROOT}/app ${ROOT}/ui ${ROOT}/core ${ROOT}/tests)
      if(EXISTS ${base}/${header} AND NOT IS_DIRECTORY ${base}/${header})
        get_filename_component(path ${base}/${header} ABSOLUTE)
        file(RELATIVE_PATH path ${ROOT} ${path})
        list(APPEND found ${path})
        break()
      endif()
    endforeach()
  endforeach()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

function(files_of folder out)
  file(GLOB_RECURSE found RELATIVE ${ROOT} ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cpp)
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# The parts of core in their order.
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
  files_of(core/${part} files)
  foreach(file IN LISTS files)
    includes_of(${file} includes)
    foreach(include IN LISTS includes)
      if(NOT include MATCHES "^core/([^/]+)/")
        fail("${file} includes ${include}; core knows only itself")
      elseif(NOT CMAKE_MATCH_1 IN_LIST may_${part})
        fail("${file} includes ${include}; core/${part}/CMakeLists.txt does not link it")
      endif()
    endforeach()
    file(STRINGS ${ROOT}/${file} lines REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS lines)
      if(line MATCHES "<(Qt(Gui|Widgets)/.*|QGui.*|Q[A-Za-z]*(Application|Widget|Window))>"
         AND NOT CMAKE_MATCH_1 STREQUAL "QCoreApplication")
        fail("${file} includes <${CMAKE_MATCH_1}>; core knows no window")
      endif()
    endforeach()
  endforeach()
endforeach()

# The order of the folders of ui and app.
foreach(tree ui app)
  files_of(${tree} files)
  foreach(file IN LISTS files)
    if(NOT file MATCHES "^${tree}/([^/]+)/")
      continue() # directly in ui/ or app/: may include all
    endif()
    set(folder ${CMAKE_MATCH_1})
    list(FIND FOLDERS_${tree} ${folder} place)
    if(place EQUAL -1)
      fail("${file} is in a folder that the list FOLDERS_${tree} does not name")
      continue()
    endif()
    includes_of(${file} includes)
    foreach(include IN LISTS includes)
      if(include MATCHES "^${tree}/[^/]+$")
        fail("${file} includes ${include}; the files directly in ${tree}/ come last")
      elseif(include MATCHES "^${tree}/([^/]+)/")
        list(FIND FOLDERS_${tree} ${CMAKE_MATCH_1} other)
        if(other GREATER place OR other EQUAL -1)
          fail("${file} includes ${include}; it does not come before ${tree}/${folder}")
        endif()
      endif()
    endforeach()
  endforeach()
endforeach()

# What ui knows of core and app.
files_of(ui files)
foreach(file IN LISTS files)
  includes_of(${file} includes)
  foreach(include IN LISTS includes)
    if(include MATCHES "^(app|tests)/")
      fail("${file} includes ${include}; ui knows no ${CMAKE_MATCH_1}")
    elseif(include MATCHES "^core/(([^/]+)/.*)" AND NOT CMAKE_MATCH_2 IN_LIST VALUE_PARTS
           AND NOT CMAKE_MATCH_1 IN_LIST VALUES)
      fail("${file} includes ${include}; ui may include only core's VALUES")
    endif()
  endforeach()
endforeach()

# What the values bring with them.
foreach(value IN LISTS VALUES)
  set(waiting core/${value})
  set(seen)
  while(waiting)
    list(POP_FRONT waiting file)
    if(file IN_LIST seen OR NOT EXISTS ${ROOT}/${file})
      continue()
    endif()
    list(APPEND seen ${file})
    string(REGEX MATCH "^core/(([^/]+)/.*)" found ${file})
    if(CMAKE_MATCH_1 IN_LIST SERVICES OR CMAKE_MATCH_2 IN_LIST SERVICE_PARTS)
      fail("core/${value} is a header of values, but brings ${file} with it")
    else()
      includes_of(${file} includes)
      list(APPEND waiting ${includes})
    endif()
  endwhile()
endforeach()

file(GLOB floor RELATIVE ${ROOT} ${ROOT}/app/*.h ${ROOT}/app/*.cpp)
list(LENGTH floor count)
if(count GREATER MOST_ON_FLOOR)
  list(JOIN floor ", " names)
  fail("${count} files are directly in app/, ${MOST_ON_FLOOR} at most may be: ${names}")
endif()

if(failures)
  message(FATAL_ERROR "layers: ${failures} violations")
endif()
