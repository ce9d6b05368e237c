# What decodes pictures and converts their colours. Installed with the library, since a program that links its archive
# links these too.
set(noiseglass_picture_libraries)
foreach(entry libpng:libpng-dev zlib:zlib1g-dev libjpeg:libjpeg-dev libwebp:libwebp-dev libwebpdemux:libwebp-dev
              lcms2:liblcms2-dev)
  string(REPLACE ":" ";" entry ${entry})
  list(GET entry 0 module)
  list(GET entry 1 debian_package)
  noiseglass_pkg_config(${debian_package} ${module})
  list(APPEND noiseglass_picture_libraries PkgConfig::${module})
endforeach()
