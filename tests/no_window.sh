#!/bin/bash
# no_window.sh HEADLESS RELEASE: nothing that was compiled or linked in the first folder (preset "headless"), and none of the tests
# in the second that need no window (labels "core" and "headless"), comes from the window or its packages; and the core knows
# nothing of the program. Says which file broke the rule.
set -euo pipefail
headless=$1 release=$2

# Those of the labelled tests that are programs of ours.
mapfile -t tests < <(ctest --test-dir "$release" --label-regex '^(core|headless)$' --show-only=json-v1 |
  grep -oE '"[^"]*/tests/[a-z0-9_]+_tests"' | tr -d '"' | sort -u)
if [ ${#tests[@]} -lt 5 ]; then
  printf 'There are hardly any test programs in %s.\n' "$release" >&2
  exit 1
fi
of_tests=$(printf '%s\n' "${tests[@]}" | sed 's|.*/||; s|.*|tests/CMakeFiles/&.dir/|' | paste -sd '|')

# read_by FOLDER REGEX: what the objects of these names read, a line each.
read_by() { ninja -C "$1" -t deps | awk -v wanted="^($2)" '/^[^ ]/ {of = $0 ~ wanted} of && /^ /'; }

headers=$( (read_by "$headless" '' && read_by "$release" "$of_tests") |
  grep -E '/(imgui[^/]*|GLFW|GL|GLES[23]|EGL|KHR|glad)/|/app/(ui|render)/' | sort -u || true)
if [ -n "$headers" ]; then
  printf 'What needs no window read headers of the window:\n%s\n' "$headers" >&2
  exit 1
fi

headers=$(read_by "$headless" core/ | grep -E '/app/' | sort -u || true)
if [ -n "$headers" ]; then
  printf 'The core read headers of the program:\n%s\n' "$headers" >&2
  exit 1
fi

for program in "$headless/app/noiseglass" "${tests[@]}"; do
  # What it asks for itself: Cairo brings X11 along for programs that draw on a screen.
  if objdump -p "$program" | grep -E 'NEEDED +lib(GL|EGL|GLX|OpenGL|glfw|X11|imgui)[.-]' >&2; then
    printf '%s links libraries of the window (above).\n' "$program" >&2
    exit 1
  fi
done
