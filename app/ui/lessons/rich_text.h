#pragma once

#include "ui/lessons/equation_ink.h"
#include "ui/widgets/controls.h"

#include <map>
#include <string>

namespace noiseglass::app {

/// Running text with styles and formulae, broken into lines of a width; drawn where it is told to.
class RichText {
 public:
  RichText(const Theme& theme, EquationInk& bundled, EquationInk* own) : theme_(theme), bundled_(bundled), own_(own) {}

  /// @returns the height that the text takes; nothing is drawn when `visible` is false
  float draw(const lessons::Spans& text, ImVec2 at, float width, ImU32 colour, bool visible = true,
             ImFont* font = nullptr);
  /// How wide the text is on one line.
  float width(const lessons::Spans& text, ImFont* font = nullptr) const;
  /// A formula in the middle of a line of its own. @returns its height
  float draw_formula(const std::string& tex, ImVec2 at, float width, ImU32 colour);

  /// The symbol under the mouse, of all that was drawn.
  const std::string& pointed_at() const { return pointed_at_; }
  /// Where the link that was pressed in this frame leads; empty when none was.
  const std::string& followed() const { return followed_; }
  /// Where they are, by what they lead to.
  const std::map<std::string, Rect>& links() const { return links_; }

 private:
  struct Piece;
  struct Found {
    EquationInk* ink = nullptr;
    const lessons::Equation* equation = nullptr;
  };
  Found find(const lessons::Tex& tex) const;
  std::vector<Piece> pieces_of(const lessons::Spans& text, ImFont* font) const;
  void draw_piece(const Piece& piece, ImVec2 baseline, ImU32 colour);
  void draw_link(const Piece& piece, const Rect& rect);

  const Theme& theme_;
  EquationInk& bundled_;
  EquationInk* own_;
  std::string pointed_at_, followed_;
  std::map<std::string, Rect> links_;
};

}  // namespace noiseglass::app
