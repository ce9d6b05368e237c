#include "ui/widgets/controls.h"

#include "language/language.h"
#include "ui/widgets/box.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/focus.h"
#include "ui/widgets/glossary.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout_record.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace noiseglass::app {
namespace {

void draw_icon(ImDrawList& draw, Icon icon, ImVec2 c, float r, ImU32 colour) {
  auto triangle = [&](float x, float direction, float size) {
    const float w = size * 0.85f * direction, high = size * direction;  // clockwise, or its edges are not smooth
    draw.AddTriangleFilled({x - w, c.y - high}, {x + w, c.y}, {x - w, c.y + high}, colour);
  };
  auto bar = [&](float x, float half) { draw.AddRectFilled({x - half, c.y - r}, {x + half, c.y + r}, colour); };
  const float thin = r * 0.2f;
  switch (icon) {
    case Icon::play:
      triangle(c.x + r * 0.12f, 1, r);
      break;
    case Icon::play_back:
      triangle(c.x - r * 0.12f, -1, r);
      break;
    case Icon::pause:
      bar(c.x - r * 0.45f, r * 0.22f), bar(c.x + r * 0.45f, r * 0.22f);
      break;
    case Icon::step_forward:
      triangle(c.x + r * 0.25f, 1, r * 0.85f), bar(c.x - r * 0.85f, thin);
      break;
    case Icon::step_back:
      triangle(c.x - r * 0.25f, -1, r * 0.85f), bar(c.x + r * 0.85f, thin);
      break;
    case Icon::home:
      triangle(c.x + r * 0.1f, -1, r * 0.85f), bar(c.x - r * 0.9f, thin);
      break;
    case Icon::end:
      triangle(c.x - r * 0.1f, 1, r * 0.85f), bar(c.x + r * 0.9f, thin);
      break;
    case Icon::loop: {
      draw.PathArcTo(c, r * 0.85f, -2.6f, 2.2f, 20);
      draw.PathStroke(colour, 0, r * 0.3f);
      const ImVec2 tip{c.x + std::cos(-2.6f) * r * 0.85f, c.y + std::sin(-2.6f) * r * 0.85f};
      draw.AddTriangleFilled({tip.x - r * 0.5f, tip.y}, {tip.x + r * 0.4f, tip.y - r * 0.35f},
                             {tip.x + r * 0.25f, tip.y + r * 0.6f}, colour);
      break;
    }
    case Icon::dice: {
      draw.AddRect({c.x - r, c.y - r}, {c.x + r, c.y + r}, colour, r * 0.35f, 0, r * 0.22f);
      for (float d : {-0.45f, 0.f, 0.45f}) draw.AddCircleFilled({c.x + d * r, c.y + d * r}, r * 0.2f, colour);
      break;
    }
    case Icon::sun: {
      draw.AddCircleFilled(c, r * 0.45f, colour);
      for (int i = 0; i < 8; ++i) {
        const float a = float(i) * 0.7853982f, x = std::cos(a), y = std::sin(a);
        draw.AddLine({c.x + x * r * 0.7f, c.y + y * r * 0.7f}, {c.x + x * r, c.y + y * r}, colour, r * 0.2f);
      }
      break;
    }
    case Icon::save: {  // into a tray
      draw.AddLine({c.x, c.y - r}, {c.x, c.y + r * 0.2f}, colour, r * 0.25f);
      draw.AddTriangleFilled({c.x - r * 0.5f, c.y - r * 0.1f}, {c.x + r * 0.5f, c.y - r * 0.1f}, {c.x, c.y + r * 0.5f},
                             colour);
      const ImVec2 tray[] = {
          {c.x - r, c.y + r * 0.3f}, {c.x - r, c.y + r}, {c.x + r, c.y + r}, {c.x + r, c.y + r * 0.3f}};
      draw.AddPolyline(tray, 4, colour, 0, r * 0.25f);
      break;
    }
    case Icon::contrast: {
      draw.AddCircle(c, r * 0.9f, colour, 0, r * 0.22f);
      draw.PathArcTo(c, r * 0.85f, -1.5708f, 1.5708f, 16);
      draw.PathFillConvex(colour);
      break;
    }
    case Icon::moon: {
      draw.PathArcTo(c, r * 0.85f, 0.6f, 5.0f, 24);
      draw.PathArcTo({c.x + r * 0.42f, c.y - r * 0.32f}, r * 0.72f, 4.45f, 1.15f, 24);
      draw.PathFillConvex(colour);
      break;
    }
  }
}

}  // namespace

void draw_ring(const Theme& theme, const Rect& rect, ImU32 colour) {
  const float grow = theme.px(3);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const ImVec2 min{std::max(rect.min.x - grow, theme.px(2)), std::max(rect.min.y - grow, theme.px(2))};
  const ImVec2 max{std::min(rect.max.x + grow, screen.x - theme.px(2)),
                   std::min(rect.max.y + grow, screen.y - theme.px(2))};
  ImGui::GetForegroundDrawList()->AddRect(min, max, colour, theme.px(8), 0, theme.px(2));
}

namespace {
const Rect* kept_clear = nullptr;  // of the innermost ClearOfTooltips

/// A tooltip of this size lies above what it is to leave clear, or else below.
void place_clear(const Theme& theme, const Rect& clear, ImVec2 size) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float gap = theme.px(4), x = std::min(ImGui::GetItemRectMin().x, screen.x - size.x - gap);
  const float above = clear.min.y - size.y - gap;
  ImGui::SetNextWindowPos({std::max(gap, x), above >= 0 ? above : clear.max.y + gap});
}
}  // namespace

ClearOfTooltips::ClearOfTooltips(const Rect& rect) : rect_(rect), outer_(std::exchange(kept_clear, &rect_)) {}
ClearOfTooltips::~ClearOfTooltips() { kept_clear = outer_; }

void open_below(const Theme& theme, const Rect& owner, float width, const Rect& bounds) {
  const float gap = theme.px(6), y = owner.max.y + gap;
  ImGui::SetNextWindowPos({std::max(bounds.min.x, std::min(owner.min.x, bounds.max.x - width)), y});
  ImGui::SetNextWindowSize({width, 0});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {bounds.width(), std::max(theme.px(100), bounds.max.y - gap - y)});
}

void tooltip(const Theme& theme, const char* english) {
  if (!english || !*english || !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) || dialog_appears()) return;
  const std::string text = tr(english);
  const ImVec2 pad{theme.px(12), theme.px(8)};
  if (kept_clear) {
    const ImVec2 words = ImGui::CalcTextSize(text.c_str(), nullptr, false, theme.px(320) - pad.x);
    place_clear(theme, *kept_clear, {words.x + 2 * pad.x, words.y + 2 * pad.y});
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, pad);
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(theme.px(320));
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

bool icon_button(const Theme& theme, const char* id, Icon icon, const char* tip, bool active, bool enabled,
                 float design_side) {
  const float side = theme.px(design_side);
  ImGui::BeginDisabled(!enabled);
  const bool pressed = hit_area(id, {side, side});
  focus_stop(Takes::press);
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  if (active || hovered) draw.AddRectFilled(min, max, hovered ? theme.hovered : theme.raised, theme.px(6));
  const ImU32 colour = faded(active || hovered ? theme.text : theme.dim, enabled ? 1.f : 0.4f);
  draw_icon(draw, icon, {(min.x + max.x) / 2, (min.y + max.y) / 2}, std::min(theme.px(7), side * 0.27f), colour);
  tooltip(theme, tip);
  ImGui::EndDisabled();
  return pressed;
}

float icon_text_width(const Theme& theme, const char* text) {
  return theme.px(10 + 12 + 8 + 12) + text_width(theme.body, text);
}

bool icon_text_button(const Theme& theme, const char* id, Icon icon, const char* text, const char* tip, bool primary,
                      bool enabled) {
  const float height = theme.px(32), pad = theme.px(10), glyph = theme.px(12);
  const float width = icon_text_width(theme, text);
  ImGui::BeginDisabled(!enabled);
  const bool pressed = hit_area(id, {width, height});
  focus_stop(Takes::press);
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float opacity = enabled ? 1.f : 0.4f;
  const ImU32 fill = primary ? faded(theme.accent, hovered ? 0.85f : 1.f) : hovered ? theme.hovered : theme.raised;
  draw.AddRectFilled(min, max, faded(fill, opacity), theme.px(6));
  if (theme.outlined && enabled) draw.AddRect(min, max, theme.border, theme.px(6));
  const ImU32 colour = faded(primary ? theme.on_accent : theme.text, opacity);
  draw_icon(draw, icon, {min.x + pad + glyph / 2, (min.y + max.y) / 2}, glyph / 2, colour);
  const float top = (min.y + max.y - theme.body->FontSize) / 2;
  draw_text(theme.body, {min.x + pad + glyph + theme.px(8), top}, colour, text);
  tooltip(theme, tip);
  ImGui::EndDisabled();
  return pressed;
}

bool segmented(const Theme& theme, const char* id, const std::vector<std::string>& labels, int& chosen,
               const char* tip) {
  const float height = theme.px(28), pad = theme.px(10);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 start = ImGui::GetCursorScreenPos();
  float width = 0;
  for (const std::string& label : labels) width += text_width(theme.small, label) + 2 * pad;
  draw.AddRectFilled(start, {start.x + width, start.y + height}, theme.raised, theme.px(6));
  if (theme.outlined) draw.AddRect(start, {start.x + width, start.y + height}, theme.border, theme.px(6));
  ImGui::PushID(id);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  bool changed = false;
  FocusKeys keys;
  int i = 0;
  for (const std::string& label : labels) {
    if (i) ImGui::SameLine();
    ImGui::PushID(i);
    if (hit_area("segment", {text_width(theme.small, label) + 2 * pad, height}) && chosen != i)
      chosen = i, changed = true;
    ImGui::PopID();
    if (chosen == i) keys = focus_stop(Takes::choices, "chosen");
    tooltip(theme, tip);
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    const float inset = theme.px(2);
    if (chosen == i)
      draw.AddRectFilled({min.x + inset, min.y + inset}, {max.x - inset, max.y - inset}, theme.accent, theme.px(5));
    const ImU32 colour = chosen == i ? theme.on_accent : ImGui::IsItemHovered() ? theme.text : theme.dim;
    draw_text(theme.small, {min.x + pad, (min.y + max.y - theme.small->FontSize) / 2}, colour, label);
    ++i;
  }
  ImGui::PopStyleVar();
  ImGui::PopID();
  const int wanted = std::clamp(chosen + keys.across, 0, i - 1);
  if (keys.across != 0 && wanted != chosen) chosen = wanted, changed = true;
  return changed;
}

void small_combo(const Theme& theme, const char* id, const std::string& text, float width, const char* tip,
                 const std::function<void()>& items) {
  ImGui::SetNextItemWidth(width);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {theme.px(10), theme.px(5)});
  if (begin_box(theme, id, text)) {
    items();
    ImGui::EndCombo();
  }
  focus_stop(Takes::press);
  note_label(text);
  ImGui::PopStyleVar();
  tooltip(theme, tip);
}

namespace {

float width_of(ImFont* font, const std::string& shown) {
  return font->CalcTextSizeA(font->FontSize, 1e9f, 0, shown.data(), shown.data() + shown.size()).x;
}

/// @param english what it says, by which a term explains itself; empty: it does not
float put_text(ImFont* font, ImVec2 at, ImU32 colour, const std::string& shown, bool shortened,
               const std::string& english) {
  const ImVec2 place{std::round(at.x), std::round(at.y)};
  ImGui::GetWindowDrawList()->AddText(font, font->FontSize, place, colour, shown.data(), shown.data() + shown.size());
  const float width = width_of(font, shown);
  const Rect rect{place, {place.x + width, place.y + font->FontSize}};
  note_text(shown, rect, font->FontSize, shortened);
  note_term(english, rect);
  return width;
}

}  // namespace

float text_width(ImFont* font, const std::string& text) { return width_of(font, tr(text)); }

float draw_text(ImFont* font, ImVec2 at, ImU32 colour, const std::string& text) {
  return put_text(font, at, colour, tr(text), false, text);
}

void draw_letter(ImFont* font, ImVec2 at, ImU32 colour, const std::string& letter) {
  put_text(font, at, colour, letter, false, "");
}

float draw_text_fitting(ImFont* font, ImVec2 at, ImU32 colour, const std::string& text, float width) {
  const std::string whole = tr(text);
  for (std::size_t end = whole.size();;) {
    const std::string part = whole.substr(0, end);
    if (width_of(font, part) <= width) return put_text(font, at, colour, part, false, whole == text ? part : text);
    std::size_t last = 0;
    for (const char* between : {"  ·  ", " · ", ": ", "; ", ", ", " ("})
      if (const auto found = whole.rfind(between, end - 1); found != whole.npos && found < end)
        last = std::max(last, found);
    if (last == 0) return 0;
    end = last;
  }
}

float draw_text_cut(ImFont* font, ImVec2 at, ImU32 colour, const std::string& text, float width) {
  const std::string whole = tr(text);
  std::string shown = whole;
  while (!shown.empty() && width_of(font, shown == whole ? whole : shown + "…") > width) {
    do shown.pop_back();
    while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xC0) == 0x80);
    if (!shown.empty() && static_cast<unsigned char>(shown.back()) >= 0xC0) shown.pop_back();
  }
  const bool cut = shown != whole;
  if (cut) shown += "…";
  return put_text(font, at, colour, shown, cut, cut && whole == text ? shown : text);
}

std::string broken_into_lines(ImFont* font, const std::string& text, float width) {
  std::string out;
  float line = 0;
  const float blank = width_of(font, " ");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word = text.substr(at, end - at);
    const float wide = width_of(font, word);
    if (line > 0 && !word.empty() && line + wide > width) {
      if (out.back() == ' ') out.back() = '\n';
      line = 0;
    }
    out += word, line += wide;
    if (end < text.size()) {
      out += text[end];
      line = text[end] == '\n' ? 0 : line + blank;
    }
    at = end + 1;
  }
  return out;
}

void draw_text_wrapped(ImFont* font, ImVec2 at, ImU32 colour, const std::string& text, float width) {
  const std::string shown = tr(text);
  const ImVec2 place{std::round(at.x), std::round(at.y)};
  const std::string lines = broken_into_lines(font, shown, width);
  const char *begin = lines.data(), *end = begin + lines.size();
  ImGui::GetWindowDrawList()->AddText(font, font->FontSize, place, colour, begin, end, width + 1);
  const ImVec2 size = font->CalcTextSizeA(font->FontSize, 1e9f, width + 1, begin, end);
  note_text(shown, {place, {place.x + size.x, place.y + size.y}}, font->FontSize);
}

float wrapped_height(ImFont* font, const std::string& text, float width) {
  const std::string lines = broken_into_lines(font, tr(text), width);
  return font->CalcTextSizeA(font->FontSize, 1e9f, width + 1, lines.data(), lines.data() + lines.size()).y;
}

void begin_area(const char* id, const Rect& rect) {
  ImGui::SetCursorScreenPos(rect.min);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild(id, {std::max(1.f, rect.width()), std::max(1.f, rect.height())}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
}

}  // namespace noiseglass::app
