#include "ui/window/palette/entries.h"

#include "language/language.h"
#include "lessons/library.h"
#include "session/actions.h"
#include "session/panel_record.h"
#include "session/set_state.h"

#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <sstream>
#include <utility>

namespace noiseglass::app {
namespace {

using Kind = PaletteEntry::Kind;

const std::map<std::string, std::string> also_called{
    {"play_forward", "diffuse corrupt"},
    {"play_reverse", "sample restore"},
    {"generate", "dream sample create"},
    {"generate_wall", "samples wall many"},
    {"another_class", "label"},
    {"new_noise", "random epsilon"},
    {"lanes", "compare side by side"},
    {"theme", "colours light dark high contrast mode"},
    {"help", "about preferences theme transitions"},
    {"keys", "shortcuts keyboard help"},
    {"tour", "introduction start first steps"},
    {"compare", "wipe divider before after"},
    {"larger", "zoom in scale"},
    {"smaller", "zoom out scale"},
    {"usual_size", "zoom reset scale"},
    {"project", "presentation beamer hall"},
    {"export", "png svg gif webm mp4 npy pdf worksheet"},
    {"copy_link", "share"},
    {"lane.guidance", "cfg scale"},
    {"T", "steps timesteps"},
    {"t", "timestep time noise level slider"},
};

std::string also(const std::string& name) {
  const auto found = also_called.find(name);
  return found == also_called.end() ? "" : found->second;
}

std::string lower(std::string text) {
  for (char& c : text) c = char(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::vector<std::string> words_of(const std::string& text) {
  std::string apart = lower(text);
  for (char& c : apart)
    if (c == '.' || c == '_' || c == '-' || c == ':' || c == '=') c = ' ';
  std::istringstream stream(apart);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

bool has_letters_in_order(const std::string& letters, const std::string& word) {
  std::size_t seen = 0;
  for (const char c : word)
    if (seen < letters.size() && c == letters[seen]) ++seen;
  return seen == letters.size();
}

int fit_of_word(const std::string& asked, const std::vector<std::string>& words) {
  int best = 0;
  for (const std::string& word : words) {
    if (word == asked) return 8;
    if (word.starts_with(asked)) best = std::max(best, 6);
    if (asked.size() > 1 && word.find(asked) != word.npos) best = std::max(best, 3);
    if (asked.size() > 2 && asked[0] == word[0] && has_letters_in_order(asked, word)) best = std::max(best, 1);
  }
  return best;
}

void add_settings(std::vector<PaletteEntry>& entries) {
  const auto choice = [&](const std::string& name, const std::string& value, const std::string& label) {
    entries.push_back({Kind::setting, name, value, false, label, name + " = " + value, also(name)});
  };
  choice("panel", "pictures", "Tab: Pictures");
  for (const PanelRecord& panel : panel_records()) choice("panel", panel.id, "Tab: " + panel.label);
  for (const auto& schedule : schedule_records()) choice("lane.schedule", schedule.id, "Schedule: " + schedule.label);
  for (const auto& sampler : sampler_records()) choice("lane.sampler", sampler.id, "Sampler: " + sampler.label);
  for (const StateKey& key : state_keys())
    entries.push_back({Kind::setting, key.name, "", true, key.name, key.help + ": " + key.value, also(key.name)});
  for (const PanelRecord& panel : panel_records())
    for (const Setting& setting : panel.settings)
      entries.push_back({Kind::setting, panel.id + "." + setting.id, "", true, panel.id + "." + setting.id,
                         "a setting of " + panel.label, ""});
}

/// The value behind the name, where there is one that this setting asks for.
PaletteEntry with_typed_value(PaletteEntry entry, const std::string& value) {
  entry.value = value;
  entry.label += " = " + value;
  return entry;
}

}  // namespace

std::vector<PaletteEntry> palette_entries(const std::vector<lessons::Lesson>& lessons) {
  std::vector<PaletteEntry> entries;
  for (const Action& action : actions())
    if (action.id != "palette")
      entries.push_back({Kind::action, action.id, "", false, action.label, hint(action), also(action.id)});
  for (const lessons::Lesson& lesson : lessons)
    entries.push_back({Kind::lesson, lesson.file.string(), "", false, "Lesson: " + lesson.title, lesson.takeaway,
                       lessons::short_name(lesson.file)});
  add_settings(entries);
  if (language_in_use() == "en") return entries;
  for (PaletteEntry& entry : entries) entry.words += " " + tr(entry.label);
  return entries;
}

int fit(const std::string& query, const std::string& text) {
  const std::vector<std::string> words = words_of(text);
  int sum = 0;
  for (const std::string& asked : words_of(query)) {
    const int one = fit_of_word(asked, words);
    if (one == 0) return 0;
    sum += one;
  }
  return sum;
}

std::vector<PaletteEntry> fitting(const std::vector<PaletteEntry>& entries, const std::string& query) {
  const auto first = query.find_first_not_of(' ');
  if (first == query.npos) return entries;
  const std::string asked = query.substr(first, query.find_last_not_of(' ') + 1 - first);
  const auto gap = asked.rfind(' ');
  std::vector<std::pair<int, PaletteEntry>> found;
  for (const PaletteEntry& entry : entries) {
    // What it is called counts twice, so that it comes before what only speaks of it.
    const std::string names = entry.label + " " + entry.name + " " + entry.words;
    const int named = entry.kind == Kind::lesson ? fit(asked, entry.label + " " + entry.words) : fit(asked, names);
    if (named > 0)
      found.emplace_back(2 * named, entry);
    else if (const int value = gap == asked.npos || !entry.asks ? 0 : fit(asked.substr(0, gap), names); value > 0)
      found.emplace_back(2 * value, with_typed_value(entry, asked.substr(gap + 1)));
    else if (const int about = fit(asked, names + " " + entry.about); about > 0)
      found.emplace_back(about, entry);
  }
  std::ranges::stable_sort(found, std::greater{}, [](const auto& one) { return one.first; });
  std::vector<PaletteEntry> sorted;
  for (auto& [score, entry] : found) sorted.push_back(std::move(entry));
  return sorted;
}

}  // namespace noiseglass::app
