#include "language/language.h"
#include "session/preferences.h"
#include "session/session_file.h"
#include "session/set_state.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/say.h"
#include "ui/window/dialogs.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

std::vector<Assignment> on_screen(const Session& session) {
  return get_state(session.state(), starting_state(session.library()), session.library());
}

void draw_copy_buttons(Ui& ui) {
  if (push_button("Copy what is on screen")) copy_state(ui.session);
  ui.landmarks["copy_state"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, hint(action("copy_state")).c_str());
  ImGui::SameLine();
  if (push_button("… as a command")) ImGui::SetClipboardText(to_command(on_screen(ui.session)).c_str());
  ui.landmarks["copy_command"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, "Copies a command that opens this view: noiseglass --set …");
  ImGui::SameLine();
  if (push_button("Copy link")) ImGui::SetClipboardText(link_of(ui.session.state(), ui.session.library()).c_str());
  tooltip(ui.theme, hint(action("copy_link")).c_str());
  ImGui::SameLine();
  if (push_button("Save session…")) ui.requests.act("save_as"), ImGui::CloseCurrentPopup();
  ui.landmarks["save_session"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, hint(action("save")).c_str());
  if (push_button("Export…")) ui.requests.act("export"), ImGui::CloseCurrentPopup();
  ui.landmarks["export"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, hint(action("export")).c_str());
  ImGui::SameLine();
  check_box("Start where I left off", &ui.preferences.bring_back);
  ui.landmarks["bring_back"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

/// Each by its own name, so that whoever came into a wrong one finds the way back.
void draw_language(Ui& ui) {
  std::vector<std::string> labels = {tr("system")};
  int chosen = 0;
  for (const Language& language : languages()) {
    if (language.code == ui.preferences.language) chosen = int(labels.size());
    labels.push_back(language.name);
  }
  if (labels.size() < 3) return;
  ImGui::AlignTextToFramePadding();
  say_dim("Language");
  ImGui::SameLine(ui.theme.px(90));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const AsWritten names;
  if (segmented(ui.theme, "language", labels, chosen, ""))
    ui.preferences.language = chosen == 0 ? "system" : languages()[std::size_t(chosen - 1)].code;
  ui.landmarks["help.language"] = {start, ImGui::GetItemRectMax()};
}

/// How the window looks, whatever is on screen.
void draw_look(Ui& ui) {
  std::vector<std::string> labels = {"system", "dark", "light", "high contrast"};
  int chosen = ui.preferences.theme == "system" ? 0 : 1 + int(ui.next.look);
  ImGui::AlignTextToFramePadding();
  say_dim("Theme");
  ImGui::SameLine(ui.theme.px(90));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  if (segmented(ui.theme, "theme", labels, chosen, hint(action("theme")).c_str())) {
    if (chosen == 0) ui.preferences.theme = "system", ui.requests.follow_system = true;
    if (chosen > 0) ui.next.look = Look(chosen - 1), ui.preferences.theme = look_names()[std::size_t(chosen - 1)];
  }
  ui.landmarks["help.theme"] = {start, ImGui::GetItemRectMax()};
  check_box("Smooth transitions", &ui.preferences.transitions);
  ui.landmarks["transitions"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, "When off, playback jumps from one computed step to the next, and nothing is animated.");
  ImGui::SameLine(0, ui.theme.px(16));
  if (push_button("Tour")) ui.requests.act("tour"), ImGui::CloseCurrentPopup();
  ui.landmarks["tour"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, hint(action("tour")).c_str());
}

void draw_keys(const Ui& ui) {
  if (!ImGui::BeginTable("keys", 2)) return;
  ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, ui.theme.px(116));
  ImGui::TableSetupColumn("");
  for (const Action& action : actions()) {
    if (action.shortcut.empty()) continue;
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::PushFont(ui.theme.strong);
    say(action.shortcut);
    ImGui::PopFont();
    ImGui::TableNextColumn();
    say_wrapped(action.help);
  }
  ImGui::EndTable();
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
    open_dialog(id);
  }
  bool open = true;
  if (!begin_dialog(ui.theme, id, {620, 640}, &open)) return;
  ui.popups.open = id;
  ImGui::PushTextWrapPos(0);
  say("The forward process adds noise to a picture in T small steps; it is exact, a formula. A network was trained to "
      "predict the noise in a noisy picture; the reverse process removes what it predicts, a little at a time, until a "
      "picture is left. From pure noise that is generation: the picture never existed. From a noised picture, it "
      "restores what the noise left and invents the rest.");
  ImGui::Spacing();
  say("exact: from a formula, nothing learned.   learned: from a trained network.   cheating: it was told the answer.");
  ImGui::Spacing();
  say("Scroll over a picture to zoom, drag to pan, double-click to see all of it.");
  ImGui::PopTextWrapPos();
  ImGui::Spacing();
  draw_copy_buttons(ui);
  ImGui::Spacing();
  draw_language(ui);
  draw_look(ui);
  ImGui::Spacing();
  if (at_keys_ > 0) --at_keys_, ImGui::SetScrollHereY(0);
  draw_keys(ui);
  if (ui.popups.pages != 0)
    ImGui::SetScrollY(ImGui::GetScrollY() + 0.8f * float(ui.popups.pages) * ImGui::GetWindowHeight());
  if (ui.popups.escape) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace noiseglass::app
