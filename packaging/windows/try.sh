#!/bin/bash
# try.sh ZIP [PART…]: uses what scripts/package windows has made, under Wine. Without a PART, all of them:
#
#     same        beside the program in build/release: the same noise to the last bit, the same samples but for the other C
#                 library's last digits, files and names of any letters
#     suite       the tests of the command line (cli_tests, cli_export.py), which scripts/test builds
#     window      a lesson, the slider, Denoise, by mouse; pictures of it are left in build/fresh
#     installer   try_installer.sh, which needs root
#
# Not CI's: the build for Windows takes longer than all of CI may, and Wine alone is 200 MB.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
zip=$(realpath "${1:?try.sh needs the file that scripts/package windows made}")
shift
parts=" ${*:-same suite window installer} "
here=$root/build/release/app/noiseglass
[ -x "$here" ] || die "Build the program first (scripts/run): what Windows gets is compared with it."
install_packages "try the program for Windows" wine64 unzip xvfb xdotool imagemagick ffmpeg poppler-utils python3-numpy python3-pil
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)

scratch=$(mktemp -d)
cleanup() {
  WINEPREFIX=$scratch/wine "$(dirname "$(readlink -f "$wine")")/wineserver" -k 2>/dev/null || true
  [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
  rm -rf "$scratch"
}
trap cleanup EXIT
export WINEPREFIX=$scratch/wine WINEDEBUG=-all LANG=C.UTF-8
Xvfb -displayfd 7 -screen 0 1280x800x24 -nolisten tcp 7>"$scratch/display" 2>/dev/null &
screen=$!
until [ -s "$scratch/display" ]; do sleep 0.2; done
DISPLAY=:$(cat "$scratch/display")
export DISPLAY
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

try_same() {
  must "what it prints is the same: help" same_output --help
  must "… its tables" same_output schedules
  must "noise is the same to the last bit, from a file whose name has any letters" bash -c '
    set -e
    "$1" corrupt "Käfig – ε̂.jpg" --t 420 --seed 7 --out "hier ᾱ.npy"
    "$2" "$3/noiseglass.com" corrupt "Käfig – ε̂.jpg" --t 420 --seed 7 --out "dort ᾱ.npy" 2>said
    cmp "hier ᾱ.npy" "dort ᾱ.npy"' bash "$here" "$wine" "$folder"
  for command in "sample --model digits --class 3 --count 4 --seed 5" "reverse Käfig\ –\ ε̂.jpg --from 300 --sample-steps 4 --seed 5"; do
    local words=()
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
  must "what is wrong is said in a sentence" bash -c '! "$1" "$2/noiseglass.com" corrupt "ist nicht da ε̂.png" --t 3 --out x.png 2>said && grep -q "ist nicht da ε̂.png.*no such file" said' bash "$wine" "$folder"
}

# start KIND: a script that starts noiseglass.KIND as if it were for this system, with its own assets: what it remembers lies
# where the tests say.
start() {
  local home
  home=$WINEPREFIX/drive_c/users/$(id -un)/AppData
  cat >"$scratch/noiseglass-$1" <<END
#!/bin/bash
for pair in Local:STATE Roaming:CONFIG; do
  name=XDG_\${pair#*:}_HOME
  [ -n "\${!name:-}" ] || continue
  mkdir -p "\${!name}/noiseglass"
  rm -rf "$home/\${pair%:*}/noiseglass"
  ln -s "\${!name}/noiseglass" "$home/\${pair%:*}/noiseglass"
done
unset NOISEGLASS_ASSETS
exec "$wine" "$folder/noiseglass.$1" "\$@"
END
  chmod +x "$scratch/noiseglass-$1"
}

# Left out: cli_hardening.sh and cli_sandbox.py, which look at a program for Linux; /dev/full, which Wine may not write to; films,
# which need an ffmpeg for Windows.
try_suite() {
  local tests=$root/build/release/tests/cli_tests exports
  [ -x "$tests" ] || die "The tests of the command line are not built; scripts/test does it."
  start com
  say "the tests of the command line …"
  NOISEGLASS_PROGRAM=$scratch/noiseglass-com "$tests" --gtest_brief=1 --gtest_filter="-*AFullDisk*" || failed+=(cli_tests)
  mapfile -t exports < <(sed -n "s/^    def \(test_.*\)(self.*/ExportTest.\1/p" "$root/tests/app/cli_export.py" | grep -v test_films_)
  /usr/bin/python3 "$root/tests/app/cli_export.py" "$scratch/noiseglass-com" "${exports[@]}" || failed+=(cli_export)
}

try_window() {
  start exe
  say "a lesson, the slider, Denoise …"
  /usr/bin/python3 "$root/packaging/windows/session.py" "$scratch/noiseglass-exe" \
    "$root/build/fresh" || failed+=(window)
}

failed=()
for part in same suite window; do
  [[ $parts != *" $part "* ]] || try_$part
done
[[ $parts != *" installer "* ]] || "$root/packaging/windows/try_installer.sh" "$zip" || failed+=(installer)
[ ${#failed[@]} = 0 ] || die "Not all is well: ${failed[*]}"
say "Windows, as Wine has it: all of$parts works."
