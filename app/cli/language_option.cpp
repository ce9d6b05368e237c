#include "cli/language_option.h"

#include "language/language.h"

#include "noiseglass/registry.h"

#include <algorithm>
#include <vector>

namespace noiseglass::cli {

std::string language_codes() {
  std::string codes;
  for (const app::Language& language : app::languages()) codes += (codes.empty() ? "" : ", ") + language.code;
  return codes;
}

std::string is_a_language(const std::string& code) {
  std::vector<std::string> known = {"system"};
  for (const app::Language& language : app::languages()) known.push_back(language.code);
  if (std::ranges::find(known, code) == known.end()) throw_unknown("language", code, known);
  return "";
}

}  // namespace noiseglass::cli
