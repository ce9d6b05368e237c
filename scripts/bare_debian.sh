# A bare Debian to try things in, and the display that its windows open on. For scripts/fresh.
# shellcheck shell=bash disable=SC2034,SC2154

declare -A codenames=([12]=bookworm [13]=trixie)
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/noiseglass/fresh
keyring=/usr/share/keyrings/debian-archive-keyring.gpg # of the same name here and inside
days_kept=14
drawn_colours=5000 # a window with a photograph in it has more, text and controls alone have a few hundred

# This machine's package sources for Debian itself, as lines "URI SUITE COMPONENT", with another release's name.
machine_sources() {
  local own
  own=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  # Who publishes a source is known after apt-get update only; until then every one counts as Debian's.
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT) $(ORIGIN)' 'Identifier: Packages' |
    sed -nE "s/^([^ ]+) $own(-updates|-security)? main (Debian|\\$.*)\$/\1 $1\2 main/p" | sort -u
}

# in_namespace COMMAND…: with mounts and processes that end when it ends.
in_namespace() { unshare --mount --pid --fork --kill-child "$@"; }

debootstrap_base() { # CODENAME FILE
  local codename=$1 file=$2 mirror
  mirror=$(machine_sources "$codename" | sed -n "s/ $codename main$//p" | head -n 1)
  [ -n "$mirror" ] || die "This machine's package sources name no mirror of Debian's main archive for the release that it runs, so a bare Debian cannot be made from them."
  say "Making a bare Debian ($codename) with debootstrap; kept for $days_kept days, so this takes its minutes seldom."
  if ! in_namespace debootstrap --variant=minbase --keyring="$keyring" "$codename" "$scratch/base" "$mirror" >"$scratch/log" 2>&1; then
    tail -n 5 "$scratch/log" >&2
    die "debootstrap could not make a bare Debian $codename: its last output is above."
  fi
  tar -C "$scratch/base" --exclude=./var/cache/apt/archives/*.deb -cf "$file.part" . || die "$file could not be written."
  mv "$file.part" "$file"
  rm -rf "$scratch/base"
}

# in_background COMMAND…: $job gets all that it starts as a process group, so that end_job ends all of it.
in_background() {
  set -m
  "$@" &
  job=$!
  set +m
}
end_job() {
  kill -KILL -- "-$1" 2>/dev/null
  wait "$1" 2>/dev/null
}

throw_away() {
  set +e
  local job
  for job in $(jobs -p); do end_job "$job"; done
  rm -rf "$scratch"
}

# make_bare_debian RELEASE: in $tree, with a clone of HEAD in $clone.
make_bare_debian() {
  [ -n "${codenames[$1]:-}" ] || die "There is no Debian \"$1\" here: ${!codenames[*]}."
  [ "$(id -u)" = 0 ] || die "A bare Debian is made with debootstrap and chroot, which only root may use: run this with sudo."
  install_packages "make a bare Debian" debootstrap debian-archive-keyring git xvfb xdotool imagemagick
  in_namespace true 2>/dev/null || die "This machine lets not even root have mounts of its own (a container without that right?), so a bare Debian cannot be made here."

  # What this machine has compiled before, from the same text with the same compiler, is not compiled again.
  compiled=${CCACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ccache}
  mkdir -p "$cache/archives-$1" "$compiled"
  exec 8>"$cache/lock-$1"
  flock 8 # one at a time: the packages that were fetched are shared
  scratch=$(mktemp -d -p /var/tmp noiseglass-fresh.XXXXXX)
  trap throw_away EXIT
  trap 'exit 1' INT TERM HUP
  tree=$scratch/tree clone=$scratch/tree/home/noiseglass archives=$cache/archives-$1
  unpack_bare_debian "$1"
}

# unpack_bare_debian RELEASE: anew, in place of the one before.
unpack_bare_debian() {
  local codename=${codenames[$1]} file=$cache/debian-$1.tar
  rm -rf "$tree" && mkdir "$tree"
  find "$file" -mtime "+$days_kept" -delete 2>/dev/null || true
  if ! tar -C "$tree" -xf "$file" 2>/dev/null; then
    rm -rf "$tree" && mkdir "$tree"
    debootstrap_base "$codename" "$file"
    tar -C "$tree" -xf "$file"
  fi

  machine_sources "$codename" | sed "s|^|deb [signed-by=$keyring] |" >"$tree/etc/apt/sources.list"
  apt-config dump | grep -E '^Acquire::(Check-|https?::|Retries)' >"$tree/etc/apt/apt.conf.d/00machine" || true
  cp -L /etc/resolv.conf /etc/hosts "$tree/etc/"
  echo force-unsafe-io >"$tree/etc/dpkg/dpkg.cfg.d/throw-away" # nothing here has to survive a power cut
  mkdir -p "$clone"
  inside "apt-get update && apt-get install --yes --no-install-recommends ccache" >"$scratch/log" 2>&1 || {
    tail -n 5 "$scratch/log" >&2
    die "apt-get does not work on a bare Debian $1: its last output is above."
  }
  git clone --quiet --depth 1 "file://$root" "$clone" || die "git could not clone $root."
}

# inside COMMAND: runs it in the bare Debian, in the clone.
inside() {
  # shellcheck disable=SC2016
  in_namespace env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    ${DISPLAY:+DISPLAY="$DISPLAY"} ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    bash -c '
      set -e
      tree=$1 archives=$2 compiled=$3 folder=$4 command=$5
      mount -t proc proc "$tree/proc"
      mount --rbind /dev "$tree/dev"
      mount --bind "$archives" "$tree/var/cache/apt/archives"
      mkdir -p "$tree/tmp/.X11-unix" /tmp/.X11-unix "$tree/root/.cache/ccache"
      mount --bind "$compiled" "$tree/root/.cache/ccache"
      mount --bind /tmp/.X11-unix "$tree/tmp/.X11-unix"
      exec chroot "$tree" bash -c "cd \"\$0\" && $command" "$folder"
    ' bash "$tree" "$archives" "$compiled" "${clone#"$tree"}" "$1"
}

start_display() {
  local number job
  in_background Xvfb -displayfd 7 -screen 0 1280x800x24 -nolisten tcp 7>"$scratch/display" 2>"$scratch/display.log"
  while kill -0 "$job" 2>/dev/null && [ ! -s "$scratch/display" ]; do sleep 0.2; done
  number=$(cat "$scratch/display")
  [ -n "$number" ] || die "The virtual display (Xvfb) did not start: $(tail -n 1 "$scratch/display.log")"
  export DISPLAY=:$number
}

# window_of COMMAND PICTURE: the command must open a window and draw more than a few flat colours into it; PICTURE is
# what it looked like.
window_of() {
  local command=$1 picture=$2 job colours=0 waited=0
  say "$command …"
  in_background inside "$command" >"$scratch/log" 2>&1
  mkdir -p "$(dirname "$picture")"
  until xdotool search --onlyvisible --name '^noiseglass' >/dev/null 2>&1 && [ "$colours" -ge $drawn_colours ]; do
    if ! kill -0 "$job" 2>/dev/null; then
      tail -n 30 "$scratch/log" >&2
      die "On a bare Debian $debian, $command ended before its window had opened: its last output is above."
    fi
    sleep 2
    xdotool search --onlyvisible --name '^noiseglass' >/dev/null 2>&1 || continue
    import -window root "$picture" && colours=$(identify -format %k "$picture")
    waited=$((waited + 1))
    [ $waited -lt 150 ] || die "On a bare Debian $debian, the window of $command stayed empty: see $picture."
  done
  say "$command: its window shows $colours colours ($picture)"
  end_job "$job" || true
}
