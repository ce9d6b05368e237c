// A state in one short text: what differs from the window as it opens, percent-encoded.
#include "session/session_file.h"
#include "session/set_state.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string_view>

namespace noiseglass::app {
namespace {

constexpr const char* scheme = "noiseglass:";

/// What a link, a mail and a shell leave alone stays as it is.
std::string encoded(const std::string& text) {
  std::string out;
  for (const unsigned char c : text) {
    if (std::isalnum(c) || std::string_view("._-,/").find(char(c)) != std::string_view::npos) {
      out += char(c);
    } else {
      out += '%';
      for (const int shift : {4, 0}) out += "0123456789ABCDEF"[c >> shift & 15];
    }
  }
  return out;
}

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      out += char(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::string link_of(const AppState& state, const Library& library) {
  AppState sent = state;
  bool bundled = false;
  for (const BundledPicture& picture : library.pictures) bundled |= picture.path == state.picture;
  if (!bundled) sent.picture = starting_state(library).picture;
  std::string link = scheme;
  for (const Assignment& one : get_state(sent, starting_state(library), library))
    link += (link.ends_with(':') ? "" : ";") + one.name + "=" + encoded(one.value);
  return link;
}

bool is_link(const std::string& text) { return text.starts_with(scheme); }

AppState state_of_link(const std::string& link, const Library& library) {
  std::vector<Assignment> lines;
  std::size_t at = std::string(scheme).size();
  while (at < link.size()) {
    const std::size_t end = std::min(link.find(';', at), link.size());
    const std::string one = link.substr(at, end - at);
    const auto equals = one.find('=');
    if (equals == one.npos) throw UsageError("This link is incomplete: \"" + one + "\" sets nothing.");
    lines.push_back({one.substr(0, equals), decoded(one.substr(equals + 1))});
    at = end + 1;
  }
  AppState state = starting_state(library);
  const auto wrong = set_state(state, lines, library, "/");
  if (!wrong.empty()) throw UsageError("In this link, " + wrong.front().text);
  return state;
}

}  // namespace noiseglass::app
