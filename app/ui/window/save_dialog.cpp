#include "ui/widgets/dialog.h"
#include "ui/widgets/say.h"
#include "ui/window/dialogs.h"
#include "ui/window/keeper.h"

#include "noiseglass/files.h"

#include <imgui_stdlib.h>

#include <algorithm>

namespace noiseglass::app {

void SaveDialog::draw(Ui& ui) {
  static const char* id = "Save this session";
  if (asked_) {
    asked_ = false;
    open_dialog(id);
    focus_.want();
    if (typed_.empty()) typed_ = (working_folder() / (std::string("session") + session_ending)).string();
  }
  if (!begin_dialog(ui.theme, id, {560, 0})) return;
  ui.popups.open = id;
  say_wrapped("Everything on screen goes into one file: settings, noise, your own picture, what you drew and typed.");
  ImGui::Spacing();
  ImGui::SetNextItemWidth(-1);
  focus_.give_to(ui.wake, [&] { return ImGui::InputText("##save", &typed_, ImGuiInputTextFlags_AutoSelectAll); });
  focus_stop(Takes::text);
  ImGui::Spacing();
  bool chosen = push_button("Save") || ui.popups.enter;
  ui.landmarks["save.do"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImGui::SameLine();
  if (const std::string file = browse(ui, {true, id, absolute_path(typed_)}); !file.empty())
    typed_ = file, chosen = true;
  const bool cancelled = push_button("Cancel") || ui.popups.escape;
  if (chosen && !typed_.empty()) ui.requests.save = typed_;
  if (chosen || cancelled) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace noiseglass::app
