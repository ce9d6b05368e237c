#pragma once

/// What the processor can do, for code that is compiled once for each instruction set. Private to the core.
namespace noiseglass {

#if defined(__x86_64__) && !defined(__clang__)
inline bool has_x86_64_v3() { return __builtin_cpu_supports("x86-64-v3"); }
inline bool has_x86_64_v4() { return __builtin_cpu_supports("x86-64-v4"); }
#elif defined(__x86_64__)  // clang learnt the names of the levels in version 18, and never all that is in them
inline bool has_x86_64_v3() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2");
}
inline bool has_x86_64_v4() {
  return has_x86_64_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

}  // namespace noiseglass
