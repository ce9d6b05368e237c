#include "ui/panels/guidance/parts.h"
#include "ui/panels/guidance/rows_plan.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr double row_weights[] = {0, 1, 2, 3, 4, 6, 8};
constexpr int classes_in_row = 10, steps_of_run = 25;

/// strength·(a − b): mid-grey where they agree.
Image as_difference(const Image& a, const Image& b, float strength) {
  Image out = a;
  for (std::size_t i = 0; i < out.data.size(); ++i) out.data[i] = strength * (a.data[i] - b.data[i]);
  return out;
}

double rms(const Image& a, const Image& b) { return std::sqrt(mean_squared_error(a, b)); }

/// The power of two that makes a faint difference visible; it is said beside the picture.
int strength_for(double difference, double full) {
  int strength = 1;
  while (strength < 64 && difference * strength < 0.15 * full) strength *= 2;
  return strength;
}

}  // namespace

std::vector<const ModelInfo*> class_models(const Library& library) {
  std::vector<const ModelInfo*> found;
  for (const ModelInfo& model : library.models)
    if (!model.class_names.empty() && model.size > 0 && model.steps.empty()) found.push_back(&model);
  return found;
}

GuidanceChoice guidance_choice(const Ui& ui) {
  GuidanceChoice choice;
  const auto models = class_models(ui.session.library());
  if (models.empty()) return choice;
  choice.model = models[std::min(std::size_t(setting_index(ui, "model")), models.size() - 1)];
  choice.class_index = std::min(setting_index(ui, "class"), choice.classes() - 1);
  choice.weight = std::round(setting(ui, "weight") * 10) / 10;
  choice.of_picture = setting_index(ui, "prediction") == 1;
  return choice;
}

GuidedRequest GuidanceChoice::request(const Session& session, int class_of, double weight_of) const {
  GuidedRequest request;
  request.model_path = model->path;
  request.shape = {model->size, model->size, model->channels};
  request.class_index = class_of;
  request.guidance = weight_of;
  request.schedule = session.lane(0).schedule;
  request.schedule_key = session.lane(0).schedule_key;
  request.steps = steps_of_run;
  request.seed = session.state().seed;
  request.detailed = chosen(class_of, weight_of);
  return request;
}

void GuidanceView::want(const Session& session, const GuidanceChoice& choice,
                        const std::vector<std::vector<Place>>& rows) {
  std::vector<GuidedRequest> requests = {choice.request(session, choice.class_index, choice.weight)};
  for (const auto& row : rows)
    for (const Place& place : row)
      if (!choice.chosen(place.class_index, place.weight))
        requests.push_back(choice.request(session, place.class_index, place.weight));
  made_.want(requests);
  wanted_ = int(requests.size()), done_ = 0;
  for (const GuidedRequest& request : requests)
    if (const auto picture = made_.find(request).value; picture && picture->done) ++done_;
}

void GuidanceView::draw_places(Ui& ui, const Rect& area, int across, float side, const GuidanceChoice& choice,
                               const std::vector<Place>& places) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  ImVec2 at = area.min;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    const GuidedRequest request = choice.request(ui.session, place.class_index, place.weight);
    const auto outcome = made_.find(request);
    const auto& made = outcome.value;
    const Rect rect{{std::round(at.x), std::round(at.y)}, {std::round(at.x) + side, std::round(at.y) + side}};
    PictureTile tile;
    const std::string slot = choice.model->name + ' ' + place.slot;
    tile.texture = slots_.last(slot);
    tile.dimmed = !made;
    if (made && !made->picture.empty())
      tile.texture = slots_.show(place.slot, Key(request.key(), made->progress), [&] { return made->picture; });
    tile.empty = outcome.problem;
    if (!outcome.problem.empty()) tile.texture = 0;
    draw_picture_tile(theme, rect, tile);
    if (made && !made->done && outcome.problem.empty())  // how far it has come
      draw.AddRectFilled({rect.min.x, rect.max.y - theme.px(3)},
                         {rect.min.x + side * float(made->progress), rect.max.y}, theme.focus);
    ImGui::SetCursorScreenPos(rect.min);
    if (hit_area(place.slot.c_str(), {side, side})) {
      set_setting(ui, "class", place.class_index);
      set_setting(ui, "weight", place.weight);
    }
    focus_stop(Takes::press);
    mark_subject(ui, place.slot.c_str(), rect);
    const bool hovered = ImGui::IsItemHovered(), chosen = choice.chosen(place.class_index, place.weight);
    const float grow = theme.px(3);
    if (chosen || hovered)
      draw.AddRect({rect.min.x - grow, rect.min.y - grow}, {rect.max.x + grow, rect.max.y + grow},
                   chosen ? theme.text : theme.dim, theme.px(4), 0, theme.px(chosen ? 2 : 1));
    const float width = std::min(text_width(theme.small, place.label), side);
    draw_text_cut(theme.small, {rect.min.x + (side - width) / 2, rect.max.y + theme.px(4)},
                  chosen ? theme.text : theme.dim, place.label, side);
    at.x += side + theme.px(picture_gap);
    if (int(i + 1) % across == 0) at = {area.min.x, at.y + side + theme.px(label_height)};
  }
}

void GuidanceView::draw_predictions(Ui& ui, const Rect& rect, float side, const GuidanceChoice& choice) {
  const Theme& theme = ui.theme;
  const auto outcome = made_.find(choice.request(ui.session, choice.class_index, choice.weight));
  const auto& made = outcome.value;
  const GuidedMoment* moment = made ? made->at(ui.session.lane(0).t) : nullptr;
  const float gap = theme.px(sign_gap), title = theme.px(heading_height) + theme.px(tile_caption);
  const bool x_0 = choice.of_picture;
  std::string heading = "What the network predicts on the way to " + choice.class_name(choice.class_index);
  if (moment) heading += ", at t = " + std::to_string(moment->t);
  if (moment && moment->t != ui.session.lane(0).t) heading += " (the nearest step)";
  draw_text(theme.strong, rect.min, theme.text, heading);
  const Key key =
      moment ? Key(choice.request(ui.session, choice.class_index, choice.weight).key(), moment->t, x_0) : Key();
  const Image *free = nullptr, *with = nullptr, *guided = nullptr;
  int strength = 1;
  if (moment) {
    free = x_0 ? &moment->x_0_free : &moment->epsilon_free;
    with = x_0 ? &moment->x_0_class : &moment->epsilon_class;
    guided = x_0 ? &moment->x_0 : &moment->epsilon;
    strength = strength_for(rms(*with, *free), x_0 ? 1 : 3);
  }
  const std::string hat = x_0 ? "x̂₀" : "ε̂", w = number(choice.weight);
  const ImU32 colour = x_0 ? theme.x_0_hat : theme.epsilon;
  const auto shown = [&](const Image& image) { return x_0 ? image : noise_as_picture(image); };
  struct Entry {
    const char* name;
    PictureTile tile;
    const char* before;  // the sign between this and the tile before
    std::function<Image()> make;
  };
  const std::string times = strength > 1 ? "shown ×" + std::to_string(strength) : "";
  Entry entries[] = {
      {"moment", {.symbol = "xₜ", .symbol_colour = theme.x_t, .caption = "so far"}, "", [&] { return moment->x_t; }},
      {"with",
       {.symbol = hat, .symbol_colour = colour, .caption = "with the class", .tag = "learned"},
       "",
       [&] { return shown(*with); }},
      {"without",
       {.symbol = hat, .symbol_colour = colour, .caption = "without the class", .tag = "learned"},
       "−",
       [&] { return shown(*free); }},
      {"difference",
       {.caption = "the change", .tag = times},
       "=",
       [&] { return shown(as_difference(*with, *free, float(strength))); }},
      {"guided",
       {.symbol = hat, .symbol_colour = colour, .caption = "without + " + w + " × change"},
       "→",
       [&] { return shown(*guided); }},
  };
  float x = rect.min.x;
  for (Entry& entry : entries) {
    const Rect place{{std::round(x), std::round(rect.min.y + title)},
                     {std::round(x) + side, std::round(rect.min.y + title) + side}};
    entry.tile.texture = moment ? slots_.show(entry.name, key, entry.make) : slots_.last(entry.name);
    if (!moment && !outcome.problem.empty()) entry.tile.texture = 0;
    entry.tile.dimmed = !moment;
    entry.tile.empty = outcome.problem;
    draw_picture_tile(theme, place, entry.tile);
    mark_subject(ui, entry.name, place);
    const float sign = text_width(theme.title, entry.before);
    draw_text(theme.title, {place.min.x - gap / 2 - sign / 2, (place.min.y + place.max.y - theme.title->FontSize) / 2},
              theme.dim, entry.before);
    x += side + gap;
  }
}

void GuidanceView::draw_headings(const Ui& ui, const Rect& rect, const GuidanceChoice& choice, bool of_classes) {
  const Theme& theme = ui.theme;
  const std::string text = of_classes
                               ? "The same noise for each class, at w = " + number(choice.weight)
                               : "The same noise, " + choice.class_name(choice.class_index) + " with growing guidance";
  const float title = draw_text(theme.strong, rect.min, theme.text, text) + theme.px(10);
  draw_text(theme.small, {rect.min.x + title, rect.min.y + theme.px(1)}, theme.dim, "learned");
}

void GuidanceView::draw(Ui& ui, const Rect& rect, const GuidanceChoice& choice) {
  const Theme& theme = ui.theme;
  std::vector<Place> classes, weights;
  const int in_row = std::min(classes_in_row, choice.classes());
  const int first = std::clamp(choice.class_index / in_row * in_row, 0, choice.classes() - in_row);
  for (int i = first; i < first + in_row; ++i)
    classes.push_back({"of_class" + std::to_string(i), choice.class_name(i), i, choice.weight});
  for (const double w : row_weights)
    weights.push_back({"at_weight" + number(w), "w = " + number(w), choice.class_index, w});
  want(ui.session, choice, {classes, weights});
  const RowsPlan plan = plan_rows(ui, rect, {in_row, int(weights.size()), 5});
  if (plan.counts[1] < int(weights.size())) weights.erase(weights.end() - 2);  // of 4, 6, 8 the middle one
  ImVec2 at = rect.min;
  for (std::size_t row = 0; row < 2; ++row) {
    if (plan.lines[row] == 0) continue;
    const float pitch = plan.side[row] + theme.px(picture_gap), label = theme.px(label_height);
    const ImVec2 top{at.x, at.y + theme.px(heading_height)};
    const Rect area{top,
                    {top.x + float(plan.across[row]) * pitch - theme.px(picture_gap),
                     top.y + float(plan.lines[row]) * (plan.side[row] + label) - label}};
    draw_headings(ui, {at, rect.max}, choice, row == 0);
    draw_places(ui, area, plan.across[row], plan.side[row], choice, row == 0 ? classes : weights);
    mark(ui, row == 0 ? "classes" : "weights", area);
    if (plan.beside && row == 0)
      at.x = area.max.x + theme.px(band_gap);
    else
      at = {rect.min.x, area.max.y + label + theme.px(row_gap)};
  }
  if (done_ < wanted_) {  // in the line of the last heading, where there is room
    const std::string text = "drawing: " + std::to_string(done_) + " of " + std::to_string(wanted_);
    const float y = plan.lines[2] ? at.y : rect.min.y;
    draw_text(theme.small, {rect.max.x - text_width(theme.small, text), y + theme.px(1)}, theme.dim, text);
  }
  if (plan.lines[2]) draw_predictions(ui, {at, rect.max}, plan.side[2], choice);
}

}  // namespace noiseglass::app
