#include "language/language.h"

#include "language/catalogue.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/platform.h"

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace noiseglass::app {
namespace {

constexpr std::size_t most_kept = 4096;  // translations that a thread remembers

struct Spoken {
  std::string code;
  std::unique_ptr<const Catalogue> catalogue;  // null: English
};

/// Those that were ever used stay, since another thread may be looking something up.
std::atomic<const Spoken*> in_use = nullptr;

/// Of a language that has one; else an empty path.
std::filesystem::path catalogue_of(const std::string& code) {
  try {
    const std::filesystem::path file = assets_folder() / "languages" / (code + ".po");
    std::error_code error;
    return std::filesystem::is_regular_file(file, error) ? file : std::filesystem::path();
  } catch (const Error&) {  // whoever needs the assets says that they are missing
    return {};
  }
}

const Spoken* load(const std::string& code) {
  static std::mutex mutex;
  static std::map<std::string, Spoken> loaded;
  const std::scoped_lock lock(mutex);
  if (const auto found = loaded.find(code); found != loaded.end()) return &found->second;
  const std::filesystem::path file = catalogue_of(code);
  const std::vector<char> bytes = read_whole(file);
  const auto messages = parse_po({bytes.data(), bytes.size()}, file.filename().string());
  return &(loaded[code] = {code, std::make_unique<const Catalogue>(messages)});
}

thread_local std::set<std::string>* noted = nullptr;
thread_local int as_written = 0;

}  // namespace

const std::vector<Language>& languages() {
  static const std::vector<Language> all = [] {
    std::vector<Language> found = {{"en", "English"}};
    for (const Language& other : {Language{"de", "Deutsch"}, Language{"es", "Español"}})
      if (!catalogue_of(other.code).empty()) found.push_back(other);
    return found;
  }();
  return all;
}

const Language* find_language(const std::string& code) {
  for (const Language& language : languages())
    if (language.code == code) return &language;
  return nullptr;
}

std::string system_language() {
  const std::string asked = platform::language();
  const std::string code = asked.substr(0, asked.find_first_of("_.@-"));
  return find_language(code) ? code : "en";
}

void use_language(const std::string& asked) {
  const std::string code = asked == "system" ? system_language() : asked;
  if (code == language_in_use()) return;
  try {
    in_use = code == "en" || !find_language(code) ? nullptr : load(code);
  } catch (const Error&) {
    in_use = nullptr;
  }
}

std::string language_in_use() {
  const Spoken* spoken = in_use;
  return spoken ? spoken->code : "en";
}

std::string tr(const std::string& english) {
  const Spoken* spoken = in_use;
  if (!spoken || as_written > 0) return english;
  if (noted) return spoken->catalogue->translate(english, noted);
  thread_local const Spoken* of = nullptr;
  thread_local std::unordered_map<std::string, std::string> kept;
  if (of != spoken || kept.size() > most_kept) kept.clear(), of = spoken;
  const auto [place, is_new] = kept.try_emplace(english);
  if (is_new) place->second = spoken->catalogue->translate(english);
  return place->second;
}

AsWritten::AsWritten() { ++as_written; }
AsWritten::~AsWritten() { --as_written; }

std::string tr_label(const std::string& english) {
  const auto hash = english.find("##");
  return tr(english.substr(0, hash)) + "###" + english;
}

void note_unknown_texts(std::set<std::string>* unknown) { noted = unknown; }

}  // namespace noiseglass::app
