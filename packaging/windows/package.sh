# scripts/package windows: a folder that runs on 64-bit Windows, zipped. Compiled here, with Debian's compiler for Windows.
# shellcheck shell=bash disable=SC2154

packages_windows=(g++-mingw-w64-x86-64-posix ccache cmake ninja-build make pkg-config dpkg-dev debian-archive-keyring zip nsis librsvg2-bin imagemagick
                  python3-glad libeigen3-dev nlohmann-json3-dev libstb-dev libcli11-dev fonts-inter fonts-dejavu-core)

windows_libraries=$cross_cache/windows

build_windows() {
  local tree=$root/build/windows size sizes=()
  fetch_sources
  "$root/packaging/cross/libraries.sh" windows "$cross_cache/sources" "$windows_libraries" ||
    die "A library could not be built for Windows; the compiler's words are above."
  mkdir -p "$tree"
  for size in 16 24 32 48 64 128 256; do
    rsvg-convert --width=$size --height=$size "$root/packaging/linux/noiseglass.svg" --output="$tree/icon-$size.png"
    sizes+=("$tree/icon-$size.png")
  done
  convert "${sizes[@]}" "$tree/noiseglass.ico"
  export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
  cmake -S "$root" -B "$tree" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_TOOLCHAIN_FILE="$root/packaging/windows/toolchain.cmake" \
    -DNOISEGLASS_LIBRARIES="$windows_libraries" -DNOISEGLASS_ICON="$tree/noiseglass.ico" \
    -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >"$tree/configure.log" 2>&1 || {
    cat "$tree/configure.log" >&2
    die "CMake could not configure the build for Windows; its words are above."
  }
  say "Building noiseglass for Windows; the first time takes some minutes."
  ninja -C "$tree" --quiet noiseglass noiseglass_console || die "The build for Windows failed; the compiler's words are above."
}

# make_installer FOLDER OUT
make_installer() {
  (cd "$1" && find . -type f -printf 'Delete "$INSTDIR\\%P"\n' && find . -mindepth 1 -depth -type d -printf 'RMDir "$INSTDIR\\%P"\n') |
    tr / '\\' >"$2.files.nsh"
  makensis -V2 -DVERSION="$version" -DFOLDER="$1" -DICON="$root/build/windows/noiseglass.ico" -DOUT="$2" \
    -DKILOBYTES="$(du -sk "$1" | cut -f 1)" "$root/packaging/windows/installer.nsi" >"$folder/log" 2>&1 || {
    tail -n 10 "$folder/log" >&2
    die "The installer could not be made; makensis's last words are above."
  }
  rm "$2.files.nsh"
}

package_windows() {
  local name=noiseglass-$version-windows-x86_64 tree font
  install_packages "package noiseglass for Windows" "${packages_windows[@]}"
  build_windows
  tree=$folder/$name
  rm -rf "$tree" "$tree.zip"
  mkdir -p "$tree/licences"
  for font in exe com; do
    x86_64-w64-mingw32-strip --strip-all -o "$tree/noiseglass.$font" "$root/build/windows/app/noiseglass.$font"
  done
  cp -r "$root/assets" "$tree/"
  mkdir "$tree/assets/teaching"
  cp "$root"/docs/teaching/[0-9]*.md "$tree/assets/teaching/"
  mkdir -p "$tree/assets/fonts"
  cp /usr/share/fonts/opentype/inter/Inter-{Regular,SemiBold,Italic}.otf /usr/share/fonts/truetype/dejavu/DejaVuSans{,Mono}.ttf "$tree/assets/fonts/"
  cp "$root/LICENSE" "$tree/LICENSE.txt"
  cp "$root/CHANGELOG.md" "$root/README.md" "$tree/"
  cross_licences "$tree/licences"
  for font in fonts-inter fonts-dejavu-core libeigen3-dev nlohmann-json3-dev libstb-dev libcli11-dev; do
    cp "/usr/share/doc/$font/copyright" "$tree/licences/$font.txt"
  done
  find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  (cd "$folder" && find "$name" -type f | sort | zip -X -9 -q "$name.zip" -@)
  make_installer "$tree" "$tree.exe"
  rm -rf "$tree"
  say "Made in build/packages:"
  (cd "$folder" && du -h --apparent-size -- "$name.zip" "$name.exe")
}
