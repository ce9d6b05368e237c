#include "ui/lessons/lessons.h"
#include "ui/lessons/rich_text.h"
#include "ui/widgets/layout_record.h"

#include "language/language.h"
#include "lessons/table.h"
#include "ui/widgets/hit_area.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace noiseglass::app {
namespace {

using namespace lessons;

ImVec2 cursor() { return ImGui::GetCursorScreenPos(); }

void advance(float height) { ImGui::Dummy({1, std::max(1.f, height)}); }

/// The texture of a picture in the text; empty when it cannot be read.
const render::Texture& picture_of(LessonData& data, const std::filesystem::path& file) {
  auto [found, is_new] = data.pictures.try_emplace(file);
  if (is_new) try {
      found->second = render::Texture(read_picture(file), {.smooth_when_enlarged = true});
    } catch (const Error&) {
    }
  return found->second;
}

/// Draws the blocks of a page one below the other.
struct BlockWriter {
  Ui& ui;
  LessonData& data;
  RichText& text;
  float width;
  int block = 0;

  const Theme& theme() const { return ui.theme; }
  void gap(float design) const { advance(theme().px(design)); }

  void operator()(const Paragraph& paragraph) const {
    advance(text.draw(paragraph.text, cursor(), width, theme().text));
    gap(10);
  }

  void operator()(const Heading& heading) const {
    gap(6);
    advance(text.draw(heading.text, cursor(), width, theme().text, true, theme().strong));
    gap(4);
  }

  void operator()(const List& list) const {
    const float indent = theme().px(20);
    int number = 0;
    for (const Spans& item : list.items) {
      const ImVec2 at = cursor();
      const float top = std::round(at.y + theme().body->FontSize * 0.25f);
      if (list.numbered)
        draw_text(theme().body, {at.x, top}, theme().dim, std::to_string(++number) + ".");
      else
        ImGui::GetWindowDrawList()->AddCircleFilled({at.x + theme().px(6), top + theme().px(8)}, theme().px(2.5f),
                                                    theme().dim);
      advance(text.draw(item, {at.x + indent, at.y}, width - indent, theme().text));
      gap(4);
    }
    gap(6);
  }

  /// Columns as wide as their longest cell, or a fair share where that is too much.
  void operator()(const Table& table) const {
    const std::vector<float> widths = column_widths(table);
    const float between = theme().px(12);
    const auto row = [&](const std::vector<Spans>& cells, bool head) {
      const ImVec2 at = cursor();
      float x = at.x, height = 0;
      for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
        height = std::max(height, text.draw(cells[i], {x, at.y}, widths[i], head ? theme().dim : theme().text, true,
                                            head ? theme().small : nullptr));
        x += widths[i] + between;
      }
      const float y = at.y + height + theme().px(3);
      ImGui::GetWindowDrawList()->AddLine({at.x, y}, {at.x + width, y}, theme().border, head ? theme().px(1.5f) : 1);
      advance(height + theme().px(7));
    };
    if (!table.head.empty()) row(table.head, true);
    for (const auto& cells : table.rows) row(cells, false);
    gap(8);
  }

  std::vector<float> column_widths(const Table& table) const {
    const std::size_t count = table.head.size();
    std::vector<float> widths(count, 0);
    const auto widen = [&](const std::vector<Spans>& cells, ImFont* font) {
      for (std::size_t i = 0; i < cells.size() && i < count; ++i)
        widths[i] = std::max(widths[i], text.width(cells[i], font));
    };
    widen(table.head, theme().small);
    for (const auto& cells : table.rows) widen(cells, nullptr);
    return lessons::share_out(widths, width - theme().px(12) * float(count - 1));
  }

  /// In a box of its own, so that the eye finds what there is to do.
  void operator()(const Task& task) const {
    const float pad = theme().px(14), inner = width - 2 * pad;
    const ImVec2 at = cursor();
    float height = pad - theme().px(4);
    for (const Spans& paragraph : task.paragraphs) height += text.draw(paragraph, at, inner, 0, false) + theme().px(6);
    height += pad - theme().px(10);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(at, {at.x + width, at.y + height}, theme().raised, theme().px(6));
    draw.AddRectFilled(at, {at.x + theme().px(4), at.y + height}, theme().accent, theme().px(6),
                       ImDrawFlags_RoundCornersLeft);
    float y = at.y + pad - theme().px(4);
    for (const Spans& paragraph : task.paragraphs)
      y += text.draw(paragraph, {at.x + pad, y}, inner, theme().text) + theme().px(6);
    advance(height);
    gap(12);
  }

  void operator()(const Formula& formula) const {
    gap(2);
    advance(text.draw_formula(formula.tex, cursor(), width, theme().text));
    gap(12);
  }

  void operator()(const Picture& picture) const {
    const auto file = data.reader.lesson().file.parent_path() / picture.file;
    const render::Texture& texture = picture_of(data, file);
    if (!texture) {
      data.reader.name_is_unknown({picture.file.string(), picture.line});
      return;
    }
    const float scale = std::min(theme().scale, width / float(texture.shape().width));
    const ImVec2 at = cursor(), size{float(texture.shape().width) * scale, float(texture.shape().height) * scale};
    const float x = at.x + (width - size.x) / 2;
    ImGui::GetWindowDrawList()->AddImage(ImTextureID(std::intptr_t(texture.id())), {x, at.y},
                                         {x + size.x, at.y + size.y});
    hit_area("picture", {width, size.y});
    const AsWritten lesson;
    tooltip(theme(), picture.alt.c_str());
    gap(12);
  }

  void operator()(const Question& question) const { draw_question(ui, question, block, width); }
};

/// A text that can be pressed. @returns true when it was
bool link(Ui& ui, const char* id, const char* label, ImVec2 right_top) {
  const Theme& theme = ui.theme;
  const ImVec2 size{text_width(theme.small, label), theme.small->FontSize + theme.px(8)};
  ImGui::SetCursorScreenPos({right_top.x - size.x, right_top.y - theme.px(4)});
  const bool pressed = hit_area(id, size);
  focus_stop(Takes::press);
  const ImVec2 min = ImGui::GetItemRectMin();
  const bool hovered = ImGui::IsItemHovered();
  const ImU32 colour = hovered ? theme.text : theme.dim;
  draw_text(theme.small, {min.x, min.y + theme.px(4)}, colour, label);
  const float y = min.y + theme.px(5) + theme.small->FontSize;
  ImGui::GetWindowDrawList()->AddLine({min.x, y}, {min.x + size.x, y}, faded(colour, 0.6f), 1);
  ui.landmarks[std::string("lesson.") + id] = {min, ImGui::GetItemRectMax()};
  return pressed;
}

void draw_header(Ui& ui, LessonData& data, const Rect& rect, float pad) {
  const Theme& theme = ui.theme;
  LessonReader& reader = data.reader;
  const float y = rect.min.y + theme.px(16), gap = theme.px(16);
  if (link(ui, "leave", "Leave", {rect.max.x - pad, y})) return reader.leave();
  const float fold_right = rect.max.x - pad - text_width(theme.small, "Leave") - gap;
  if (link(ui, "fold", "Fold", {fold_right, y})) data.folded = true;
  tooltip(theme, hint(action("fold_lesson")).c_str());
  const float room = fold_right - text_width(theme.small, "Fold") - gap - rect.min.x - pad;
  const AsWritten title;
  draw_text_cut(theme.small, {rect.min.x + pad, y}, theme.dim, reader.lesson().title, room);
}

/// Where one is: a dot for each page, or "12 of 40" where dots have no room.
void draw_place(Ui& ui, LessonReader& reader, float left, float right, float middle) {
  const Theme& theme = ui.theme;
  const int count = reader.page_count();
  const float pitch = theme.px(13), r = theme.px(3.5f);
  if (pitch * float(count) > right - left) {
    const std::string place = std::to_string(reader.page_index() + 1) + " of " + std::to_string(count);
    draw_text(theme.small, {(left + right - text_width(theme.small, place)) / 2, middle - theme.small->FontSize / 2},
              theme.dim, place);
    return;
  }
  float x = (left + right - pitch * float(count)) / 2;
  FocusKeys keys;
  for (int i = 0; i < count; ++i, x += pitch) {
    ImGui::SetCursorScreenPos({x, middle - theme.px(10)});
    if (hit_area(("page " + std::to_string(i)).c_str(), {pitch, theme.px(20)})) reader.turn_to(i);
    if (i == reader.page_index()) keys = focus_stop(Takes::choices, "page");
    const AsWritten title;
    tooltip(theme, (std::to_string(i + 1) + ". " + reader.lesson().pages[i].title).c_str());
    const bool here = i == reader.page_index();
    ImGui::GetWindowDrawList()->AddCircleFilled({x + pitch / 2, middle}, here ? r + theme.px(1) : r,
                                                here ? theme.accent : faded(theme.dim, 0.5f));
  }
  if (keys.across != 0) reader.turn_to(std::clamp(reader.page_index() + keys.across, 0, count - 1));
}

void draw_footer(Ui& ui, LessonData& data, const Rect& rect) {
  const Theme& theme = ui.theme;
  LessonReader& reader = data.reader;
  const float height = theme.px(32), width = theme.px(84), y = rect.min.y + (rect.height() - height) / 2;
  const bool first = reader.page_index() == 0, last = reader.page_index() + 1 == reader.page_count();
  ImGui::SetCursorScreenPos({rect.min.x, y});
  ImGui::BeginDisabled(first);
  if (push_button("← Back", {width, height})) reader.turn(-1);
  note_label("← Back");
  ImGui::EndDisabled();
  tooltip(theme, "Previous page (Page Up)");
  ui.landmarks["lesson.back"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  draw_place(ui, reader, rect.min.x + width + theme.px(6), rect.max.x - width - theme.px(6), y + height / 2);
  ImGui::SetCursorScreenPos({rect.max.x - width, y});
  ImGui::PushStyleColor(ImGuiCol_Button, theme.accent);
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, faded(theme.accent, 0.85f));
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, faded(theme.accent, 0.7f));
  ImGui::PushStyleColor(ImGuiCol_Text, theme.on_accent);
  const bool pressed = push_button(last ? "Finish" : "Next →", {width, height});
  note_label(last ? "Finish" : "Next →");
  ImGui::PopStyleColor(4);
  tooltip(theme, last ? "Leaves the lesson and puts the window back as it was." : "Next page (Page Down)");
  ui.landmarks["lesson.next"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  if (pressed) last ? reader.leave() : reader.turn(1);
}

/// The lesson in one sentence, at the end of its last page.
void draw_takeaway(Ui& ui, RichText& text, const std::string& takeaway, float width) {
  const Theme& theme = ui.theme;
  advance(theme.px(6));
  const ImVec2 at = cursor();
  const float pad = theme.px(16);
  const Spans sentence = {{Span::Kind::strong, takeaway}};
  const float height = text.draw(sentence, at, width - 2 * pad, 0, false) + theme.px(22) + 2 * pad;
  ImGui::GetWindowDrawList()->AddRect(at, {at.x + width, at.y + height}, theme.dim, theme.px(8), 0, theme.px(1.5f));
  draw_text(theme.small, {at.x + pad, at.y + pad}, theme.dim, "Takeaway");
  text.draw(sentence, {at.x + pad, at.y + pad + theme.px(20)}, width - 2 * pad, theme.text);
  advance(height);
  advance(theme.px(12));
}

/// What was answered goes into a session's file, which a teacher can gather (noiseglass lesson-report).
void draw_keep_answers(Ui& ui, const LessonReader& reader, float width) {
  if (reader.answers().empty()) return;
  const ImVec2 at = cursor();
  if (link(ui, "keep_answers", "Save my answers…", {at.x + width, at.y})) ui.requests.act("save_as");
  advance(ui.theme.px(24));
}

/// For whoever wrote the lesson.
void draw_mistakes(Ui& ui, RichText& text, const LessonReader& reader, float width) {
  if (reader.mistakes().empty()) return;
  const Theme& theme = ui.theme;
  advance(theme.px(8));
  draw_text(theme.strong, cursor(), theme.warning, "Mistakes in " + reader.lesson().file.filename().string());
  advance(theme.px(24));
  for (const Mistake& mistake : reader.mistakes())
    advance(text.draw({{Span::Kind::text, tr("Line " + std::to_string(mistake.line) + ": " + mistake.text)}}, cursor(),
                      width, theme.warning));
  advance(theme.px(12));
}

/// The page at the end of which stands what is to be taken away.
bool closes(const LessonReader& reader) {
  return reader.page_index() + 1 == reader.page_count() && !reader.lesson().takeaway.empty();
}

/// The text fades out above a small arrow where it goes on below.
void draw_more_below(const Theme& theme, const Rect& rect) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float high = theme.px(36);
  const ImU32 clear = faded(theme.surface, 0);
  draw.AddRectFilledMultiColor({rect.min.x + 1, rect.max.y - high}, {rect.max.x - theme.px(9), rect.max.y}, clear,
                               clear, theme.surface, theme.surface);
  const ImVec2 tip{(rect.min.x + rect.max.x) / 2, rect.max.y - theme.px(2)};
  const ImVec2 points[] = {{tip.x - theme.px(8), tip.y - theme.px(7)}, tip, {tip.x + theme.px(8), tip.y - theme.px(7)}};
  draw.AddPolyline(points, 3, theme.accent, 0, theme.px(2));
}

void draw_body(Ui& ui, LessonData& data, const Rect& rect, float pad) {
  const Theme& theme = ui.theme;
  const LessonReader& reader = data.reader;
  ImGui::SetCursorScreenPos(rect.min);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, theme.px(8));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, 0);
  ImGui::BeginChild("lesson text", {rect.width(), rect.height()});
  if (data.frames_on_page == 0) ImGui::SetScrollY(0);
  if (const int down = std::exchange(data.scroll, 0))
    ImGui::SetScrollY(ImGui::GetScrollY() + float(3 * down) * theme.body->FontSize);
  const float width = rect.width() - 2 * pad;
  ImGui::Indent(pad);
  RichText text(theme, data.equations, data.own_equations.get());
  const Spans title = {{Span::Kind::text, reader.page().title}};
  advance(text.draw(title, cursor(), width, theme.text, true, theme.title));
  advance(theme.px(10));
  const int page = reader.page_index();
  bool whole = true;
  const auto& blocks = reader.page().blocks;
  for (std::size_t i = 0; i < blocks.size() && reader.is_open() && reader.page_index() == page; ++i) {
    ImGui::PushID(int(i));
    if (data.answered == int(i)) {  // what is said of the answer, and what follows it, comes into sight
      ImGui::SetScrollHereY(0);
      data.answered = -1;
    }
    std::visit(BlockWriter{ui, data, text, width, int(i)}, blocks[i]);
    ImGui::PopID();
    if (!std::holds_alternative<Question>(blocks[i]) || reader.answer_to(int(i))) continue;
    whole = false;  // what follows would give the answer away
    if (i + 1 < blocks.size() || closes(reader)) {
      draw_text(theme.small, cursor(), theme.dim, "The page continues once you have answered.");
      advance(theme.px(24));
    }
    break;
  }
  if (whole && closes(reader)) draw_takeaway(ui, text, reader.lesson().takeaway, width);
  if (whole && page + 1 == reader.page_count()) draw_keep_answers(ui, reader, width);
  draw_mistakes(ui, text, reader, width);
  for (const auto& [target, place] : text.links()) ui.landmarks["lesson.link " + target] = place;
  const bool more = ImGui::GetScrollY() < ImGui::GetScrollMaxY() - theme.px(4);
  data.pointed_at = text.pointed_at();
  if (!text.followed().empty()) data.follow = text.followed();
  ImGui::Unindent(pad);
  if (more) draw_more_below(theme, rect);
  ImGui::EndChild();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
}

}  // namespace

void draw_lesson_edge(Ui& ui, const Rect& rect) {
  LessonData& data = ui.lesson;
  const Theme& theme = ui.theme;
  begin_area("lesson edge", rect);
  ImGui::SetCursorScreenPos(rect.min);
  if (hit_area("unfold", {rect.width(), std::max(1.f, rect.height())})) data.folded = false;
  focus_stop(Takes::press);
  const bool hovered = ImGui::IsItemHovered();
  ui.landmarks["lesson.unfold"] = rect;
  tooltip(theme, hint(action("fold_lesson")).c_str());
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(rect.min, rect.max, hovered ? theme.raised : theme.surface);
  draw.AddLine(rect.min, {rect.min.x, rect.max.y}, theme.border);
  const ImVec2 c{(rect.min.x + rect.max.x) / 2, rect.min.y + theme.px(24)};
  draw.AddTriangleFilled({c.x + theme.px(4), c.y - theme.px(6)}, {c.x + theme.px(4), c.y + theme.px(6)},
                         {c.x - theme.px(5), c.y}, theme.text);
  const std::string place =
      std::to_string(data.reader.page_index() + 1) + "/" + std::to_string(data.reader.page_count());
  draw_text(theme.small, {c.x - text_width(theme.small, place) / 2, c.y + theme.px(20)}, theme.dim, place);
  ImGui::EndChild();
}

void draw_lesson(Ui& ui, const Rect& rect) {
  LessonData& data = ui.lesson;
  const Theme& theme = ui.theme;
  const float pad = theme.px(24), header = theme.px(52), footer = theme.px(96);
  begin_area("lesson", rect);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(rect.min, rect.max, theme.surface);
  draw.AddLine(rect.min, {rect.min.x, rect.max.y}, theme.border);
  ui.landmarks["lesson"] = rect;
  const Rect text{{rect.min.x, rect.min.y + header}, {rect.max.x, rect.max.y - footer}};
  ui.landmarks["lesson.text"] = text;
  draw_body(ui, data, text, pad);
  const float y = rect.max.y - footer;
  draw.AddLine({rect.min.x + pad, y}, {rect.max.x - pad, y}, theme.border);
  if (link(ui, "again", "Set up this page again", {rect.max.x - pad, y + theme.px(12)})) data.reader.set_up_again();
  const std::string place =
      std::to_string(data.reader.page_index() + 1) + " of " + std::to_string(data.reader.page_count());
  draw_text(theme.small, {rect.min.x + pad, y + theme.px(12)}, theme.dim, place);
  const int page = data.reader.page_index();
  draw_footer(ui, data, {{rect.min.x + pad, y + theme.px(34)}, {rect.max.x - pad, rect.max.y - theme.px(12)}});
  if (data.reader.is_open() && page == data.reader.page_index()) draw_header(ui, data, rect, pad);
  ImGui::EndChild();
}

}  // namespace noiseglass::app
