#include "session/preferences.h"
#include "session/session_file.h"
#include "session/set_state.h"
#include "ui/widgets/dialog.h"
#include "ui/window/dialogs.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

std::vector<Assignment> on_screen(const Session& session) {
  return get_state(session.state(), starting_state(session.library()), session.library());
}

void draw_copy_buttons(Ui& ui) {
  if (ImGui::Button("Copy what is on screen")) copy_state(ui.session);
  ui.landmarks["copy_state"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, hint(action("copy_state")).c_str());
  ImGui::SameLine();
  if (ImGui::Button("… as a command")) ImGui::SetClipboardText(to_command(on_screen(ui.session)).c_str());
  ui.landmarks["copy_command"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, "Copies the command that opens a window like this one: noiseglass --set …");
  ImGui::SameLine();
  if (ImGui::Button("Copy link")) ImGui::SetClipboardText(link_of(ui.session.state(), ui.session.library()).c_str());
  tooltip(ui.theme, hint(action("copy_link")).c_str());
  ImGui::SameLine();
  if (ImGui::Button("Save session…")) ui.requests.act("save_as"), ImGui::CloseCurrentPopup();
  tooltip(ui.theme, hint(action("save")).c_str());
  if (ImGui::Button("Export…")) ui.requests.act("export"), ImGui::CloseCurrentPopup();
  ui.landmarks["export"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, hint(action("export")).c_str());
  ImGui::SameLine();
  ImGui::Checkbox("Start with what was on screen last", &ui.preferences.bring_back);
  ui.landmarks["bring_back"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

}  // namespace

void copy_state(const Session& session) {
  std::string lines;
  for (const Assignment& one : on_screen(session)) lines += to_line(one) + "\n";
  ImGui::SetClipboardText(lines.c_str());
}

void Help::draw(Ui& ui) {
  static const char* id = "Help";
  if (asked_) {
    asked_ = false;
    ImGui::OpenPopup(id);
  }
  bool open = true;
  if (!begin_dialog(ui.theme, id, {620, 640}, &open)) return;
  ui.popups.open = id;
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(
      "Noise is added to a picture in T small steps; that is exact, a formula. A network was trained to guess the "
      "noise in "
      "a noisy picture; taking its guess away, a little at a time, makes a picture again. From pure noise that is "
      "generation: the picture never existed. From a noised picture it brings back what is left and invents the rest.");
  ImGui::Spacing();
  ImGui::TextUnformatted(
      "exact: from the formula, nothing learned.   learned: from a trained network.   cheating: it was told the "
      "answer.");
  ImGui::Spacing();
  ImGui::TextUnformatted("Turn the wheel over a picture to zoom, drag to move, double-click for the whole.");
  ImGui::PopTextWrapPos();
  ImGui::Spacing();
  draw_copy_buttons(ui);
  ImGui::Spacing();
  if (ImGui::BeginTable("keys", 2)) {
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, ui.theme.px(116));
    ImGui::TableSetupColumn("");
    auto row = [&](const std::string& key, const std::string& text) {
      ImGui::TableNextRow();
      ImGui::TableNextColumn();
      ImGui::PushFont(ui.theme.strong);
      ImGui::TextUnformatted(key.c_str());
      ImGui::PopFont();
      ImGui::TableNextColumn();
      ImGui::TextWrapped("%s", text.c_str());
    };
    for (const Action& action : actions()) row(action.shortcut, action.help);
    ImGui::EndTable();
  }
  if (ui.popups.escape) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace noiseglass::app
