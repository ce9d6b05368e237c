#include "ui/lessons/rich_text.h"

#include "language/language.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/focus.h"

#include "lessons/library.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {

/// A word, or a formula: what stands on one line or the next, but is not broken.
struct RichText::Piece {
  lessons::Span::Kind kind = lessons::Span::Kind::text;
  std::string text, target;
  ImFont* font = nullptr;
  Found formula;
  float width = 0, ascent = 0, descent = 0;
  bool space_before = false, break_before = false, begins_link = false;
};

RichText::Found RichText::find(const lessons::Tex& tex) const {
  if (const auto* equation = bundled_.find(tex)) return {&bundled_, equation};
  if (own_)
    if (const auto* equation = own_->find(tex)) return {own_, equation};
  return {};
}

std::vector<RichText::Piece> RichText::pieces_of(const lessons::Spans& text, ImFont* font) const {
  using Kind = lessons::Span::Kind;
  std::vector<Piece> pieces;
  bool space = false, forced = false;
  const auto add = [&](Piece piece) {
    if (!piece.formula.equation) {
      piece.width = text_width(piece.font, piece.text) + (piece.kind == Kind::code ? theme_.px(8) : 0);
      piece.ascent = piece.font->Ascent;
      piece.descent = piece.font->FontSize - piece.font->Ascent;
    } else {
      const lessons::Equation& equation = *piece.formula.equation;
      piece.width = theme_.px(equation.width);
      piece.ascent = theme_.px(equation.height - equation.depth), piece.descent = theme_.px(equation.depth);
    }
    piece.space_before = std::exchange(space, false);
    piece.break_before = std::exchange(forced, false);
    pieces.push_back(std::move(piece));
  };
  for (const lessons::Span& span : text) {
    Piece like{span.kind, "", span.target, font, {}};
    like.begins_link = span.kind == Kind::link;
    if (span.kind == Kind::strong) like.font = theme_.strong;
    if (span.kind == Kind::emphasis) like.font = theme_.emphasis;
    if (span.kind == Kind::formula) {
      like.text = span.text;
      like.formula = find({span.text, false});
      if (!like.formula.equation) like.kind = Kind::code;
      add(like);
      continue;
    }
    if (span.kind == Kind::code) {  // not broken
      like.text = span.text;
      add(like);
      continue;
    }
    std::string word;
    const auto end_word = [&] {
      if (word.empty()) return;
      Piece piece = like;
      piece.text = std::exchange(word, {});
      like.begins_link = false;
      add(piece);
    };
    for (const char c : span.text) {
      if (c != ' ' && c != '\n') {
        word += c;
        continue;
      }
      end_word();
      space = true;
      forced |= c == '\n';
    }
    end_word();
  }
  return pieces;
}

void RichText::draw_piece(const Piece& piece, ImVec2 baseline, ImU32 colour) {
  if (piece.formula.equation) {
    const std::string symbol =
        piece.formula.ink->draw(theme_, *piece.formula.equation, {baseline.x, baseline.y - piece.ascent}, colour);
    if (!symbol.empty()) pointed_at_ = symbol;
    return;
  }
  float x = baseline.x;
  const float top = baseline.y - piece.ascent;
  if (piece.kind == lessons::Span::Kind::code) {
    ImGui::GetWindowDrawList()->AddRectFilled({x, top - theme_.px(2)},
                                              {x + piece.width, top + piece.font->FontSize + theme_.px(3)},
                                              theme_.raised, theme_.px(4));
    x += theme_.px(4);
  }
  if (piece.kind == lessons::Span::Kind::link)
    draw_link(piece, {{x, top}, {x + piece.width, top + piece.font->FontSize}});
  draw_text(piece.font, {x, top}, colour, piece.text);
}

/// One word of it, which can be pressed; the keyboard stops at the first.
void RichText::draw_link(const Piece& piece, const Rect& rect) {
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(rect.min);
  ImGui::PushID(int(rect.min.x)), ImGui::PushID(int(rect.min.y - ImGui::GetWindowPos().y + ImGui::GetScrollY()));
  const bool pressed = hit_area("link", {rect.width(), rect.height()});
  links_.try_emplace(piece.target, rect);
  if (piece.begins_link) focus_stop(Takes::press);
  if (pressed) followed_ = piece.target;
  if (lessons::is_address(piece.target)) tooltip(theme_, (piece.target + " (press to copy)").c_str());
  ImGui::PopID(), ImGui::PopID();
  const float y = rect.max.y + theme_.px(1);
  ImGui::GetWindowDrawList()->AddLine({rect.min.x, y}, {rect.max.x, y}, theme_.accent, theme_.px(1.5f));
  ImGui::SetCursorScreenPos(cursor);
}

float RichText::draw(const lessons::Spans& text, ImVec2 at, float width, ImU32 colour, bool visible, ImFont* font) {
  const AsWritten lesson;
  if (!font) font = theme_.body;
  const std::vector<Piece> pieces = pieces_of(text, font);
  const float leading = std::round(font->FontSize * 1.5f), blank = text_width(font, " ");
  float y = at.y;
  for (std::size_t first = 0; first < pieces.size();) {
    // as many pieces as fit; those without a space between them stay together
    float taken = 0, ascent = 0, descent = 0;
    std::size_t end = first;
    for (std::size_t next = first; next < pieces.size();) {
      if (next > first && pieces[next].break_before) break;
      std::size_t glued = next;
      float more = next > first ? blank : 0;
      do more += pieces[glued++].width;
      while (glued < pieces.size() && !pieces[glued].space_before);
      if (next > first && taken + more > width) break;
      taken += more;
      end = next = glued;
    }
    for (std::size_t i = first; i < end; ++i)
      ascent = std::max(ascent, pieces[i].ascent), descent = std::max(descent, pieces[i].descent);
    const float room = std::max(0.f, (leading - font->FontSize) / 2);  // above and below plain text
    const float above = std::max(font->Ascent + room, ascent + theme_.px(2));
    const float below = std::max(font->FontSize - font->Ascent + room, descent + theme_.px(2));
    float x = at.x;
    for (std::size_t i = first; i < end; ++i) {
      if (i > first && pieces[i].space_before) x += blank;
      if (visible) draw_piece(pieces[i], {x, std::round(y + above)}, colour);
      x += pieces[i].width;
    }
    y += std::round(above + below);
    first = end;
  }
  return y - at.y;
}

float RichText::width(const lessons::Spans& text, ImFont* font) const {
  if (!font) font = theme_.body;
  float taken = 0;
  for (const Piece& piece : pieces_of(text, font))
    taken += piece.width + (piece.space_before && taken > 0 ? text_width(font, " ") : 0);
  return std::ceil(taken) + 1;
}

float RichText::draw_formula(const std::string& tex, ImVec2 at, float width, ImU32 colour) {
  const Found found = find({tex, true});
  if (!found.equation) return draw({{lessons::Span::Kind::code, tex}}, at, width, colour);
  const float w = theme_.px(found.equation->width), h = theme_.px(found.equation->height);
  const auto draw_at = [&](ImVec2 place) {
    const std::string symbol = found.ink->draw(theme_, *found.equation, place, colour);
    if (!symbol.empty()) pointed_at_ = symbol;
  };
  if (w <= width) {
    draw_at({at.x + (width - w) / 2, at.y});
    return h;
  }
  const float high = h + ImGui::GetStyle().ScrollbarSize;  // as large as the others: it is scrolled
  ImGui::SetCursorScreenPos(at);
  ImGui::BeginChild(("formula " + tex).c_str(), {width, high}, false, ImGuiWindowFlags_HorizontalScrollbar);
  draw_at(ImGui::GetCursorScreenPos());
  ImGui::Dummy({w, h});
  ImGui::EndChild();
  return high;
}

}  // namespace noiseglass::app
