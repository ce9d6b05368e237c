# The icon, version and manifest inside the programs for Windows. NOISEGLASS_ICON is an .ico file.
enable_language(RC)
set(NOISEGLASS_MANIFEST ${CMAKE_CURRENT_LIST_DIR}/noiseglass.manifest)
configure_file(${CMAKE_CURRENT_LIST_DIR}/noiseglass.rc.in ${CMAKE_CURRENT_BINARY_DIR}/noiseglass.rc @ONLY)
set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/noiseglass.rc PROPERTIES OBJECT_DEPENDS ${NOISEGLASS_MANIFEST})
foreach(program IN LISTS programs)
  target_sources(${program} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/noiseglass.rc)
endforeach()
