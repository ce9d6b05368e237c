# Shared by scripts/run and scripts/test: which Debian packages are needed for what, and how they get installed.
# shellcheck shell=bash disable=SC2034

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

packages_core=(g++ cmake ninja-build pkg-config libeigen3-dev nlohmann-json3-dev libstb-dev
               libpng-dev libjpeg-dev libwebp-dev liblcms2-dev)
packages_core_tests=(libgtest-dev libgmock-dev libbenchmark-dev ccache clang-format valgrind)
packages_program=(libcli11-dev libimgui-dev libfreetype-dev libglfw3-dev libxcb1-dev libglib2.0-dev python3-glad libgl-dev libgl1-mesa-dri
                  libopengl-dev libmd4c-dev libpango1.0-dev libfontconfig-dev libcgif-dev fonts-inter fonts-dejavu-core)
packages_program_tests=(libegl-dev xvfb xauth xdotool x11-xkb-utils imagemagick python3-numpy python3-pil
                        ffmpeg strace poppler-utils xclip dbus python3-dbus python3-gi python3-xlib)
packages_fuzz=(clang libclang-rt-14-dev)
packages_coverage=(gcovr)
packages_package=(build-essential debhelper librsvg2-bin patchelf xz-utils)
packages_training=(python3-torch python3-numpy python3-pil python3-skimage)

say() { printf '%s\n' "$*"; }
die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Prints those of the given packages that are not installed.
missing_packages() {
  local installed package
  # dpkg-query fails when it does not know a package, and still lists the others.
  installed=$(dpkg-query --show --showformat='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    [[ $'\n'$installed$'\n' == *$'\n'"$package installed"$'\n'* ]] || printf '%s\n' "$package"
  done | sort -u
}

# install_packages WHAT_FOR PACKAGE…: installs what is missing, and says so; silent when everything is there.
install_packages() {
  local what_for=$1 missing as_root=()
  shift
  command -v dpkg-query >/dev/null || die "This script installs Debian packages, and this is not Debian: install the equivalents of these yourself, then build with CMake (see README.md): $*"
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0

  say "To $what_for, these Debian packages are missing: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    local ask="an administrator can install them with: apt-get install ${missing[*]}"
    command -v sudo >/dev/null || die "They cannot be installed, because you are not root and there is no sudo; $ask"
    if ! sudo -n true 2>/dev/null && ! { [ -t 0 ] && sudo --validate --prompt='Installing them with apt-get needs the password of %p: '; }; then
      die "They cannot be installed, because you may not use sudo here; $ask"
    fi
    as_root=(sudo)
  fi
  say "Installing them with apt-get; this takes a minute or two the first time."
  local log
  log=$(mktemp)
  apt_get() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet "$@" >>"$log" 2>&1; }
  # A failing update is no failure by itself: what is needed may be on this machine already.
  apt_get --option APT::Update::Error-Mode=any update || true
  if ! apt_get install --yes --no-install-recommends "${missing[@]}"; then
    grep --max-count=1 '^E:' "$log" >&2 || true
    die "apt-get could not install the packages: check the network connection and the package sources, then try again (apt-get's output is in $log)."
  fi
  rm -f "$log"
}

# build PRESET [TARGET…]: configures once, then builds what has changed. "test" is "release" with the tests, in the same
# folder: once they have been asked for they stay in its cache, so scripts/run and scripts/test do not undo each other's work.
build() {
  local preset=$1 folder=$root/build/${1/#test/release} log
  shift
  # The tests compile the core twice, alone and with the program: the second time it comes from the compiler's cache.
  if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime  # as precompiled headers need
  fi
  if [ ! -e "$folder/build.ninja" ] || { [ "$preset" = test ] && ! grep -qx 'NOISEGLASS_TESTS:BOOL=ON' "$folder/CMakeCache.txt"; }; then
    log=$(mktemp)
    if ! (cd "$root" && cmake --preset "$preset") >"$log" 2>&1; then
      cat "$log" >&2
      rm -f "$log"
      die "CMake could not configure the $preset build; its output is above."
    fi
    rm -f "$log"
    say "Building noiseglass ($preset); the first time takes a few minutes."
  fi
  # Of no interest when nothing has changed.
  ninja -C "$folder" --quiet "$@" | sed '/^ninja: no work to do.$/d' || die "The $preset build failed; the compiler's output is above."
}
