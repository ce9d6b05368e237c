#include "language/language.h"
#include "session/preferences.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/layout_record.h"
#include "ui/widgets/say.h"
#include "ui/window/dialogs.h"
#include "ui/window/exporter.h"
#include "ui/window/keeper.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace noiseglass::app {

namespace fs = std::filesystem;

/// What was opened before, by name, with the folder where there is room.
static fs::path draw_recent(Ui& ui) {
  const std::vector<std::string>& recent = ui.preferences.recent;
  fs::path chosen;
  if (recent.empty()) return chosen;
  say_dim("Recent");
  for (std::size_t i = 0; i < recent.size(); ++i) {
    const fs::path file = recent[i];
    const std::string name = file.filename().string();
    ImGui::PushID(int(i));
    if (list_entry(name.c_str())) chosen = file;
    ImGui::PopID();
    const Rect line{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
    ui.landmarks["recent" + std::to_string(i)] = line;
    const float left = line.min.x + text_width(ui.theme.body, name) + ui.theme.px(12);
    draw_text_cut(ui.theme.small, {left, line.min.y + ui.theme.px(6)}, ui.theme.dim, file.parent_path().string(),
                  line.max.x - left);
  }
  ImGui::Spacing();
  return chosen;
}

/// The folder's contents to choose from. @returns the picture that was clicked; empty if none was
fs::path OpenDialog::draw_files(Ui& ui) {
  const auto found = look_.found();
  fs::path folder;
  ImGui::BeginChild("files", {0, -ui.theme.px(48)}, false);
  fs::path picture = draw_recent(ui);
  ImGui::TextDisabled("%s", folder_.string().c_str());
  if (folder_.has_parent_path() && list_entry("← one folder up")) folder = folder_.parent_path();
  if (!found) say_dim("Reading this folder…");
  const FolderListing listing = found.value ? found.value->listing : FolderListing();
  for (const fs::path& path : listing.folders)
    if (list_entry((path.filename().string() + " /").c_str())) folder = path;
  for (const fs::path& path : listing.pictures)
    if (list_entry(path.filename().string().c_str())) picture = path;
  const std::string problem = found.problem.empty() ? listing.problem : found.problem;
  if (!problem.empty())
    say_wrapped(problem);
  else if (found && listing.pictures.empty())
    say_wrapped("No pictures here; only " + picture_format_names() + " files are shown.");
  ImGui::EndChild();
  if (!folder.empty()) look_.look(folder_ = folder, ui.wake);
  return picture;
}

/// What was typed, once it is known what it leads to: a folder is shown, anything else is to be opened.
fs::path OpenDialog::follow_typed() {
  const auto found = look_.found();
  if (look_.path() == folder_ || !found.value) return {};
  if (!found.value->is_folder) return look_.path();
  folder_ = look_.path();
  typed_.clear();
  return {};
}

std::string browse(Ui& ui, const PlatformDialog::Question& question) {
  PlatformDialog& platform = ui.platform;
  platform.find(ui.wake);
  if (ImGui::IsWindowAppearing()) platform.give_up();  // what was asked by a dialog that is closed
  if (!platform.is_there()) return "";
  if (push_button("Browse…")) {
    PlatformDialog::Question asked = question;
    asked.title = tr(question.title);
    platform.ask(question.title, asked, ui.wake);
  }
  note_label("Browse…");
  ui.landmarks["browse"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, "Opens the system's own file dialog.");
  ImGui::SameLine();
  try {
    return platform.take(question.title).value_or("");
  } catch (const Error& error) {
    ui.exporter.say(error.what(), true);
    return "";
  }
}

void OpenDialog::draw(Ui& ui) {
  static const char* id = "Open a picture";
  if (asked_) {
    asked_ = false;
    open_dialog(id);  // first: what follows may fail, and the dialog is of use without it
    focus_.want();
    typed_.clear();
    if (folder_.empty()) folder_ = working_folder();
    look_.look(folder_, ui.wake);
  }
  if (!begin_dialog(ui.theme, id, {560, 460})) return;
  ui.popups.open = id;
  ImGui::SetNextItemWidth(-1);
  focus_.give_to(ui.wake, [&] {
    return ImGui::InputTextWithHint("##path", tr("type or paste a path, or choose below").c_str(), &typed_);
  });
  focus_stop(Takes::text);
  fs::path chosen = draw_files(ui);
  ImGui::AlignTextToFramePadding();
  say_dim("transparent parts on");
  int background = int(ui.next.background);
  ImGui::SameLine();
  if (segmented(ui.theme, "background", {"white", "grey", "black"}, background,
                "The background behind a partly transparent picture."))
    ui.next.background = Background(background);
  ImGui::SameLine(0, ui.theme.px(24));
  if ((push_button("Open") || ui.popups.enter) && !typed_.empty()) look_.look(absolute_path(typed_), ui.wake);
  ImGui::SameLine();
  if (const std::string file = browse(ui, {false, id, folder_}); !file.empty()) chosen = file;
  const bool cancelled = push_button("Cancel") || ui.popups.escape;
  if (chosen.empty()) chosen = follow_typed();
  if (Keeper::can_open(chosen.string()))
    ui.requests.open = chosen;
  else if (!chosen.empty())
    ui.next.picture = chosen;
  if (!chosen.empty() || cancelled) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

void draw_opening(Ui& ui, const Rect& rect) {
  if (ui.session.opening_for() < 0.2) return;  // most pictures are there by then
  const Theme& theme = ui.theme;
  const std::string name = ui.next.picture.filename().string();
  const std::string english = "Opening " + name + "…   Esc cancels", text = tr(english);
  const float width = std::min(text_width(theme.body, english) + theme.px(32), rect.width() - theme.px(16));
  const ImVec2 at{std::round((rect.min.x + rect.max.x - width) / 2), rect.min.y + theme.px(8)};
  const Rect box{at, {at.x + width, at.y + theme.px(44)}};
  ImDrawList& draw = *ImGui::GetForegroundDrawList();
  draw.AddRectFilled(box.min, box.max, theme.raised, theme.px(8));
  draw.AddText(theme.body, theme.body->FontSize, {box.min.x + theme.px(16), box.min.y + theme.px(8)}, theme.text,
               text.c_str());
  const float left = box.min.x + theme.px(16), right = box.max.x - theme.px(16), y = box.max.y - theme.px(10);
  const float done = float(ui.session.opening_progress());
  // Where nothing has been read yet, or all has and is being reduced, a light that runs along the bar says that it goes
  // on.
  const bool known = done > 0 && done < 1;
  if (!known && !theme.transitions) return;
  const float run = (right - left) * (known ? done : 0.25f);
  const float place = float(std::fmod(ui.session.opening_for() * 0.7, 1.0));
  const float from = known ? left : left - run + (right - left + run) * place;
  draw.AddRectFilled({left, y}, {right, y + theme.px(3)}, theme.surface, theme.px(2));
  draw.AddRectFilled({std::max(left, from), y}, {std::min(right, from + run), y + theme.px(3)}, theme.accent,
                     theme.px(2));
  ui.landmarks["opening"] = box;
}

}  // namespace noiseglass::app
