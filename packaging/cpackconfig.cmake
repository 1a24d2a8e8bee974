# Read by CPack for each kind of package.
set(CPACK_COMPONENTS_ALL Unspecified)
if(CPACK_GENERATOR MATCHES "DEB|RPM")
  list(APPEND CPACK_COMPONENTS_ALL system)
endif()
