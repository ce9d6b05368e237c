#!/bin/bash
# try.sh ZIP: uses what scripts/package windows has made, under Wine, and compares it with the program in build/release: the
# same noise to the last bit, the same samples but for the other C library's last digits, files, names of any letters, and a
# window that draws. Not CI's: Wine alone is 200 MB.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
zip=${1:?try.sh needs the file that scripts/package windows made}
here=$root/build/release/app/noiseglass
[ -x "$here" ] || die "Build the program first (scripts/run): what Windows gets is compared with it."
install_packages "try the program for Windows" wine64 unzip xvfb xdotool imagemagick python3-numpy
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)

scratch=$(mktemp -d)
cleanup() {
  WINEPREFIX=$scratch/wine "$(dirname "$(readlink -f "$wine")")/wineserver" -k 2>/dev/null || true
  [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
  rm -rf "$scratch"
}
trap cleanup EXIT
export WINEPREFIX=$scratch/wine WINEDEBUG=-all LANG=C.UTF-8
unset DISPLAY
say "Making a Windows (Wine's) …"
"$wine" wineboot --init >"$scratch/log" 2>&1 || die "Wine does not start: $(tail -n 3 "$scratch/log")"

folder="$scratch/Übung mit ε̂"
mkdir "$folder"
unzip -q "$zip" -d "$folder"
folder=$(echo "$folder"/noiseglass-*)
cd "$scratch"
cp "$root/assets/pictures/budgie-branch.jpg" "Käfig – ε̂.jpg"
there() { "$wine" "$folder/noiseglass.com" "$@" 2>"$scratch/said"; }
must() { # SENTENCE COMMAND…
  local sentence=$1
  shift
  say "$sentence"
  "$@" || die "Not so: $(cat "$scratch/said" 2>/dev/null)"
}
same_output() { cmp <("$here" "$@") <(there "$@"); }

must "what it prints is the same: help" same_output --help
must "… its tables" same_output schedules
must "noise is the same to the last bit, from a file whose name has any letters" bash -c '
  set -e
  "$1" corrupt "Käfig – ε̂.jpg" --t 420 --seed 7 --out "hier ᾱ.npy"
  "$2" "$3/noiseglass.com" corrupt "Käfig – ε̂.jpg" --t 420 --seed 7 --out "dort ᾱ.npy" 2>said
  cmp "hier ᾱ.npy" "dort ᾱ.npy"' bash "$here" "$wine" "$folder"
for command in "sample --model digits --class 3 --count 4 --seed 5" "reverse Käfig\ –\ ε̂.jpg --from 300 --sample-steps 4 --seed 5"; do
  eval "words=($command)"
  "$here" "${words[@]}" --out here.npy
  must "networks agree: ${words[0]}" there "${words[@]}" --out there.npy
  /usr/bin/python3 - <<'END'
import numpy, sys
here, there = numpy.load("here.npy"), numpy.load("there.npy")
rms = float(numpy.sqrt(numpy.mean((here - there) ** 2)))
print(f"  rms of the difference {rms:.2g}, largest {numpy.abs(here - there).max():.2g}")
sys.exit(rms > 1e-5)
END
done
for what in "strip png" "run gif" "plots svg" "plots pdf"; do
  must "export: $what" there export --what "${what% *}" --set T=100 --out "out.${what#* }"
  [ -s "out.${what#* }" ] || die "It is empty."
done
must "what is wrong is said in a sentence" bash -c '! "$1" "$2/noiseglass.com" corrupt "ist nicht da ε̂.png" --out x.png 2>said && grep -q "ist nicht da ε̂.png.*no such file" said' bash "$wine" "$folder"

mkdir -p "$root/build/fresh"
Xvfb -displayfd 7 -screen 0 1280x800x24 -nolisten tcp 7>"$scratch/display" 2>/dev/null &
screen=$!
until [ -s "$scratch/display" ]; do sleep 0.2; done
DISPLAY=:$(cat "$scratch/display")
export DISPLAY
"$wine" "$folder/noiseglass.exe" --fresh --window-size 1240x740 >"$scratch/said" 2>&1 &
program=$! colours=0
for _ in $(seq 90); do
  sleep 2
  kill -0 $program 2>/dev/null || die "The window has closed: $(cat "$scratch/said")"
  xdotool search --onlyvisible --name '^noiseglass' >/dev/null 2>&1 || continue
  import -window root "$root/build/fresh/windows.png"
  colours=$(identify -format %k "$root/build/fresh/windows.png")
  [ "$colours" -lt 5000 ] || break
done
[ "$colours" -ge 5000 ] || die "The window stayed empty: see build/fresh/windows.png."
say "its window shows $colours colours (build/fresh/windows.png)"
say "Windows, as Wine has it: all of that works."
