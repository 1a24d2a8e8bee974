# One interface target carries the language standard, the warnings and the strict Qt defines;
# every target of the project links it.
set(CMAKE_AUTOMOC ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
include(GNUInstallDirs)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

add_library(kw_config INTERFACE)
target_compile_features(kw_config INTERFACE cxx_std_20)
target_compile_definitions(kw_config INTERFACE
  QT_NO_CAST_FROM_ASCII
  QT_NO_CAST_TO_ASCII
  QT_NO_CAST_FROM_BYTEARRAY
  QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_NO_CONTEXTLESS_CONNECT
  QT_NO_FOREACH
  QT_NO_JAVA_STYLE_ITERATORS
  QT_NO_SIGNALS_SLOTS_KEYWORDS
  QT_STRICT_ITERATORS
  QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(WIN32) # windows.h without its macros min and max, and without the socket header of old
  target_compile_definitions(kw_config INTERFACE NOMINMAX WIN32_LEAN_AND_MEAN)
endif()
if(MSVC)
  target_compile_options(kw_config INTERFACE /W4 /permissive- /utf-8)
  if(KEYWHEEL_WERROR)
    target_compile_options(kw_config INTERFACE /WX)
  endif()
else()
  target_compile_options(kw_config INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2)
  if(KEYWHEEL_WERROR)
    target_compile_options(kw_config INTERFACE -Werror)
  endif()
endif()

if(KEYWHEEL_SANITIZE)
  add_compile_options(-fsanitize=${KEYWHEEL_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all -g -O1)
  add_link_options(-fsanitize=${KEYWHEEL_SANITIZE})
endif()
if(KEYWHEEL_COVERAGE)
  add_compile_options(--coverage -O0 -g)
  add_link_options(--coverage)
endif()

# Static libraries, one for each folder of core and of app. LINKS is the whole list of what it may
# include, which keeps the direction of dependencies.
function(keywheel_static_library name root)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(kw_${name} STATIC ${ARG_SOURCES})
  add_library(Keywheel::${name} ALIAS kw_${name})
  target_include_directories(kw_${name} PUBLIC ${CMAKE_SOURCE_DIR}/${root})
  target_link_libraries(kw_${name} PUBLIC kw_config ${ARG_LINKS})
endfunction()

# keywheel_library(NAME SOURCES … LINKS …): of core.
function(keywheel_library name)
  keywheel_static_library(${name} core ${ARGN})
endfunction()

# keywheel_app_library(NAME SOURCES … LINKS …): of app.
function(keywheel_app_library name)
  keywheel_static_library(${name} app ${ARGN})
endfunction()
