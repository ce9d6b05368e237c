# What decodes pictures and converts their colours: PkgConfig::noiseglass_pictures. Installed with the library, since a
# program that links its archive links these too.
find_package(PkgConfig REQUIRED)
pkg_check_modules(noiseglass_pictures REQUIRED IMPORTED_TARGET libpng zlib libjpeg libwebp libwebpdemux lcms2)
