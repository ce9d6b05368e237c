#include "session/kept_file.h"

#include "session/session_file.h"
#include "session/sha256.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string_view>
#include <system_error>
#include <vector>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;

/// No picture is: each kind has zeros or other control characters in it, but for some HDR, whose header is text.
bool is_text(std::string_view bytes) {
  const auto is_control = [](unsigned char c) { return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f'; };
  return !bytes.starts_with("#?") && std::ranges::none_of(bytes, is_control);
}

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](unsigned char c) { return std::isspace(c) != 0; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// "/home/a b.png" of "file:///home/a%20b.png", as file managers name what was copied; other text as it is.
std::string path_of(const std::string& words) {
  constexpr std::string_view scheme = "file://";
  if (!words.starts_with(scheme)) return words;
  std::string path;
  for (std::size_t i = scheme.size(); i < words.size(); ++i) {
    unsigned byte = 0;
    const char* digits = words.data() + i + 1;
    const bool coded =
        words[i] == '%' && i + 2 < words.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
    path += coded ? char(byte) : words[i];
    if (coded) i += 2;
  }
  return path;
}

}  // namespace

fs::path kept_file(std::span<const char> bytes, const std::string& name, const fs::path& folder) {
  const fs::path file = folder / sha256(bytes).substr(0, 16) / fs::path(name).filename();
  std::error_code error;
  if (fs::exists(file, error)) return file;
  fs::create_directories(file.parent_path(), error);
  write_whole(file.string(), bytes);
  return file;
}

bool is_kept(const fs::path& file, const fs::path& folder) {
  return file.lexically_normal().parent_path().parent_path() == folder.lexically_normal();
}

std::string opened_from_input(std::span<const char> bytes, const fs::path& folder) {
  const std::string_view text(bytes.data(), bytes.size());
  const std::string_view words = trimmed(text);
  if (words.empty()) throw Error("Standard input was empty; pipe a picture, a lesson or a session into it.");
  if (!is_text(text)) return kept_file(bytes, "standard input", folder).string();
  if (is_link(std::string(words))) return std::string(words);
  return kept_file(bytes, words.starts_with('{') ? "standard input.noiseglass" : "standard input.md", folder).string();
}

std::string opened_from_clipboard(std::span<const char> bytes, const fs::path& folder) {
  const std::string_view text(bytes.data(), bytes.size());
  if (!text.empty() && !is_text(text)) return kept_file(bytes, "pasted picture", folder).string();
  const std::string words(trimmed(text));
  if (is_link(words)) return words;
  if (words.starts_with('{')) return kept_file(bytes, "pasted.noiseglass", folder).string();
  const fs::path file = path_of(words.substr(0, words.find_first_of("\r\n")));
  std::error_code error;
  if (file.is_absolute() && fs::exists(file, error)) return file.string();
  throw Error("There is no picture, file or link on the clipboard.");
}

}  // namespace noiseglass::app
