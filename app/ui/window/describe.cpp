#include "language/language.h"
#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"
#include "ui/window/contents.h"
#include "ui/window/exporter.h"

#include <nlohmann/json.hpp>

namespace noiseglass::app {

std::map<std::string, double> Contents::facts() const {
  const Panel* panel = panel_.find(session_.state().panel);
  return panel ? panel->facts() : std::map<std::string, double>{};
}

std::string Contents::describe() const {
  nlohmann::json json;
  json["frame"] = ImGui::GetFrameCount();
  for (const auto& [name, rect] : landmarks_) json["places"][name] = {rect.min.x, rect.min.y, rect.max.x, rect.max.y};
  const AppState& state = session_.state();
  json["t"] = {session_.lane(0).t, session_.lane(1).t};
  json["seed"] = state.seed;
  json["view"] = state.view == View::forward ? "forward" : "reverse";
  json["playing"] = state.playing != Playing::paused;
  json["computing"] = session_.computing();
  json["guesses"] = {session_.lane(0).guesses, session_.lane(1).guesses};
  for (int i = 0; i < 2; ++i)
    json["problems"].push_back(session_.lane(i).preview_problem + session_.lane(i).run_problem);
  json["opening"] = session_.opening();
  json["run_done"] = session_.run_done();
  for (int i = 0; i < state.lane_count; ++i) {
    const RunFrame* shown = session_.lane(i).frame;
    json["psnr"].push_back(shown ? shown->quality.psnr : 0);
    json["ssim"].push_back(shown && shown->quality.ssim ? *shown->quality.ssim : 0);
  }
  double seconds = 0;
  for (int i = 0; i < state.lane_count; ++i)
    if (const Run* run = session_.lane(i).run.get()) seconds += run->seconds;
  json["run_seconds"] = seconds;
  json["picture"] = session_.picture().title;
  json["export"] = {
      {"busy", exporter_.writing.busy()}, {"copies", exporter_.copying.busy()}, {"message", exporter_.message()},
      {"refused", exporter_.refused},     {"what", exporter_.request.what},     {"of", exporter_.request.of},
      {"lane", exporter_.request.lane},   {"typed", exporter_.typed},           {"format", exporter_.request.format}};
  json["message"] = session_.message();
  json["refused"] = session_.refusal() ? session_.refusal()->sentence : "";
  json["broken"] = nlohmann::json::object();
  for (const auto& [part, problem] : broken_)
    if (!problem.empty()) json["broken"][part] = problem;
  json["dialog"] = popups_.open;
  json["tour"] = tour_.stop();
  json["language"] = language_in_use();
  json["theme"] = look_names()[std::size_t(state.look)];
  json["transitions"] = theme_.transitions;
  json["wipe"] = graphics_.wipe;
  json["zoom"] = state.zoom;
  if (const auto focus = focus_place()) json["focus"] = {focus->min.x, focus->min.y, focus->max.x, focus->max.y};
  json["typing"] = ImGui::GetIO().WantTextInput;
  json["typed"] = open_dialog_.typed();
  json["recent"] = preferences_.recent;
  json["tab"] = state.panel;
  json["settings"] = state.settings;
  if (panel_.find(state.panel)) json["panel"] = facts();
  json["lesson"] = nlohmann::json::parse(describe_lesson(lesson_.reader, marks_));
  json["window"] = {ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y};
  // Names of files are any bytes, and JSON is UTF-8.
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace noiseglass::app
