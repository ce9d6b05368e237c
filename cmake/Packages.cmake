# What is looked for elsewhere, so that a thing that is not there is called by the name of the package that brings it.
macro(noiseglass_missing what debian_packages)
  message(FATAL_ERROR "noiseglass needs ${what}: install the Debian package ${debian_packages} (or its equivalent), "
                      "or say where it is with CMAKE_PREFIX_PATH.")
endmacro()

# noiseglass_find_package(DEBIAN_PACKAGE NAME [VERSION] …): as find_package. Macros, because what is found is the caller's.
macro(noiseglass_find_package debian_packages name)
  find_package(${name} ${ARGN} QUIET)
  if(NOT ${name}_FOUND)
    string(REGEX MATCH "^[0-9.]+" noiseglass_version "${ARGN}")
    noiseglass_missing("${name} ${noiseglass_version}" "${debian_packages}")
  endif()
endmacro()

# noiseglass_pkg_config(DEBIAN_PACKAGE MODULE): gives PkgConfig::MODULE.
macro(noiseglass_pkg_config debian_packages module)
  noiseglass_find_package(pkg-config PkgConfig)
  pkg_check_modules(${module} QUIET IMPORTED_TARGET GLOBAL ${module})
  if(NOT ${module}_FOUND)
    noiseglass_missing("${module}" "${debian_packages}")
  endif()
endmacro()
