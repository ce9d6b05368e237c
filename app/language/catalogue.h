#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace noiseglass::app {

/// One text of the interface, in English and in another language; both may hold {} for what is put in.
struct Message {
  std::string id;    ///< English, as the source has it
  std::string text;  ///< empty: not translated yet. {1}, {2} … stand where the order differs
};

/// Reads a catalogue as GNU gettext's tools write them (.po), without its header; what is marked as fuzzy counts as not
/// translated. @throws Error that names the line
std::vector<Message> parse_po(std::string_view po, const std::string& name);

/// Translates what the window draws. Texts come from many tables and are put together as they are needed, so a whole
/// text is looked up first, then as one of the sentences with {} in them, then piece by piece at what stands between
/// clauses; numbers and symbols stay as they are.
class Catalogue {
 public:
  explicit Catalogue(const std::vector<Message>& messages);

  /// @param unknown gets the pieces that are not in the catalogue, such as the names of files, and stay as they are
  std::string translate(const std::string& english, std::set<std::string>* unknown = nullptr) const;

 private:
  struct Pattern {
    std::vector<std::string> literals;  // what stands around the gaps: one more than there are gaps
    std::string text;
    std::size_t letters = 0;  // in what stands around
  };
  struct Attempt {
    std::string text;
    std::size_t unknown = 0;  // letters in pieces that were not found
    std::set<std::string> pieces = {};
  };
  using Seen = std::unordered_map<std::string_view, Attempt>;  // pieces come up again and again
  Attempt attempt(std::string_view english, int depth, Seen& seen) const;
  Attempt attempt_anew(std::string_view english, int depth, Seen& seen) const;
  bool match(const Pattern& pattern, std::string_view english, std::vector<std::string_view>& gaps) const;
  void try_patterns(std::string_view english, int depth, Seen& seen, Attempt& best) const;
  void try_pieces(std::string_view english, int depth, Seen& seen, Attempt& best) const;

  std::unordered_map<std::string, std::string> exact_;
  std::vector<Pattern> patterns_;  // those with the most letters first
};

/// Whether there is something to be translated in it: more than numbers, symbols and names of quantities.
bool has_words(std::string_view text);

}  // namespace noiseglass::app
