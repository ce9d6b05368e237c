# scripts/package web: one folder of static files. Compiled with the emscripten of Debian 13, in a Debian 13 of its own (root only),
# since 12's is too old.
# shellcheck shell=bash disable=SC2154

packages_web=(debootstrap debian-archive-keyring dpkg-dev libeigen3-dev nlohmann-json3-dev libstb-dev libcli11-dev fonts-inter fonts-dejavu-core python3 zopfli)
packages_web_inside=(emscripten cmake ninja-build pkg-config ccache make python3-glad)

web_debian=$cross_cache/web-debian

# in_web_debian COMMAND: with this tree at /noiseglass and the libraries at /cross.
in_web_debian() {
  # shellcheck disable=SC2016
  in_namespace env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    NOISEGLASS_JOBS="${NOISEGLASS_JOBS:-$(nproc)}" bash -c '
      set -e
      debian=$1 root=$2 cross=$3 compiled=$4 command=$5
      mkdir -p "$debian"/{noiseglass,cross,root/.cache/ccache} "$compiled"
      mount -t proc proc "$debian/proc"
      mount --rbind /dev "$debian/dev"
      mount --bind "$root" "$debian/noiseglass"
      mount --bind "$cross" "$debian/cross"
      mount --bind "$compiled" "$debian/root/.cache/ccache"
      exec chroot "$debian" bash -c "cd /noiseglass && $command"
    ' bash "$web_debian" "$root" "$cross_cache" "${CCACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ccache}" "$1"
}

make_web_debian() {
  local mirror
  [ "$(id -u)" = 0 ] || die "A Debian 13 for emscripten is made with debootstrap and chroot, which only root may use: run this with sudo."
  [ ! -e "$web_debian/complete" ] || return 0
  mirror=$(machine_sources trixie | sed -n 's/ trixie main$//p' | head -n 1)
  [ -n "$mirror" ] || die "This machine's package sources name no mirror of Debian's main archive."
  say "Making a Debian 13 with emscripten in $web_debian; this takes its minutes once."
  rm -rf "$web_debian"
  in_namespace debootstrap --variant=minbase --keyring="$keyring" trixie "$web_debian" "$mirror" >"$cross_cache/web-debian.log" 2>&1 ||
    die "debootstrap could not make a Debian 13; see $cross_cache/web-debian.log."
  apt-config dump | grep -E '^Acquire::(Check-|https?::|Retries)' >"$web_debian/etc/apt/apt.conf.d/00machine" || true
  cp -L /etc/resolv.conf /etc/hosts "$web_debian/etc/"
  in_web_debian "apt-get update && apt-get install --yes --no-install-recommends ${packages_web_inside[*]}" >>"$cross_cache/web-debian.log" 2>&1 ||
    die "apt-get could not install emscripten there; see $cross_cache/web-debian.log."
  touch "$web_debian/complete"
}

build_web() {
  local tree=$root/build/web font
  fetch_sources
  make_web_debian
  in_web_debian "packaging/cross/libraries.sh web /cross/sources /cross/web" ||
    die "A library could not be built for the browser; the compiler's words are above."
  mkdir -p "$tree"/assets/{fonts,teaching}
  cp -ru "$root/assets/." "$tree/assets/"
  cp -u "$root"/docs/teaching/[0-9]*.md "$tree/assets/teaching/"
  for font in opentype/inter/Inter-{Regular,SemiBold,Italic}.otf truetype/dejavu/DejaVuSans{,Mono}.ttf; do
    cp -u "/usr/share/fonts/$font" "$tree/assets/fonts/"
  done
  say "Building noiseglass for the browser; the first time takes some minutes."
  in_web_debian "packaging/web/build.sh" || die "The build for the browser failed; the compiler's words are above."
}

package_web() {
  local name=noiseglass-$version-web tree to_start named file
  install_packages "package noiseglass for the browser" "${packages_web[@]}"
  mkdir -p "$cross_cache"
  build_web
  tree=$folder/$name
  rm -rf "$tree"
  mkdir -p "$tree/licences"
  cp "$root/packaging/linux/noiseglass.svg" "$tree/"
  to_start=$(/usr/bin/python3 "$root/packaging/web/packs.py" "$root/build/web/assets" "$root/build/web/app" "$tree")
  named=$version-$(cat "$tree"/*.bin "$root"/packaging/web/{page,service}.* | sha256sum | cut -c 1-12)
  for file in page.js service.js page.html; do
    sed "s/VERSION/$named/; s/TO_START/$to_start/" "$root/packaging/web/$file" >"$tree/${file/page.html/index.html}"
  done
  cp "$root/LICENSE" "$tree/licences/noiseglass.txt"
  cross_licences "$tree/licences"
  say "Made in build/packages/$name; these are fetched to start:"
  (cd "$tree" && du -bc -- *.*)
}
