# What nearly every file reads (Eigen, most of the standard library) is compiled once: reading it took more than half of
# the time of a build. CMake's own CMAKE_DISABLE_PRECOMPILE_HEADERS leaves that out, as the headless preset does: there,
# and so in every run of the tests (whose own sources are not built there), a missing #include is an error.
set(noiseglass_common_headers
  <Eigen/Core> <algorithm> <array> <atomic> <charconv> <chrono> <cmath> <condition_variable> <cstdint> <exception>
  <filesystem> <fstream> <functional> <limits> <map> <memory> <mutex> <numbers> <numeric> <optional> <random> <set> <span>
  <sstream> <stdexcept> <string> <string_view> <thread> <tuple> <utility> <variant> <vector>)
set(noiseglass_test_headers ${noiseglass_common_headers} <gmock/gmock.h> <gtest/gtest.h>)

# noiseglass_precompile(TARGET HEADER…) or noiseglass_precompile(TARGET REUSE_FROM OTHER), which needs the same flags.
function(noiseglass_precompile target)
  if(ARGV1 STREQUAL "REUSE_FROM")
    target_precompile_headers(${target} ${ARGN})
  else()
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")  # lets a compiler's cache see through it
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  endif()
endfunction()
