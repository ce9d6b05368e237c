#include "ui/widgets/dialog.h"
#include "ui/window/dialogs.h"
#include "ui/window/exporter.h"
#include "ui/window/parts.h"

#include "lessons/library.h"
#include "ui/lessons/lessons.h"
#include "ui/widgets/layout_record.h"
#include "ui/widgets/say.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <imgui_stdlib.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <utility>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using exports::ExportKind;
using Lanes = ExportKind::Lanes;

/// What the command line can write, and what only a window has: itself, and the plot of a panel that was pointed at.
const std::vector<ExportKind>& kinds(const Exporter& exporter) {
  static const std::vector<ExportKind> all = [] {
    std::vector<ExportKind> out = exports::export_kinds();
    out.push_back({"window",
                   "The window",
                   "The whole window as it is on screen.",
                   {"png"},
                   Lanes::all,
                   {{"part", "the part you pointed at"}}});
    return out;
  }();
  static const std::vector<ExportKind> with_plot = [] {
    std::vector<ExportKind> out = all;
    out.insert(out.begin(), {"plot",
                             "This plot",
                             "The plot you pointed at, as a drawing or as numbers.",
                             {"svg", "png", "pdf", "csv"},
                             Lanes::all});
    return out;
  }();
  return exporter.plot ? with_plot : all;
}

const ExportKind& chosen_kind(const Exporter& exporter) {
  for (const ExportKind& kind : kinds(exporter))
    if (kind.id == exporter.request.what) return kind;
  return kinds(exporter).front();
}

std::string ending_of(const std::string& name) {
  const std::string ending = fs::path(name).extension().string();
  return ending.empty() ? "folder" : ending.substr(1);
}

bool has_format(const ExportKind& kind, const std::string& format) {
  return std::ranges::find(kind.formats, format) != kind.formats.end();
}

bool takes_lesson(const exports::ExportRequest& request) {
  return request.what == "worksheet" || request.what == "plan";
}

/// What the file would be called: the picture or the lesson, what is exported, and the format's ending.
std::string usual_name(const Ui& ui, const exports::ExportRequest& request) {
  std::string stem = fs::path(ui.session.picture().title).stem().string();
  if (takes_lesson(request)) stem = lessons::short_name(request.lesson);
  if (request.what == "window" || request.what == "plot") stem = "noiseglass-" + ui.next.panel;
  std::string name;
  for (const unsigned char c : stem) name += std::isalnum(c) ? char(std::tolower(c)) : '-';
  return (name.empty() ? "noiseglass" : name) + "-" + request.what +
         (request.format == "folder" ? "" : "." + request.format);
}

/// The name follows what is chosen, in the folder that a person has chosen; a name of one's own only gets its ending.
void follow(Ui& ui, Exporter& exporter) {
  const ExportKind& kind = chosen_kind(exporter);
  std::string& format = exporter.request.format;
  if (!has_format(kind, format)) format = kind.formats.front();
  const fs::path typed = exporter.typed;
  const fs::path folder = typed.has_parent_path() ? typed.parent_path() : working_folder();
  if (exporter.typed_by_person && typed.has_stem())
    exporter.typed = (folder / typed.stem()).string() + (format == "folder" ? "" : "." + format);
  else
    exporter.typed = (folder / usual_name(ui, exporter.request)).string();
  ++exporter.renamed;
  exporter.look.look(absolute_path(exporter.typed), ui.wake);
}

/// The kinds, one below the other. Arrows go up and down while the name is typed.
void choose_kind(Ui& ui, Exporter& exporter) {
  int chosen = 0, i = 0;
  for (const ExportKind& kind : kinds(exporter)) {
    if (kind.id == exporter.request.what) chosen = i;
    ++i;
  }
  const int before = chosen;
  const int count = int(kinds(exporter).size());
  chosen = (chosen + std::exchange(exporter.moved, 0) % count + count) % count;  // from the last to the first
  i = 0;
  for (const ExportKind& kind : kinds(exporter)) {
    if (list_entry(kind.label.c_str(), i == chosen, ImGuiSelectableFlags_DontClosePopups)) chosen = i;
    note_label(kind.label);
    ui.landmarks["export." + kind.id] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
    ++i;
  }
  if (chosen == before) return;
  exporter.request.what = kinds(exporter)[std::size_t(chosen)].id;
  exporter.request.of.clear();
  exporter.chosen = true;
  follow(ui, exporter);
}

/// One of several in a row, behind a word.
bool choose(Ui& ui, const char* word, const std::vector<std::string>& labels, int& chosen, const char* tip) {
  ImGui::AlignTextToFramePadding();
  say_dim(word);
  ImGui::SameLine(ui.theme.px(72));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const bool changed = segmented(ui.theme, word, labels, chosen, tip);
  ui.landmarks[std::string("export.choose ") + word] = {start, ImGui::GetItemRectMax()};
  ImGui::Spacing();
  return changed;
}

void choose_format(Ui& ui, Exporter& exporter) {
  const ExportKind& kind = chosen_kind(exporter);
  if (kind.formats.size() < 2) return;
  int chosen = int(std::ranges::find(kind.formats, exporter.request.format) - kind.formats.begin());
  if (!choose(ui, "as", kind.formats, chosen, "The format; the file's extension follows it.")) return;
  exporter.request.format = kind.formats[std::size_t(chosen)];
  follow(ui, exporter);
}

void choose_lane(Ui& ui, Exporter& exporter) {
  const Lanes lanes = chosen_kind(exporter).lanes;
  if (ui.session.state().lane_count < 2 || lanes == Lanes::all) return;
  const bool one = lanes == Lanes::one;
  std::vector<std::string> labels = {"1", "2"};
  if (!one) labels.insert(labels.begin(), "both");
  int chosen = one ? std::max(0, exporter.request.lane) : exporter.request.lane + 1;
  if (choose(ui, "lane", labels, chosen, "Which lane.")) exporter.request.lane = one ? chosen : chosen - 1;
}

/// Where all parts can be had together, that is the first choice.
void choose_part(Ui& ui, Exporter& exporter) {
  const ExportKind& kind = chosen_kind(exporter);
  const bool all = kind.id != "tile" && exporter.request.format != "npy";
  if (kind.parts.empty() || exporter.request.format == "folder") return exporter.request.of.clear();
  if (kind.id == "window" && !exporter.part) return exporter.request.of.clear();
  std::vector<std::string> labels;
  if (all) labels.push_back("all");
  int chosen = 0;
  for (const exports::ExportPart& part : kind.parts) {
    if (part.id == exporter.request.of) chosen = int(labels.size());
    labels.push_back(part.label);
  }
  if (!choose(ui, "which", labels, chosen, "Which one.")) return;
  chosen -= all ? 1 : 0;
  exporter.request.of = chosen < 0 ? "" : kind.parts[std::size_t(chosen)].id;
}

void choose_lesson(Ui& ui, Exporter& exporter) {
  if (!takes_lesson(exporter.request)) return;
  LessonData& data = ui.lesson;
  if (data.contents.empty()) data.contents = lessons::bundled_lessons();
  std::string& file = exporter.request.lesson;
  if (data.reader.is_open() && file.empty()) file = data.reader.lesson().file.string();
  if (file.empty()) file = lessons::find_lesson("schedules").file.string();
  std::string title = data.reader.is_open() && data.reader.lesson().file == file ? data.reader.lesson().title : file;
  for (const lessons::Lesson& lesson : data.contents)
    if (lesson.file == file) title = lesson.title;
  ImGui::AlignTextToFramePadding();
  say_dim("lesson");
  ImGui::SameLine(ui.theme.px(72));
  small_combo(ui.theme, "##lesson", title, ui.theme.px(300), "Which lesson.", [&] {
    for (const lessons::Lesson& lesson : data.contents)
      if (list_entry(lesson.title.c_str(), lesson.file == file)) {
        file = lesson.file.string();
        follow(ui, exporter);
      }
  });
}

/// The format follows the name's ending.
void name_was_typed(Ui& ui, Exporter& exporter) {
  exporter.typed_by_person = true;
  const std::string ending = ending_of(exporter.typed);
  if (has_format(chosen_kind(exporter), ending)) exporter.request.format = ending;
  exporter.look.look(absolute_path(exporter.typed), ui.wake);
}

void edit_name(Ui& ui, Exporter& exporter) {
  ImGui::PushID(exporter.renamed);  // or the field would go on showing what it was before
  ImGui::SetNextItemWidth(-1);
  if (std::exchange(exporter.shown, exporter.renamed) != exporter.renamed) exporter.focus.want();
  const auto edit = [&] { return ImGui::InputText("##where", &exporter.typed, ImGuiInputTextFlags_AutoSelectAll); };
  if (exporter.focus.give_to(ui.wake, edit)) name_was_typed(ui, exporter);
  focus_stop(Takes::text);
  ui.landmarks["export.where"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImGui::PopID();
}

/// Enter, or the button. @returns whether it has begun
bool begin(Ui& ui, Exporter& exporter) {
  exports::ExportRequest wanted = exporter.request;
  wanted.out = absolute_path(exporter.typed).string();
  wanted.format.clear();  // the name decides
  const ExportKind& kind = chosen_kind(exporter);
  try {
    if (kind.id == "window") {
      if (ending_of(wanted.out) != "png") throw UsageError("The window is written as .png.");
      exporter.want_screen(wanted.out, wanted.of == "part" ? exporter.part : std::nullopt);
    } else if (kind.id == "plot") {
      if (!has_format(kind, ending_of(wanted.out))) throw UsageError("A plot is written as .svg, .png, .pdf or .csv.");
      exporter.begin(exporter.plot, wanted.out, ui.wake);
    } else {
      exports::format_of(wanted);
      exporter.begin(ui.session, std::move(wanted), ui.wake);
    }
    return true;
  } catch (const Error& error) {
    exporter.refused = error.what();
    ++exporter.renamed;  // to be typed anew
    return false;
  }
}

void open(Ui& ui, Exporter& exporter) {
  exporter.typed_by_person = false;
  exporter.refused.clear();
  exporter.moved = 0;
  if (!exporter.chosen) exporter.plot = nullptr;
  if (!exporter.chosen) exporter.request.what = ui.next.panel == "pictures" ? "tile" : "window";
  if (ui.lesson.reader.is_open()) exporter.request.lesson = ui.lesson.reader.lesson().file.string();
  follow(ui, exporter);
}

/// What stands in the way of this name, or what it would replace.
void draw_remark(Ui& ui, const Exporter& exporter) {
  const auto found = exporter.look.found();
  const bool there = found.value && found.value->exists && !found.value->is_folder;
  const std::string text = !exporter.refused.empty() ? exporter.refused
                           : there                   ? "This file exists already; it will be replaced."
                                                     : "";
  ImGui::PushTextWrapPos(0);
  ImGui::PushStyleColor(ImGuiCol_Text, exporter.refused.empty() ? ui.theme.dim : ui.theme.warning);
  say(text);  // an empty line keeps the dialog's size
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
}

/// @returns whether the dialog is done
bool draw_buttons(Ui& ui, Exporter& exporter) {
  const bool busy = exporter.writing.busy();
  ImGui::BeginDisabled(busy);
  for (const auto style : {ImGuiCol_Button, ImGuiCol_ButtonHovered, ImGuiCol_ButtonActive})
    ImGui::PushStyleColor(style, ui.theme.accent);
  ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.on_accent);
  const bool chosen = (push_button("Export") || ui.popups.enter) && !busy && !exporter.typed.empty();
  ImGui::PopStyleColor(4);
  ImGui::EndDisabled();
  note_label("Export");
  ui.landmarks["export.do"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImGui::SameLine();
  if (const std::string file = browse(ui, {true, "Export", absolute_path(exporter.typed)}); !file.empty()) {
    exporter.typed = file;
    name_was_typed(ui, exporter);
    ++exporter.renamed;
  }
  const bool cancelled = push_button("Cancel") || ui.popups.escape;
  note_label("Cancel");
  if (busy) {
    ImGui::SameLine();
    say_dim(exporter.writing.name() + " is still being written.");
  }
  return cancelled || (chosen && begin(ui, exporter));
}

}  // namespace

void draw_export_dialog(Ui& ui) {
  static const char* id = "Export";
  Exporter& exporter = ui.exporter;
  if (std::exchange(exporter.dialog, false)) {
    open_dialog(id);
    exporter.focus.want();
    open(ui, exporter);
  }
  const float left = ui.theme.px(160);
  if (!begin_dialog(ui.theme, id, {640, 0})) return;
  ui.popups.open = id;
  const float line = ImGui::GetTextLineHeightWithSpacing();
  ImGui::BeginChild("kinds", {left, float(kinds(exporter).size()) * line}, false);
  choose_kind(ui, exporter);
  ImGui::EndChild();
  ImGui::SameLine(0, ui.theme.px(20));
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(ImGui::GetWindowWidth() - ui.theme.px(16));
  say(chosen_kind(exporter).help);
  ImGui::PopTextWrapPos();
  ImGui::Spacing();
  ImGui::BeginChild("how", {0, float(kinds(exporter).size()) * line - ImGui::GetItemRectSize().y - 3 * line}, false);
  choose_format(ui, exporter);
  choose_lane(ui, exporter);
  choose_part(ui, exporter);
  choose_lesson(ui, exporter);
  ImGui::EndChild();
  ImGui::EndGroup();
  ImGui::Spacing();
  edit_name(ui, exporter);
  draw_remark(ui, exporter);
  if (draw_buttons(ui, exporter)) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace noiseglass::app
