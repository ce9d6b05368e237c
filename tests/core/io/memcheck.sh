#!/bin/bash
# memcheck.sh CORE_TESTS [FILTER]: the tests that open pictures, under valgrind: no byte of a picture may come from memory
# that was never written, and none be read beyond its block. They compare pixels, so that valgrind sees each one used.
set -euo pipefail
exec valgrind --quiet --error-exitcode=1 --leak-check=full --errors-for-leak-kinds=definite \
  "$1" --gtest_brief=1 --gtest_filter="${2:-Case.*:Picture.*:Colour.*:PngSuite.*:BmpSuite.*:*/PictureFormat.Decodes*}"
