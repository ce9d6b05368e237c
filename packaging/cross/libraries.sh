#!/bin/bash
# libraries.sh windows|web SOURCES PREFIX: builds what the program stands on, as static libraries for a system that has no
# packages of them, from Debian's source packages unpacked in SOURCES. For scripts/package.
set -euo pipefail
system=$1 sources=$2 prefix=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$prefix/work
mkdir -p "$prefix"/{include,lib/pkgconfig,share,done} "$work"
jobs=${NOISEGLASS_JOBS:-$(nproc)}

case $system in
  windows)
    host=x86_64-w64-mingw32
    cc=$host-gcc-posix cxx=$host-g++-posix ar=$host-ar
    flags="-O2 -fstack-protector-strong"
    cmake_for=(cmake "-DCMAKE_TOOLCHAIN_FILE=$here/../windows/toolchain.cmake")
    configure_for=(env "CC=$cc" ./configure "--host=$host")
    ;;
  web)
    cc=emcc cxx=em++ ar=emar
    flags="-O2 -pthread -msimd128 -fwasm-exceptions"
    cmake_for=(emcmake cmake "-DCMAKE_C_FLAGS=$flags" "-DCMAKE_CXX_FLAGS=$flags")
    configure_for=(emconfigure env "PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig" ./configure --host=i686-linux-gnu)
    ;;
esac

source_of() { # NAME: the folder of its sources
  local folders=("$sources/$1"-[0-9]*/)
  printf '%s' "${folders[0]%/}"
}

# once NAME FUNCTION: not again when it is there.
once() {
  [ -e "$prefix/done/$1" ] && return
  echo "$1 …"
  (cd "$(source_of "$1")" && "build_${2:-$1}") >"$work/$1.log" 2>&1 & # where "||" does not take -e from it
  wait $! || {
    tail -n 15 "$work/$1.log" >&2
    echo "$1 could not be built for $system: its last words are above." >&2
    exit 1
  }
  touch "$prefix/done/$1"
}

# archive NAME VERSION REQUIRES FLAGS FILE…: a library of these C or C++ files, and what pkg-config says of it.
archive() {
  local name=$1 version=$2 requires=$3 own=$4 objects=$work/$1
  shift 4
  mkdir -p "$objects"
  printf '%s\n' "$@" | xargs -P "$jobs" -I{} bash -c '
    case $1 in *.c) compiler=$2 ;; *) compiler="$3 -std=c++17" ;; esac
    $compiler $4 -c "$1" -o "$5/$(tr / _ <<<"$1").o"' bash {} "$cc" "$cxx" "$flags $own" "$objects"
  rm -f "$prefix/lib/lib$name.a"
  $ar rcs "$prefix/lib/lib$name.a" "$objects"/*.o
  cat >"$prefix/lib/pkgconfig/${pc:-$name}.pc" <<END
Name: $name
Description: built by noiseglass
Version: $version
Requires: $requires
Cflags: -I$prefix/include${include:+/$include}
Libs: -L$prefix/lib -l$name $also
END
}
pc='' include='' also=''

with_cmake() { # OPTION…
  local build
  build=$work/cmake-$(basename "$PWD")
  rm -rf "$build"
  "${cmake_for[@]}" -S . -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR="$prefix/lib" \
    -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_FIND_ROOT_PATH="$prefix" -DBUILD_SHARED_LIBS=OFF "$@"
  cmake --build "$build" --parallel "$jobs"
  cmake --install "$build"
}

with_configure() { # FOLDER_TO_MAKE OPTION…
  local folder=$1
  shift
  # What Debian changes is not to make the authors' files anew.
  touch aclocal.m4
  find . '(' -name configure -o -name config.h.in -o -name Makefile.in ')' -exec touch {} +
  # Looked around without optimisation, which takes emscripten seconds for each of hundreds of questions.
  PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig PKG_CONFIG_PATH='' CPPFLAGS=-I$prefix/include LDFLAGS=-L$prefix/lib \
    CFLAGS=${flags/-O2/-O0} "${configure_for[@]}" --prefix="$prefix" --libdir="$prefix/lib" \
    --disable-shared --enable-static "$@"
  make -C "$folder" -j"$jobs" V=0 CFLAGS="$flags"
  make -C "$folder" install
}

build_zlib() {
  archive z 1.2.13 "" -DHAVE_UNISTD_H *.c
  cp zlib.h zconf.h "$prefix/include/"
  ln -sf z.pc "$prefix/lib/pkgconfig/zlib.pc"
}
build_libpng() {
  local files=(png.c png[eigmprstw]*.c)
  cp scripts/pnglibconf.h.prebuilt pnglibconf.h
  files=("${files[@]/pngtest.c/}")
  pc=libpng archive png 1.6.39 zlib "-I$prefix/include -DPNG_INTEL_SSE_OPT=0" $(printf '%s\n' "${files[@]}" | sort -u)
  cp png.h pngconf.h pnglibconf.h "$prefix/include/"
  ln -sf libpng.pc "$prefix/lib/pkgconfig/libpng16.pc"
}
build_jpeg() {
  with_cmake -DENABLE_SHARED=OFF -DWITH_TURBOJPEG=OFF -DWITH_SIMD=OFF
}
build_webp() {
  pc=libwebp archive webp 1.2.4 "" -I. src/{dec,dsp,enc,utils}/*.c
  pc=libwebpdemux archive webpdemux 1.2.4 libwebp -I. src/demux/*.c
  mkdir -p "$prefix/include/webp"
  cp src/webp/*.h "$prefix/include/webp/"
}
build_lcms2() {
  archive lcms2 2.14 "" -Iinclude src/*.c
  cp include/*.h "$prefix/include/"
}
build_freetype() {
  local zlib=(-DFT_REQUIRE_ZLIB=ON "-DZLIB_LIBRARY=$prefix/lib/libz.a" "-DZLIB_INCLUDE_DIR=$prefix/include")
  # emscripten's CMake looks for no zlib but its own, and FreeType would then compile the one that it brings.
  [ "$system" = windows ] || zlib=(-DFT_DISABLE_ZLIB=ON "-DCMAKE_C_FLAGS=$flags -DFT_CONFIG_OPTION_SYSTEM_ZLIB -I$prefix/include")
  with_cmake -DFT_DISABLE_BROTLI=ON -DFT_DISABLE_BZIP2=ON -DFT_DISABLE_HARFBUZZ=ON -DFT_DISABLE_PNG=ON "${zlib[@]}"
}
build_md4c() {
  archive md4c 0.4.8 "" -DMD4C_USE_UTF8 src/md4c.c
  cp src/md4c.h "$prefix/include/"
}
build_cgif() {
  archive cgif 0.5.0 "" -Iinc src/*.c
  cp inc/*.h "$prefix/include/"
}
build_glfw() {
  with_cmake -DGLFW_BUILD_EXAMPLES=OFF -DGLFW_BUILD_TESTS=OFF -DGLFW_BUILD_DOCS=OFF
}
build_imgui() {
  include=imgui also=$([ "$system" = windows ] && echo -limm32 || true) \
    archive imgui 1.86 "" "-I. -Imisc/cpp -I$prefix/include $([ "$system" = windows ] || echo -sUSE_GLFW=3)" imgui{,_draw,_tables,_widgets,_demo}.cpp \
    misc/cpp/imgui_stdlib.cpp backends/imgui_impl_{glfw,opengl3}.cpp
  mkdir -p "$prefix/include/imgui/backends"
  cp ./*.h misc/cpp/*.h "$prefix/include/imgui/"
  cp backends/imgui_impl_{glfw,opengl3}*.h "$prefix/include/imgui/backends/"
}
build_pixman() { with_configure pixman --disable-gtk --disable-libpng --disable-openmp; make install-pkgconfigDATA; }
build_cairo() {
  local wants=(--enable-ft --disable-fc --enable-png --enable-pdf --enable-svg --disable-ps --disable-xlib --disable-xcb --disable-win32
    --disable-win32-font --disable-gobject --disable-trace --disable-interpreter --disable-script --disable-valgrind --without-x
    ax_cv_c_float_words_bigendian=no)
  # Of the warnings that it asks the compiler for, one by one, these change what is compiled.
  sed -i 's/^MAYBE_WARN="$MAYBE_WARN -Wp,-D_FORTIFY_SOURCE=2"$/MAYBE_WARN="-fno-strict-aliasing -fno-common"/' configure
  with_configure src "${wants[@]}"
}

once zlib
once libpng1.6 libpng
once libjpeg-turbo jpeg
once libwebp webp
once lcms2
once freetype
once md4c
once cgif
[ "$system" = web ] || once glfw3 glfw
once imgui
once pixman
once cairo

# Those that are headers alone are the same everywhere; not the whole of /usr/include, which is another system's.
for package in eigen3 nlohmann CLI stb; do
  [ -e "$prefix/include/$package" ] || cp -r "/usr/include/$package" "$prefix/include/"
done
for package in eigen3/cmake cmake/nlohmann_json cmake/CLI11; do
  [ ! -e "/usr/share/$package" ] || { mkdir -p "$prefix/share/$(dirname "$package")" && cp -r "/usr/share/$package" "$prefix/share/$(dirname "$package")/"; }
done
