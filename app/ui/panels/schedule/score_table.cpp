#include "ui/panels/schedule/parts.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"

#include "session/results.h"

namespace noiseglass::app {
namespace {

std::string psnr_text(const Published<ScheduleScore>::Outcome& score) {
  if (!score.problem.empty()) return "–";
  return score.value && score.value->done ? fixed(score.value->psnr, 1) + " dB" : "…";
}

std::string read_text(const Published<ScheduleScore>::Outcome& score) {
  if (!score.problem.empty()) return "–";
  if (!score.value) return "…";
  return std::to_string(score.value->read) + " of " + std::to_string(score.value->of);
}

}  // namespace

void draw_schedule_scores(Ui& ui, const ScheduleScene& scene, const std::vector<ShownScore>& scores,
                          const std::string& samples_of, const Rect& rect) {
  const Theme& theme = ui.theme;
  const std::string steps = std::to_string(scene.timesteps.size()) + (scene.timesteps.size() == 1 ? " step" : " steps");
  const Rect inside = draw_card(theme, rect, "Tried out in " + steps, "learned");
  const float name = inside.min.x, first = inside.min.x + inside.width() * 0.40f,
              second = inside.min.x + inside.width() * 0.68f;
  float y = inside.min.y;
  draw_text_fitting(theme.small, {first, y}, theme.dim, "this picture", second - first - theme.px(6));
  draw_text_fitting(theme.small, {second, y}, theme.dim, "samples read", inside.max.x - second);
  y += theme.px(22);
  std::string problem;
  for (std::size_t i = 0; i < scene.shown.size(); ++i) {
    const ShownSchedule& shown = scene.shown[i];
    const float middle = y + theme.small->FontSize / 2 + theme.px(1);
    ImGui::GetWindowDrawList()->AddRectFilled(
        {name, middle - theme.px(1.5f)}, {name + theme.px(12), middle + theme.px(1.5f)}, shown.colour, theme.px(1.5f));
    draw_text_fitting(theme.small, {name + theme.px(18), y}, theme.text, shown.name, first - name - theme.px(22));
    ImFont* font = shown.own ? theme.strong : theme.body;
    const bool sure = scores[i].samples.value && scores[i].samples.value->done;
    draw_text(font, {first, y - theme.px(1)}, theme.text, psnr_text(scores[i].picture));
    draw_text(font, {second, y - theme.px(1)}, sure ? theme.text : theme.dim, read_text(scores[i].samples));
    if (!scores[i].picture.problem.empty()) problem = scores[i].picture.problem;
    if (!scores[i].samples.problem.empty()) problem = scores[i].samples.problem;
    y += theme.px(26);
  }
  const std::string about =
      "This picture: PSNR, denoised from the slider's SNR" +
      std::string(samples_of.empty() ? "."
                                     : ". Samples: 64 of the network “" + samples_of + "”, read by a classifier.");
  y += theme.px(2);
  if (!problem.empty())
    draw_text_wrapped(theme.small, {name, y}, theme.warning, problem, inside.width());
  else if (y + wrapped_height(theme.small, about, inside.width()) < inside.max.y + theme.px(4))
    draw_text_wrapped(theme.small, {name, y}, theme.dim, about, inside.width());
  mark_subject(ui, "scores", rect);
}

}  // namespace noiseglass::app
