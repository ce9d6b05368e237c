#include "ui/lessons/lessons.h"
#include "ui/lessons/rich_text.h"
#include "ui/widgets/hit_area.h"

#include <cmath>

namespace noiseglass::app {
namespace {

using namespace lessons;

/// A tick or a cross, drawn: the typeface has neither.
void draw_verdict(const Theme& theme, ImVec2 c, bool right, ImU32 colour) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float r = theme.px(5), thick = theme.px(2);
  if (right) {
    const ImVec2 points[] = {{c.x - r, c.y}, {c.x - r * 0.2f, c.y + r * 0.8f}, {c.x + r, c.y - r * 0.8f}};
    draw.AddPolyline(points, 3, colour, 0, thick);
  } else {
    draw.AddLine({c.x - r * 0.8f, c.y - r * 0.8f}, {c.x + r * 0.8f, c.y + r * 0.8f}, colour, thick);
    draw.AddLine({c.x - r * 0.8f, c.y + r * 0.8f}, {c.x + r * 0.8f, c.y - r * 0.8f}, colour, thick);
  }
}

struct AnswerLook {
  bool asked = false;   ///< a choice has been made
  bool chosen = false;  ///< this one
  bool told = false;    ///< with why it is right, or tempting
};

/// One answer: a button until a choice is made, then with its verdict. The chosen and the right one then say why; the
/// others do when they are pressed, so that the page stays short. @returns true when pressed
bool draw_answer(Ui& ui, RichText& text, const Answer& answer, const std::string& id, AnswerLook look, float width) {
  const Theme& theme = ui.theme;
  const float pad = theme.px(12), mark = theme.px(24), inner = width - 2 * pad - mark;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float height = text.draw(answer.text, at, inner, 0, false) + theme.px(14);
  if (look.told) height += text.draw(answer.why, at, inner, 0, false, theme.small) + theme.px(4);
  const bool pressed = hit_area(id.c_str(), {width, height});
  const bool can_press = !look.asked || !(look.chosen || answer.right);
  if (can_press) focus_stop(Takes::press);
  const bool hovered = can_press && ImGui::IsItemHovered();
  if (look.asked && can_press && !look.told) tooltip(theme, "Why not? Click to find out.");
  ui.landmarks["lesson." + id] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 max{at.x + width, at.y + height};
  const ImU32 verdict = answer.right ? theme.lane[1] : theme.warning;
  draw.AddRectFilled(at, max, hovered ? theme.hovered : theme.raised, theme.px(6));
  if (look.chosen || (look.asked && answer.right)) draw.AddRect(at, max, verdict, theme.px(6), 0, theme.px(1.5f));
  const ImVec2 c{at.x + pad + theme.px(6), at.y + theme.px(7) + std::round(theme.body->FontSize * 0.75f)};
  if (look.asked)
    draw_verdict(theme, c, answer.right, verdict);
  else
    draw.AddCircle(c, theme.px(5.5f), hovered ? theme.text : theme.dim, 0, theme.px(1.5f));
  const ImVec2 text_at{at.x + pad + mark, at.y + theme.px(7)};
  const float first = text.draw(answer.text, text_at, inner, theme.text);
  if (look.told)
    text.draw(answer.why, {text_at.x, text_at.y + first + theme.px(2)}, inner, theme.text, true, theme.small);
  return pressed && can_press;
}

}  // namespace

void draw_question(Ui& ui, const Question& question, int block, float width) {
  const Theme& theme = ui.theme;
  LessonData& data = ui.lesson;
  RichText text(theme, data.equations, data.own_equations.get());
  const auto gap = [&](float design) { ImGui::Dummy({1, theme.px(design)}); };
  const auto given = data.reader.answer_to(block);
  gap(4);
  draw_text(theme.small, ImGui::GetCursorScreenPos(), theme.dim,
            given ? "Now look at the screen" : "Predict first, then see");
  gap(20);
  Spans asked = question.text;
  for (Span& span : asked)
    if (span.kind == Span::Kind::text) span.kind = Span::Kind::strong;
  ImGui::Dummy({1, text.draw(asked, ImGui::GetCursorScreenPos(), width, theme.text)});
  gap(8);
  for (std::size_t i = 0; i < question.answers.size(); ++i) {
    const std::string id = "answer" + std::to_string(block) + "." + std::to_string(i);
    const Answer& answer = question.answers[i];
    const bool chosen = given && *given == int(i);
    const bool told = given && (chosen || answer.right || data.unfolded.contains(id));
    const bool pressed = draw_answer(ui, text, answer, id, {given.has_value(), chosen, told}, width);
    if (pressed && !given) data.reader.answer(block, int(i), ui.next), data.answered = block;
    if (pressed && given && !data.unfolded.erase(id)) data.unfolded.insert(id);
    gap(6);
  }
  if (!text.followed().empty()) data.follow = text.followed();
  if (given && !question.reveal.empty()) {
    if (push_button("Show it again")) data.reader.reveal_again(block, ui.next);
  }
  gap(10);
}

}  // namespace noiseglass::app
