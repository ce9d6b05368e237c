#!/bin/bash
# cmake/Hardening.cmake, as read from the program that it is meant for: a flag can get lost on the way to it.
set -euo pipefail
program=$1
missing=0

# lacks WHAT
lacks() {
  echo "$program lacks $1"
  missing=1
}

layout=$(LC_ALL=C readelf --wide --program-headers --dynamic "$program")
has() { grep --quiet --extended-regexp -- "$2" <<<"$layout" || lacks "$1 (no $2)"; }
has "another address each time (PIE)" 'FLAGS_1.*PIE'
has "a table of library functions that becomes read-only" 'GNU_RELRO'
has "that table filled before the program starts" 'FLAGS_1.*NOW'
has "a stack that holds no code" 'GNU_STACK( +0x0+){5} RW '
! grep --quiet TEXTREL <<<"$layout" || lacks "code that is never written to (TEXTREL)"

# Whose calls these are matters: libraries that are linked statically bring guards of their own. The call of a check
# counts where it stands in a function of ours.
calls=$(LC_ALL=C objdump --disassemble --no-show-raw-insn "$program" |
  awk '/^[0-9a-f]+ </ {ours = /noiseglass/}
       ours && /call/ && /<__stack_chk_fail/ {++guards}
       ours && /call/ && /glibcxx_assert_fail/ {++indices}
       END {print guards + 0, indices + 0}')
read -r guards indices <<<"$calls"
echo "$guards guarded stacks, $indices checked indices"
[ "$guards" -ge 50 ] || lacks "guards of the stack"
[ "$indices" -ge 50 ] || lacks "checked indices"
exit $missing
