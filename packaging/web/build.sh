#!/bin/bash
# The part of scripts/package web that runs in the Debian 13 with emscripten.
set -euo pipefail
flags="-pthread -msimd128 -fwasm-exceptions -D_LIBCPP_ENABLE_EXPERIMENTAL -include $PWD/packaging/web/from_chars.h"
export PKG_CONFIG_LIBDIR=/cross/web/lib/pkgconfig EM_PKG_CONFIG_PATH=/cross/web/lib/pkgconfig
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
if [ ! -e build/web/build.ninja ]; then
  emcmake cmake -S . -B build/web -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS="$flags -Xclang -fno-pch-timestamp" -DCMAKE_C_FLAGS="-pthread -msimd128" \
    -DCMAKE_PREFIX_PATH=/cross/web -DCMAKE_FIND_ROOT_PATH=/cross/web -DPKG_CONFIG_ARGN=--static -DPKG_CONFIG_EXECUTABLE=/usr/bin/pkg-config \
    -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >build/web/configure.log 2>&1 || {
    rm -f build/web/build.ninja
    tail -n 20 build/web/configure.log >&2
    exit 1
  }
fi
ninja -C build/web -j"$NOISEGLASS_JOBS" --quiet noiseglass
