#include "ui/widgets/slider.h"

#include "language/language.h"
#include "ui/widgets/dialog.h"

#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace noiseglass::app {
namespace {

/// The one slider whose value is being typed.
struct Typing {
  ImGuiID item = 0, asked = 0;  // whose it is; who has been told what was typed
  ImGuiID field = 0;
  std::string text, problem;
  bool had_keyboard = false;
  int frame = -1;  // in which it was drawn last: its panel may have gone
};

Typing& typing() {
  static Typing one;
  return one;
}

void begin_typing(ImGuiID item, const std::string& value) {
  typing() = {item, 0, ImGui::GetID("##typed"), value, "", false, ImGui::GetFrameCount()};
  type_into(typing().field);
}

/// The field, until Enter, Escape or a click elsewhere ends it. @returns what was typed, at Enter
std::optional<std::string> type_value(const Theme& theme, const Rect& field) {
  Typing& now = typing();
  now.frame = ImGui::GetFrameCount();
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(field.min);
  ImGui::SetNextItemWidth(field.width());
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {theme.px(6), std::max(0.f, (field.height() - ImGui::GetFontSize()) / 2)});
  ImGui::PushStyleColor(ImGuiCol_Border, now.problem.empty() ? theme.focus : theme.warning);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, theme.px(1.5f));
  if (ImGui::InputText("##typed", &now.text, ImGuiInputTextFlags_AutoSelectAll)) now.problem.clear();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  const bool has_keyboard = ImGui::IsItemActive();
  if (!now.problem.empty() && !dialog_appears()) {
    ImGui::SetNextWindowPos({field.min.x, field.max.y + theme.px(4)});
    ImGui::SetTooltip("%s", tr(now.problem).c_str());
  }
  ImGui::SetCursorScreenPos(cursor);
  if (heard_enter()) {
    now.asked = std::exchange(now.item, 0);
    return now.text;
  }
  if (heard_escape() || (now.had_keyboard && !has_keyboard)) now.item = 0;
  now.had_keyboard = has_keyboard;
  return std::nullopt;
}

}  // namespace

bool wheel_is_for_item() {
  constexpr float rest = 0.2f;  // seconds
  if (!ImGui::IsItemHovered() || ImGui::GetCurrentContext()->HoveredIdTimer < rest) return false;
#if IMGUI_VERSION_NUM >= 18970
  ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
#else
  ImGui::SetItemUsingMouseWheel();
#endif
  return ImGui::GetIO().MouseWheel != 0;
}

double SliderHands::moved(double share, double step) const {
  if (keys.end != 0) return keys.end < 0 ? 0 : 1;
  return std::clamp(share + step * (keys.steps() + wheel), 0.0, 1.0);
}

SliderHands slider_hands(const Theme& theme, const std::string& value, const Rect& field) {
  SliderHands hands;
  const ImGuiID item = last_item();
  hands.keys = focus_stop(Takes::slider);
  hands.wheel = wheel_is_for_item() ? double(ImGui::GetIO().MouseWheel) : 0;
  if (hands.keys.enter || (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)))
    begin_typing(item, value);  // in the next frame: this one's Enter would end it
  else if (typing().item == item)
    hands.typed = type_value(theme, field);
  return hands;
}

bool value_is_typed() { return typing().item != 0 && typing().frame + 1 >= ImGui::GetFrameCount(); }

void refuse_typed(const std::string& why) {
  Typing& now = typing();
  now.item = now.asked, now.problem = why, now.had_keyboard = false;
  type_into(now.field);
}

bool number_slider(const char* label, double& value, const SliderRange& range) {
  const int flags = ImGuiSliderFlags_AlwaysClamp | (range.log ? ImGuiSliderFlags_Logarithmic : 0);
  bool changed = ImGui::SliderScalar(tr_label(label).c_str(), ImGuiDataType_Double, &value, &range.min, &range.max,
                                     range.whole ? "%.0f" : range.format, flags);
  const FocusKeys keys = focus_stop(Takes::slider);
  const double notches = keys.steps() + (wheel_is_for_item() ? double(ImGui::GetIO().MouseWheel) : 0);
  if (keys.enter || (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0))) type_into(last_item());
  double wanted = value;
  if (keys.end != 0) wanted = keys.end < 0 ? range.min : range.max;
  if (notches != 0 && range.log)
    wanted = value * std::pow(1.05, notches) + (range.whole ? std::copysign(0.5, notches) : 0);
  else if (notches != 0)
    wanted = value + notches * (range.whole ? 1 : (range.max - range.min) / 100);
  if (range.whole) wanted = std::round(wanted);
  wanted = std::clamp(wanted, range.min, range.max);
  if (wanted != value) value = wanted, changed = true;
  return changed;
}

}  // namespace noiseglass::app
