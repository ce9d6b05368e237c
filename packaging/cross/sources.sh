# Debian's source packages of what the program stands on, for systems that have no packages of them. For scripts/package.
# shellcheck shell=bash disable=SC2154

cross_cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/noiseglass/cross

# Debian 12's, as the program is built with there; cgif is Debian 13's, since 12's is not on every mirror.
cross_sources=(zlib libpng1.6 libjpeg-turbo libwebp lcms2 freetype glfw3 imgui cairo cgif/trixie)
# Those of which Debian changes nothing but the packaging: their authors' archives will do.
cross_plain=(md4c pixman)

# fetch_sources: unpacked, in $cross_cache/sources; once.
fetch_sources() {
  local folder=$cross_cache/sources mirror config=$cross_cache/apt package
  [ ! -e "$folder/complete" ] || return 0
  say "Fetching the sources of ${#cross_sources[@]} and ${#cross_plain[@]} libraries from Debian; kept in $cross_cache."
  rm -rf "$folder" "$config" && mkdir -p "$folder" "$config/lists/partial"
  mirror=$(machine_sources bookworm | sed -n 's/ bookworm main$//p' | head -n 1)
  [ -n "$mirror" ] || die "This machine's package sources name no mirror of Debian's main archive."
  for package in bookworm trixie; do echo "deb-src [signed-by=$keyring] $mirror $package main"; done >"$config/sources.list"
  printf 'Dir::Etc::SourceList "%s/sources.list";\nDir::Etc::SourceParts "/dev/null";\nDir::State::Lists "%s/lists";\n' \
    "$config" "$config" >"$config/conf"
  printf 'Dir::Cache::%s "";\n' srcpkgcache pkgcache >>"$config/conf"
  (
    cd "$folder"
    export APT_CONFIG=$config/conf
    apt-get --quiet update
    for package in "${cross_sources[@]}"; do
      [[ $package == */* ]] || package+=/bookworm
      apt-get --quiet source --download-only "$package"
    done
    for package in "${cross_plain[@]}"; do apt-get --quiet source --tar-only --download-only "$package/bookworm"; done
    for package in *.dsc; do
      [[ $package == @(md4c|pixman)_* ]] || dpkg-source --no-check --extract "$package"
    done
    for package in "${cross_plain[@]}"; do
      mkdir "$package-0" && tar xf "$package"_*.orig.tar.* --strip-components=1 -C "$package-0"
    done
  ) >"$cross_cache/sources.log" 2>&1 || {
    tail -n 5 "$cross_cache/sources.log" >&2
    die "The sources of the libraries could not be fetched: apt-get's last words are above."
  }
  touch "$folder/complete"
}

# cross_licences FOLDER: the terms of each library, from its sources.
cross_licences() {
  local folder name terms
  mkdir -p "$1"
  for folder in "$cross_cache"/sources/*/; do
    name=$(basename "$folder")
    for terms in COPYING LICENSE.md debian/copyright; do
      [ ! -e "$folder/$terms" ] || cp "$folder/$terms" "$1/${name%-*}.txt"
    done
  done
}
