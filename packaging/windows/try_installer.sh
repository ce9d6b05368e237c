#!/bin/bash
# try_installer.sh ZIP: uses the installer that scripts/package windows has made beside its ZIP, as a person on Windows would:
# installs over a version before, starts from the start menu, opens a session by its file type, uninstalls; nothing may be left.
# Under Wine, on a bare Debian with its 32-bit part, which installers by NSIS need (400 MB are fetched the first time).
# Needs root, as scripts/fresh does.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
# shellcheck source=scripts/bare_debian.sh
source "$root/scripts/bare_debian.sh"
# shellcheck source=packaging/cross/sources.sh
source "$root/packaging/cross/sources.sh"
# shellcheck source=packaging/windows/package.sh
source "$root/packaging/windows/package.sh"
zip=${1:?try_installer.sh needs the file that scripts/package windows made}
installer=${zip%.zip}.exe
[ -s "$installer" ] || die "There is no installer beside $zip."
debian=12
make_bare_debian $debian

# The main archive alone: what comes for two architectures must be of one version.
sed -i '/-security /d' "$tree/etc/apt/sources.list"
say "Installing Wine there, for 32 bits and 64 …"
inside "dpkg --add-architecture i386 && apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
  wine wine64 wine32:i386 libgl1 libgl1-mesa-dri unzip procps && WINEDEBUG=-all wine wineboot --init && wineserver -w" >"$scratch/log" 2>&1 ||
  die "Wine could not be installed: $(tail -n 3 "$scratch/log")"

# Of a version before, with a file that today's lacks.
mkdir "$scratch/before"
echo "of a version before" >"$scratch/before/before.txt"
version=0.0.1 folder=$scratch make_installer "$scratch/before" "$clone/before.exe"
cp "$installer" "$clone/install.exe"
cp "$zip" "$clone/noiseglass.zip"
cat >"$clone/wine.sh" <<'END'
export WINEDEBUG=-all
c=/root/.wine/drive_c
programs=$c/users/root/AppData/Local/Programs/noiseglass
menu="$c/users/root/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/noiseglass.lnk"
# What is on the disk and in the registry; Windows itself empties ~nsu…, the place where an uninstaller runs.
left() {
  (cd $c && find . -not -path './windows/*' | grep -v '~nsu' | sort)
  grep -i '^\[.*noiseglass' /root/.wine/*.reg || true
}
differs() { diff -r unpacked/* "$programs" | grep -v 'Only in .*: uninstall.exe$' || true; }
registered() { wine reg query "HKCU\\Software\\Classes\\$1" /ve | tr -d '\r' | sed -n 's/.*REG_SZ *//p'; }
# Wine 8, other than Windows, does not look for file types among a person's own settings: so we do what is written there.
open_by_type() {
  local line program
  line=$(registered "$(registered ".${1##*.}")\\shell\\open\\command")
  program=${line% \"%1\"}
  [ "$program" != "$line" ] && wine "$(tr -d '"' <<<"$program")" "Z:$PWD/$1"
}
END

# step SENTENCE COMMAND
step() {
  say "$1"
  inside "set -e; source ./wine.sh; $2; wineserver -w" >"$scratch/log" 2>&1 || die "Not so: $(tail -n 20 "$scratch/log")"
}
step "the installer runs and asks nothing, over a version before" \
  'unzip -q noiseglass.zip -d unpacked && left >before && wine before.exe /S && wineserver -w && test -s "$programs/before.txt" && wine install.exe /S'
step "… and then there is what the folder has, and nothing else" 'test -s "$menu" && test -z "$(differs)"'
step "… with entries for the uninstaller and two kinds of links" \
  'test "$(left | grep -c "reg:")" = 8'
start_display
window_of 'source ./wine.sh; wine start /unix "$menu"; wineserver -w' "$root/build/fresh/windows-start-menu.png"
printf '{"noiseglass session": 1, "state": ["t = 400"], "picture": {"name": "butterfly.png"}}' >"$clone/Übung ε̂.noiseglass"
window_of 'source ./wine.sh; open_by_type "Übung ε̂.noiseglass"' "$root/build/fresh/windows-file-type.png"
step "what was somebody's own stays; all else goes with the uninstaller" '
  rm -rf $c/users/root/AppData/{Local,Roaming}/noiseglass
  touch "$programs/of my own"
  wine "$programs/uninstall.exe" /S; sleep 2; wineserver -w
  rm "$programs/of my own"
  rmdir -p --ignore-fail-on-non-empty "$programs"
  left | diff before -'
say "The installer for Windows, as Wine has it: all of that works."
