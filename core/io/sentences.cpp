#include "noiseglass/discrete.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <sstream>

namespace noiseglass {

Tokens tokens_of_text(std::string_view text, std::size_t length) {
  Tokens tokens;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;  // the rest of a letter that UTF-8 writes in several bytes
    const std::size_t place = letters.find(byte >= 'A' && byte <= 'Z' ? char(byte - 'A' + 'a') : c);
    tokens.push_back(place == std::string_view::npos ? 0 : std::uint8_t(place));
  }
  tokens.resize(length, 0);
  return tokens;
}

std::vector<std::string> read_sentences(const std::filesystem::path& file) {
  const std::filesystem::path place = file.empty() ? assets_folder() / "text" / "sentences.txt" : file;
  const std::vector<char> bytes = read_whole(place);
  std::istringstream text(std::string(bytes.begin(), bytes.end()));
  std::vector<std::string> sentences;
  for (std::string line; std::getline(text, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    if (sentences.size() == limits::sentences)
      throw Error("There are more than " + std::to_string(limits::sentences) + " sentences in \"" + place.string() +
                  "\".");
    sentences.push_back(line);
  }
  if (sentences.empty()) throw Error("There is no sentence in \"" + place.string() + "\".");
  return sentences;
}

}  // namespace noiseglass
