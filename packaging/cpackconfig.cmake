# Read by CPack for each kind of package.
set(CPACK_COMPONENTS_ALL Unspecified)
if(CPACK_GENERATOR STREQUAL "DEB")
  list(APPEND CPACK_COMPONENTS_ALL system debian)
elseif(CPACK_GENERATOR STREQUAL "RPM")
  list(APPEND CPACK_COMPONENTS_ALL system zsh)
else()
  list(APPEND CPACK_COMPONENTS_ALL zsh)
endif()
