#include "ui/window/keeper.h"
#include "ui/window/parts.h"

#include "noiseglass/files.h"

#include <imgui_stdlib.h>

#include <algorithm>

namespace noiseglass::app {

namespace fs = std::filesystem;

void draw_open_dialog(Ui& ui) {
  static const char* id = "Open a picture";
  PanelData& data = ui.data;
  if (data.open_dialog) {
    data.open_dialog = false;
    if (data.folder.empty()) data.folder = working_folder();
    data.typed_path.clear();
    data.listing = {};  // files may have come since
    ImGui::OpenPopup(id);
  }
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize({std::min(ui.theme.px(560), screen.x - 32), std::min(ui.theme.px(460), screen.y - 32)});
  if (!ImGui::BeginPopupModal(id, nullptr, ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove)) return;
  data.dialog = id;
  ImGui::SetNextItemWidth(-1);
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ImGui::InputTextWithHint("##path", "type or paste a path, or choose below", &data.typed_path);
  ImGui::TextDisabled("%s", data.folder.string().c_str());
  if (data.listing.folder != data.folder) data.listing = list_folder(data.folder);
  const FolderListing& listing = data.listing;
  fs::path chosen;
  ImGui::BeginChild("files", {0, -ui.theme.px(48)}, false);
  if (data.folder.has_parent_path() && ImGui::Selectable("← one folder up")) data.folder = data.folder.parent_path();
  for (const fs::path& folder : listing.folders)
    if (ImGui::Selectable((folder.filename().string() + " /").c_str())) data.folder = folder;
  for (const fs::path& picture : listing.pictures)
    if (ImGui::Selectable(picture.filename().string().c_str())) chosen = picture;
  if (!listing.problem.empty())
    ImGui::TextWrapped("%s", listing.problem.c_str());
  else if (listing.pictures.empty())
    ImGui::TextWrapped("No pictures here: %s files are shown.", picture_format_names().c_str());
  ImGui::EndChild();
  ImGui::AlignTextToFramePadding();
  ImGui::TextDisabled("transparent parts over");
  int background = int(ui.next.background);
  ImGui::SameLine();
  if (segmented(ui.theme, "background", {"white", "grey", "black"}, background,
                "What is laid behind a picture that is partly transparent."))
    ui.next.background = Background(background);
  ImGui::SameLine(0, ui.theme.px(24));
  if (ImGui::Button("Open") || data.enter_pressed) chosen = data.typed_path;
  ImGui::SameLine();
  const bool cancelled = ImGui::Button("Cancel") || data.escape_pressed;
  std::error_code error;
  if (!chosen.empty() && fs::is_directory(chosen, error)) {
    data.folder = absolute_path(chosen);
    data.typed_path.clear();
    chosen.clear();
  }
  if (Keeper::can_open(chosen.string()))
    data.to_open = chosen.string();
  else if (!chosen.empty())
    ui.next.picture = absolute_path(chosen);
  if (!chosen.empty() || cancelled) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace noiseglass::app
