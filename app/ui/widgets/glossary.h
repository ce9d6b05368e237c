#pragma once

#include "ui/widgets/controls.h"

#include <string>

namespace noiseglass::app {

/// What stands on screen and may need a word: a quantity, how a picture came about, an entry of a legend.
struct Term {
  const char* name;      ///< as it is drawn; numbers in it count as '#'
  const char* sentence;  ///< what it means, in one sentence
  const char* formula;   ///< empty where there is none
  bool is_symbol;        ///< it may be followed by its value or by words: "ᾱ", "PSNR 23.1 dB"
};

/// @returns the term that a drawn text is or begins with; null if it is none
const Term* find_term(const std::string& text);

// Each text that is a term explains itself where it is pointed at, wherever it is drawn; what has a tooltip of its own
// goes first.
void note_term(const std::string& text, const Rect& rect);  ///< called by everything that draws text
void draw_explanation(const Theme& theme);                  ///< once, after everything else

}  // namespace noiseglass::app
