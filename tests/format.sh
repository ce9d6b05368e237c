#!/bin/bash
# Every C++ file is laid out as .clang-format says. Says how many places are not, and shows the first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
clang-format --version >/dev/null # or nothing would be found
found=$(git ls-files -z '*.cpp' '*.h' | xargs -0 clang-format --dry-run 2>&1 | grep 'warning:' || true)
[ -n "$found" ] || exit 0
head -n 5 <<<"$found"
printf '%s places are not laid out as .clang-format says: clang-format -i FILE mends them.\n' "$(wc -l <<<"$found")"
exit 1
