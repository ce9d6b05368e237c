#include "ui/widgets/layout_record.h"

#include "language/language.h"

#include <imgui_internal.h>

#include <algorithm>

namespace noiseglass::app {
namespace {

LayoutRecord* kept = nullptr;

void note(LayoutRecord::Item item) {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const ImVec2 low = window->DrawList->GetClipRectMin(), high = window->DrawList->GetClipRectMax();
  item.seen = {{std::max(item.rect.min.x, low.x), std::max(item.rect.min.y, low.y)},
               {std::min(item.rect.max.x, high.x), std::min(item.rect.max.y, high.y)}};
  if (item.seen.width() <= 0 || item.seen.height() <= 0) item.seen = {};
  item.layer = window->RootWindow->Name;
  for (const ImGuiWindow* at = window; at && at != at->RootWindow; at = at->ParentWindow)
    item.scrolls |= at->ScrollMax.y > 0;
  kept->items.push_back(std::move(item));
}

}  // namespace

void keep_layout_record(LayoutRecord* record) { kept = record; }

void note_text(const std::string& text, const Rect& rect, float font_size, bool shortened) {
  if (!kept || text.empty()) return;
  note({LayoutRecord::Kind::text, text, rect, {}, font_size, shortened, false, {}});
}

void note_label(const std::string& english) {
  if (!kept) return;
  const std::string text = tr(english);
  const ImVec2 size = ImGui::CalcTextSize(text.c_str()), min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  const ImVec2 at{(min.x + max.x - size.x) / 2, (min.y + max.y - size.y) / 2};
  note_text(text, {at, {at.x + size.x, at.y + size.y}}, ImGui::GetFontSize(), size.x > max.x - min.x);
}

void note_control(const std::string& name, const Rect& rect) {
  if (kept) note({LayoutRecord::Kind::control, name, rect, {}, 0, false, false, {}});
}

void note_subject(const std::string& name, const Rect& rect) {
  if (kept) note({LayoutRecord::Kind::subject, name, rect, {}, 0, false, false, {}});
}

}  // namespace noiseglass::app
