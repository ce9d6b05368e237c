// What can be taken away of what the mouse points at, and what is said of what was.
#include "language/language.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/say.h"
#include "ui/window/exporter.h"
#include "ui/window/parts.h"

#include <algorithm>
#include <utility>

namespace noiseglass::app {
namespace {

/// How far it is, with what is left of the time, and the button that gives it up.
void draw_task(Ui& ui, Task& task, const char* verb, const char* name) {
  if (!task.busy()) return;
  ImGui::PushID(name);
  say(std::string(verb) + " " + task.name());
  const std::string left = tr(task.left());
  ImGui::PushStyleColor(ImGuiCol_PlotHistogram, faded(ui.theme.accent, 0.35f));
  ImGui::ProgressBar(float(task.done()), {-ui.theme.px(90), 0}, left.empty() ? "" : left.c_str());
  ImGui::PopStyleColor();
  ImGui::SameLine();
  if (push_button("Cancel")) task.cancel();
  ui.landmarks[std::string(name) + ".cancel"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImGui::PopID();
}

}  // namespace

/// In the upper right corner, so that the window can be used meanwhile.
void draw_export_note(Ui& ui) {
  Exporter& exporter = ui.exporter;
  exporter.tick();
  if (!exporter.writing.busy() && !exporter.copying.busy() && exporter.message().empty()) return;
  if (dialog_appears()) return;
  const Theme& theme = ui.theme;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({screen.x - theme.px(16), theme.px(96)}, ImGuiCond_Always, {1, 0});
  ImGui::SetNextWindowSize({std::min(theme.px(380), screen.x - theme.px(32)), 0});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ImGui::ColorConvertU32ToFloat4(theme.surface));
  ImGui::PushStyleColor(ImGuiCol_Border, theme.dim);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, theme.px(1));
  ImGui::Begin("export note", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
  draw_task(ui, exporter.writing, "Writing", "export");
  draw_task(ui, exporter.copying, "Copying", "copy");
  if (!exporter.message().empty()) {
    ImGui::PushTextWrapPos(0);
    ImGui::PushStyleColor(ImGuiCol_Text, exporter.failed() ? theme.warning : theme.text);
    say(exporter.message());
    ImGui::PopStyleColor();
    ImGui::PopTextWrapPos();
    if (exporter.failed() && push_button("Close")) exporter.forget_message();
    if (ImGui::IsWindowHovered() && ImGui::IsMouseReleased(0)) exporter.forget_message();
  }
  ImGui::End();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(2);
}

bool point_at(Ui& ui, const Rect& whole, const exports::ExportRequest& request, bool has_keyboard) {
  if (has_keyboard) {
    ui.exporter.pointed = request;
    return true;
  }
  if (focus_place()) return false;  // the mouse lies where it was left
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool within =
      mouse.x >= whole.min.x && mouse.x < whole.max.x && mouse.y >= whole.min.y && mouse.y < whole.max.y;
  if (!within || !ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) return false;
  if (ImGui::IsAnyItemActive() && !ui.exporter.held) return false;  // something else is being dragged over it
  ui.exporter.pointed = request;
  return true;
}

static void ask_for(Exporter& exporter, const exports::ExportRequest& request, const std::optional<Rect>& part,
                    const std::shared_ptr<const exports::Plot>& plot = nullptr) {
  exporter.request = request, exporter.part = part, exporter.plot = plot;
  exporter.chosen = exporter.dialog = true;
}

static const char* about_saving = "Saves this to a file. Ctrl+C copies it as a picture.";

void draw_save_button(Ui& ui, const std::string& name, ImVec2 corner, const exports::ExportRequest& request) {
  const Theme& theme = ui.theme;
  constexpr float side = 22;
  const Rect place{{corner.x - theme.px(side), corner.y}, {corner.x, corner.y + theme.px(side)}};
  ImGui::GetWindowDrawList()->AddRectFilled(place.min, place.max, theme.raised, theme.px(6));
  ImGui::SetCursorScreenPos(place.min);
  Exporter& exporter = ui.exporter;
  const PassedBy comes_and_goes;
  if (icon_button(theme, ("save " + name).c_str(), Icon::save, about_saving, false, true, side))
    ask_for(exporter, request, {});
  exporter.held = ImGui::IsItemActive();
  ui.landmarks["save." + name] = place;
}

/// The smallest that the mouse is in, or that the keyboard is on; null where there is none.
static const Exporter::Seen* pointed_at(const Ui& ui) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto ring = focus_place();
  const ImVec2 at = ring ? ImVec2{(ring->min.x + ring->max.x) / 2, (ring->min.y + ring->max.y) / 2} : mouse;
  const Exporter::Seen* found = nullptr;
  for (const Exporter::Seen& one : ui.exporter.seen) {
    if (at.x < one.rect.min.x || at.x >= one.rect.max.x || at.y < one.rect.min.y || at.y >= one.rect.max.y) continue;
    if (!found || one.rect.width() * one.rect.height() < found->rect.width() * found->rect.height()) found = &one;
  }
  return found;
}

void draw_tray(Ui& ui) {
  Exporter& exporter = ui.exporter;
  const Theme& theme = ui.theme;
  constexpr float side = 24;
  const bool other =
      ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup) || (ImGui::IsAnyItemActive() && !exporter.held);
  const Exporter::Seen* one = other || exporter.wants_screen() ? nullptr : pointed_at(ui);
  if (!one) return exporter.seen.clear();
  exports::ExportRequest request;
  request.what = one->plot ? "plot" : "window", request.of = one->plot ? "" : "part";
  exporter.pointed = request, exporter.pointed_part = one->rect, exporter.pointed_plot = one->plot;
  const Rect place{{one->rect.max.x - theme.px(side + 4), one->rect.min.y + theme.px(4)},
                   {one->rect.max.x - theme.px(4), one->rect.min.y + theme.px(side + 4)}};
  ImGui::SetNextWindowPos(place.min);
  ImGui::SetNextWindowSize({place.width(), place.height()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, theme.px(6));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ImGui::ColorConvertU32ToFloat4(faded(theme.raised, 0.9f)));
  ImGui::Begin("tray", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
  const PassedBy comes_and_goes;
  if (icon_button(theme, "save", Icon::save, about_saving, false, true, side))
    ask_for(exporter, request, one->rect, one->plot);
  exporter.held = ImGui::IsItemActive();
  ui.landmarks["save." + one->name] = place;
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
  exporter.seen.clear();
}

void copy_what_is_pointed_at(Ui& ui) {
  Exporter& exporter = ui.exporter;
  const auto pointed = exporter.was_pointed = std::exchange(exporter.pointed, {});
  const auto part = exporter.was_pointed_part = std::exchange(exporter.pointed_part, {});
  exporter.was_pointed_plot = std::exchange(exporter.pointed_plot, {});
  if (!ImGui::IsAnyItemActive()) exporter.held = false;
  if (!std::exchange(exporter.copies, false)) return;
  if (pointed && !part)
    exporter.copy(ui.session, *pointed, ui.wake);
  else
    exporter.want_screen("", part);
}

}  // namespace noiseglass::app
