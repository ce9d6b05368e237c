#pragma once

#include <set>
#include <string>
#include <vector>

namespace noiseglass::app {

/// A language that the window can speak.
struct Language {
  std::string code;  ///< ISO 639: "de"
  std::string name;  ///< what it calls itself: "Deutsch"
};

/// English, and those that have a whole catalogue in assets/languages.
const std::vector<Language>& languages();
const Language* find_language(const std::string& code);  ///< null when there is none

/// What the system asks for (on Linux LC_ALL, LC_MESSAGES or LANG), if it is one of languages(); else "en".
std::string system_language();

/// From now on, on every thread. What cannot be read stays English. Names in files and on the command line are always
/// English: only what is drawn goes through tr().
/// @param code one of languages(), or "system"
void use_language(const std::string& code);
std::string language_in_use();  ///< its code

/// The text in the language in use. Called by everything that draws text, with the English text; nothing else needs to
/// know that there are others.
std::string tr(const std::string& english);
/// While it lives, tr() leaves texts as they are on this thread: they are a lesson's or a person's own words.
struct AsWritten {
  AsWritten();
  ~AsWritten();
  AsWritten(const AsWritten&) = delete;
  AsWritten& operator=(const AsWritten&) = delete;
};
/// The label of an ImGui item, whose id ("###" and the English label) stays the same in every language.
std::string tr_label(const std::string& english);

/// For tests: from now on what is looked up and not found is noted; null: no more. On this thread.
void note_unknown_texts(std::set<std::string>* unknown);

}  // namespace noiseglass::app
