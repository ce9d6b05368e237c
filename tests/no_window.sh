#!/bin/bash
# no_window.sh BUILD_FOLDER: nothing that was compiled or linked there (preset "headless") comes from the window or its
# packages, and the core knows nothing of the program. Says which file broke the rule.
set -euo pipefail
folder=$1

headers=$(ninja -C "$folder" -t deps | grep -E '/(imgui[^/]*|GLFW|GL|GLES[23]|EGL|KHR|glad)/|/app/(ui|render)/' | sort -u || true)
if [ -n "$headers" ]; then
  printf 'The build without a window read headers of the window:\n%s\n' "$headers" >&2
  exit 1
fi

headers=$(ninja -C "$folder" -t deps | awk '/^[^ ]/ {core = /^core\//} core' | grep -E '/app/' | sort -u || true)
if [ -n "$headers" ]; then
  printf 'The core read headers of the program:\n%s\n' "$headers" >&2
  exit 1
fi

mapfile -t programs < <(find "$folder" -type f -executable -name '*_tests')
if [ ${#programs[@]} = 0 ]; then
  printf 'There is no test program in %s.\n' "$folder" >&2
  exit 1
fi
for program in "${programs[@]}"; do
  # What it asks for itself: Cairo brings X11 along for programs that draw on a screen.
  if objdump -p "$program" | grep -E 'NEEDED +lib(GL|EGL|GLX|OpenGL|glfw|X11|imgui)[.-]' >&2; then
    printf '%s links libraries of the window (above).\n' "$program" >&2
    exit 1
  fi
done
