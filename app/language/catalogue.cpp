#include "language/catalogue.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace noiseglass::app {
namespace {

using std::string_view;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Names of quantities, the same in every language.
constexpr string_view symbols[] = {"SNR", "PSNR", "SSIM", "dB",  "ln",  "log", "DDPM", "DDIM",
                                   "KL",  "RMS",  "ODE",  "SDE", "MiB", "png", "min",  "px"};

constexpr int deepest = 8;          // pieces of pieces
constexpr std::size_t telling = 4;  // letters by which a sentence is known, whatever is put in

/// "\n", "\"" and "\\" as they are written in a .po file.
std::string unescaped(string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char next = text[++i];
    out += next == 'n' ? '\n' : next == 't' ? '\t' : next;
  }
  return out;
}

/// What is between the first and the last quotation mark of a line.
std::optional<std::string> quoted(string_view line) {
  const auto first = line.find('"'), last = line.rfind('"');
  if (first == line.npos || last == first) return std::nullopt;
  return unescaped(line.substr(first + 1, last - first - 1));
}

/// Spaces and what parts one clause from the next, before and behind a text.
constexpr string_view before[] = {" ", "\n", ".", ",", ":", ";", "·", "…", ")", "("};
constexpr string_view behind[] = {" ", "\n", ":", ";", ",", "·", "("};

struct Peeled {
  string_view lead, core, tail;
};

Peeled peel(string_view text) {
  string_view core = text;
  for (bool again = true; again;) {
    again = false;
    for (const string_view sign : before)
      if (core.starts_with(sign)) core.remove_prefix(sign.size()), again = true;
  }
  const string_view lead = text.substr(0, text.size() - core.size());
  for (bool again = true; again;) {
    again = false;
    for (const string_view sign : behind)
      if (core.ends_with(sign)) core.remove_suffix(sign.size()), again = true;
  }
  return {lead, core, text.substr(lead.size() + core.size())};
}

std::size_t letters_in(string_view text) { return std::size_t(std::ranges::count_if(text, is_letter)); }

std::vector<std::string> around_gaps(string_view text) {
  std::vector<std::string> literals;
  for (std::size_t at = 0;;) {
    const auto gap = text.find("{}", at);
    literals.emplace_back(text.substr(at, gap - at));
    if (gap == text.npos) return literals;
    at = gap + 2;
  }
}

/// The text with its gaps filled in: "{}" in their order, "{2}" the second.
std::string filled(string_view text, const std::vector<std::string>& gaps) {
  std::string out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool plain = text.substr(i).starts_with("{}");
    const bool numbered = i + 2 < text.size() && text[i] == '{' &&
                          std::isdigit(static_cast<unsigned char>(text[i + 1])) && text[i + 2] == '}';
    if (!plain && !numbered) {
      out += text[i];
      continue;
    }
    const std::size_t which = plain ? next++ : std::size_t(text[i + 1] - '1');
    if (which < gaps.size()) out += gaps[which];
    i += plain ? 1 : 2;
  }
  return out;
}

}  // namespace

bool has_words(string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    const string_view run = text.substr(at, end - at);
    if (run.size() > 1 && std::ranges::find(symbols, run) == std::end(symbols)) return true;
    at = end;
  }
  return false;
}

std::vector<Message> parse_po(string_view po, const std::string& name) {
  std::vector<Message> messages;
  Message now;
  std::string* part = nullptr;  // what a line of its own goes on with
  bool fuzzy = false, next_fuzzy = false;
  const auto finish = [&] {
    if (fuzzy) now.text.clear();
    if (!now.id.empty()) messages.push_back(now);
    now = {}, part = nullptr;
  };
  int number = 0;
  for (std::size_t at = 0; at <= po.size();) {
    const auto end = std::min(po.find('\n', at), po.size());
    string_view line = po.substr(at, end - at);
    at = end + 1, ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto fail = [&] {
      throw Error("\"" + name + "\" is no catalogue: line " + std::to_string(number) + " cannot be read.");
    };
    if (line.starts_with("#,")) next_fuzzy |= line.find("fuzzy") != line.npos;
    if (line.empty() || line.starts_with('#')) continue;
    const std::optional<std::string> text = quoted(line);
    if (!text) fail();
    if (line.starts_with("msgid ")) {
      finish();
      fuzzy = next_fuzzy, next_fuzzy = false;
      part = &now.id;
    } else if (line.starts_with("msgstr ")) {
      part = &now.text;
    } else if (!line.starts_with('"') || !part) {
      fail();
    }
    *part += *text;
  }
  finish();
  return messages;
}

Catalogue::Catalogue(const std::vector<Message>& messages) {
  for (const Message& message : messages) {
    if (message.text.empty()) continue;
    exact_[message.id] = message.text;
    if (message.id.find("{}") == std::string::npos) continue;
    Pattern pattern{around_gaps(message.id), message.text};
    for (const std::string& literal : pattern.literals) pattern.letters += letters_in(literal);
    patterns_.push_back(std::move(pattern));
  }
  std::ranges::stable_sort(patterns_, std::greater<>(), &Pattern::letters);
}

bool Catalogue::match(const Pattern& pattern, string_view english, std::vector<string_view>& gaps) const {
  gaps.clear();
  const string_view first = pattern.literals.front(), last = pattern.literals.back();
  if (english.size() < first.size() + last.size() || !english.starts_with(first) || !english.ends_with(last))
    return false;
  std::size_t at = first.size();
  const std::size_t end = english.size() - last.size();
  for (std::size_t i = 1; i + 1 < pattern.literals.size(); ++i) {
    const auto found = english.substr(0, end).find(pattern.literals[i], at);
    if (found == english.npos) return false;
    gaps.push_back(english.substr(at, found - at));
    at = found + pattern.literals[i].size();
  }
  if (at > end) return false;
  gaps.push_back(english.substr(at, end - at));
  return true;
}

void Catalogue::try_patterns(string_view english, int depth, Seen& seen, Attempt& best) const {
  std::vector<string_view> gaps;
  for (const Pattern& pattern : patterns_) {
    if (!match(pattern, english, gaps)) continue;
    Attempt whole;
    std::vector<std::string> put_in;
    for (const string_view gap : gaps) {
      Attempt part = attempt(gap, depth + 1, seen);
      whole.unknown += part.unknown;
      whole.pieces.merge(part.pieces);
      put_in.push_back(std::move(part.text));
    }
    if (pattern.letters < telling && whole.unknown > 0) continue;  // "a of b" is in every other sentence
    whole.text = filled(pattern.text, put_in);
    if (whole.unknown < best.unknown) best = std::move(whole);
    if (best.unknown == 0) return;
  }
}

void Catalogue::try_pieces(string_view english, int depth, Seen& seen, Attempt& best) const {
  // The first letters of each stay with the piece before it.
  constexpr std::array<std::pair<string_view, std::size_t>, 11> separators = {{{"\n", 0},
                                                                               {"  ·  ", 0},
                                                                               {" · ", 0},
                                                                               {". ", 1},
                                                                               {"; ", 0},
                                                                               {": ", 0},
                                                                               {", ", 0},
                                                                               {" (", 0},
                                                                               {"   ", 0},
                                                                               {" → ", 0},
                                                                               {"  ", 0}}};
  for (const auto& [sign, kept] : separators)
    for (auto found = english.find(sign); found != english.npos; found = english.find(sign, found + 1)) {
      Attempt whole = attempt(english.substr(0, found + kept), depth + 1, seen);
      if (whole.unknown >= best.unknown) continue;  // what follows can make it no better
      Attempt rest = attempt(english.substr(found + sign.size()), depth + 1, seen);
      whole.text += std::string(sign.substr(kept)) + rest.text;
      whole.unknown += rest.unknown;
      whole.pieces.merge(rest.pieces);
      if (whole.unknown < best.unknown) best = std::move(whole);
      if (best.unknown == 0) return;
    }
}

Catalogue::Attempt Catalogue::attempt(string_view english, int depth, Seen& seen) const {
  if (!has_words(english)) return {std::string(english)};
  if (const auto found = seen.find(english); found != seen.end()) return found->second;
  return seen[english] = attempt_anew(english, depth, seen);
}

Catalogue::Attempt Catalogue::attempt_anew(string_view english, int depth, Seen& seen) const {
  const std::string whole(english);
  if (const auto found = exact_.find(whole); found != exact_.end()) return {found->second};
  Attempt best{whole, letters_in(english), {whole}};
  if (depth > deepest) return best;
  if (const Peeled peeled = peel(english); peeled.core.size() < english.size()) {
    Attempt core = attempt(peeled.core, depth + 1, seen);
    core.text = std::string(peeled.lead) + core.text + std::string(peeled.tail);
    return core;
  }
  try_patterns(english, depth, seen, best);
  for (const char sign : {'.', ')', '?'})  // a clause that ends the sentence here, or stands in brackets
    if (best.unknown > 0 && english.ends_with(sign)) {
      Attempt clause = attempt(english.substr(0, english.size() - 1), depth + 1, seen);
      clause.text += sign;
      if (clause.unknown < best.unknown) best = std::move(clause);
    }
  if (const auto last = english.rfind(' ');
      best.unknown > 0 && last != english.npos && !has_words(english.substr(last))) {
    Attempt before_number = attempt(english.substr(0, last), depth + 1, seen);  // "last β 0.04"
    before_number.text += english.substr(last);
    if (before_number.unknown < best.unknown) best = std::move(before_number);
  }
  if (best.unknown > 0) try_pieces(english, depth, seen, best);
  return best;
}

std::string Catalogue::translate(const std::string& english, std::set<std::string>* unknown) const {
  Seen seen;
  Attempt found = attempt(english, 0, seen);
  if (unknown) unknown->merge(found.pieces);
  return std::move(found.text);
}

}  // namespace noiseglass::app
