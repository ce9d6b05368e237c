// std::from_chars for double, which the C++ library of Debian's emscripten does not have yet (LLVM's has it from
// version 20 on). Included before every file of the build for the browser.
#pragma once

#ifdef __cplusplus
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <string>
#include <system_error>

#if defined(_LIBCPP_VERSION) && _LIBCPP_VERSION < 200000
namespace std {

/// Of what the standard's does not take (spaces, a plus sign, hexadecimal) this takes nothing either.
inline from_chars_result from_chars(const char* first, const char* last, double& value,
                                    chars_format = chars_format::general) {
  const char* digits = first != last && *first == '-' ? first + 1 : first;
  if (digits == last || !((*digits >= '0' && *digits <= '9') || *digits == '.' || *digits == 'i' || *digits == 'n' ||
                          *digits == 'I' || *digits == 'N'))
    return {first, errc::invalid_argument};
  const string text(first, last);
  if (digits + 1 < last && *digits == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
    value = 0;
    return {digits + 1, errc()};
  }
  char* end = nullptr;
  errno = 0;
  const double read = strtod(text.c_str(), &end);
  if (end == text.c_str()) return {first, errc::invalid_argument};
  const char* stopped = first + (end - text.c_str());
  if (errno == ERANGE) return {stopped, errc::result_out_of_range};
  value = read;
  return {stopped, errc()};
}

inline from_chars_result from_chars(const char* first, const char* last, float& value,
                                    chars_format format = chars_format::general) {
  double wide = 0;
  const from_chars_result result = from_chars(first, last, wide, format);
  if (result.ec == errc()) value = float(wide);
  return result;
}

}  // namespace std
#endif
#endif
