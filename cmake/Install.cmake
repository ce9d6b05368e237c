# What `cmake --install` puts where: component "core" is the library, its headers and its package; "program" the rest.
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/noiseglass)
install(TARGETS noiseglass_core EXPORT noiseglassTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT core)
install(DIRECTORY core/include/noiseglass DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT core)
install(EXPORT noiseglassTargets NAMESPACE noiseglass:: DESTINATION ${package_folder} COMPONENT core)
configure_package_config_file(cmake/noiseglassConfig.cmake.in ${PROJECT_BINARY_DIR}/noiseglassConfig.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/noiseglassConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/noiseglassConfig.cmake ${PROJECT_BINARY_DIR}/noiseglassConfigVersion.cmake
        ${PROJECT_SOURCE_DIR}/cmake/Packages.cmake ${PROJECT_SOURCE_DIR}/cmake/PictureLibraries.cmake DESTINATION ${package_folder} COMPONENT core)

install(DIRECTORY assets/ DESTINATION ${CMAKE_INSTALL_DATADIR}/noiseglass COMPONENT program)
install(DIRECTORY docs/teaching DESTINATION ${CMAKE_INSTALL_DATADIR}/noiseglass COMPONENT program FILES_MATCHING PATTERN "[0-9]*.md")
if(TARGET noiseglass)
  install(TARGETS noiseglass RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
endif()
if(TARGET noiseglass_ui)  # what a desktop wants to know of it: menu entry, icon, file types, description
  set(desktop ${CMAKE_CURRENT_LIST_DIR}/../packaging/linux)
  install(FILES ${desktop}/noiseglass.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT program)
  install(FILES ${desktop}/noiseglass.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT program)
  install(FILES ${desktop}/noiseglass.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages COMPONENT program)
  install(FILES ${desktop}/example.noiseglass.noiseglass.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo
          COMPONENT program)
endif()
