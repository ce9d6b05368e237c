// The panel "Locality": the best answers of pixels that see only so far, beside the network's to the same noise.

#include "session/few_or_many.h"
#include "ui/panels/locality/parts.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

namespace noiseglass::app {
namespace {

const char* about(int radius, bool anywhere) {
  if (radius >= compared_radii.back())
    return "Each pixel sees everything, so all of them weigh the pictures alike: a mixture of whole pictures while "
           "there "
           "is much noise, then a copy of one.";
  if (radius == 0)
    return "Each pixel sees only itself, and takes the mean of the colours that are common at its place.";
  return anywhere
             ? "Each pixel looks for the best fitting pieces of all pictures, in all places. Neighbours see nearly "
               "the same, so their pieces fit together."
             : "Each pixel weighs the pictures by its own window. Neighbours see nearly the same, so their pieces "
               "fit together; nothing makes the whole agree.";
}

class LocalityPanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override {
    if (!looks_) looks_ = std::make_unique<LocalLooks>(ui.wake);
    const Rect body = begin_controls(ui, rect);
    draw_controls(ui);
    end_controls(ui);
    const LocalityRequest request = request_of(ui);
    if (request.model_path.empty()) {
      draw_text_wrapped(ui.theme.body, {body.min.x, body.min.y + ui.theme.px(12)}, ui.theme.dim,
                        "The network that learned such pictures is missing, so there is nothing to compare with.",
                        body.width());
      return;
    }
    looks_->want(request);
    note_facts(request);
    draw_body(ui, body, request);
  }

  std::map<std::string, double> facts() const override { return facts_; }

 private:
  /// The network that learned from these pictures; empty where there is none.
  static std::string network_of(const Library& library, const std::string& set) {
    if (set == "faces") {  // all that the faces' large network learned from does not come with the program
      const auto network = few_or_many_network(1000, 0);
      return std::filesystem::exists(network) ? network.string() : "";
    }
    for (const ModelInfo& model : library.models)
      if (model.name == set) return model.path;
    return "";
  }

  static LocalityRequest request_of(const Ui& ui) {
    LocalityRequest request;
    request.set = locality_sets()[std::size_t(setting_index(ui, "set"))];
    request.model_path = network_of(ui.session.library(), request.set);
    request.schedule = ui.session.lane(0).schedule;
    request.schedule_key = ui.session.lane(0).schedule_key;
    request.seed = ui.session.state().seed;
    request.anywhere = setting_on(ui, "anywhere");
    request.whole_way = setting_index(ui, "show") == 1;
    request.radius = setting_index(ui, "radius");
    request.t = ui.session.lane(0).t;
    return request;
  }

  void draw_controls(Ui& ui) const {
    control_heading(ui, "What a pixel sees");
    setting_slider(ui, "radius", "%.0f");
    setting_switch(ui, "anywhere");
    control_note(ui, about(setting_index(ui, "radius"), setting_on(ui, "anywhere")));
    control_heading(ui, "Of what");
    setting_combo(ui, "set");
    setting_segments(ui, "show");
    if (panel_button(ui, "new_noise", "New noise", hint(action("new_noise")).c_str()))
      perform("new_noise", ui.session, ui.next);
    if (const auto known = looks_->known())
      control_note(ui, "It knows " + known->what + (setting_on(ui, "anywhere") ? "; anywhere, only " : "") +
                           (setting_on(ui, "anywhere") ? std::to_string(known->some->count()) + " of them." : "."));
    control_note(ui, "The best denoiser whose pixels see no farther: Kamb and Ganguli (2025).");
  }

  void note_facts(const LocalityRequest& request) {
    const int moment = looks_->moment();
    facts_ = {{"radius", double(request.radius)},
              {"looks", double(looks_->looks())},
              {"all_looks", double(looks_->all_looks())}};
    if (moment < 0) return;
    facts_["t"] = looks_->network()[std::size_t(moment)]->t;
    if (const auto look = looks_->look(moment, request.radius))
      facts_["distance"] = look->distance, facts_["known"] = double(look->known);
    if (const auto best = looks_->best(moment))
      facts_["best"] = *best, facts_["best_distance"] = looks_->look(moment, *best)->distance;
    if (const auto likeness = looks_->likeness())
      facts_["copied"] = likeness->distance, facts_["learned_copied"] = likeness->learned_distance;
  }

  void draw_body(Ui& ui, const Rect& body, const LocalityRequest& request) {
    const float px = ui.theme.px(1), gap = 16 * px;
    const bool at_curve = ui.marks.highlighted.contains("locality.curve"),
               at_map = ui.marks.highlighted.contains("locality.map");
    const float caption = ui.theme.px(tile_caption), most = (body.width() - 3 * gap) / 4 + caption;
    const std::array<Part, 2> parts{{{120 * px, 1, 1, most}, {150 * px, 1.1f, at_curve || at_map ? 2 : 0}}};
    if (is_hidden(ui, "radii_strip")) return draw_tiles(ui, body, request);  // before a lesson's question is answered
    const auto places = rows(body, gap, parts);
    if (places[0]) draw_tiles(ui, *places[0], request);
    if (!places[1]) return;
    const std::array<Part, 2> plots{{{300 * px, 2, at_map ? 0 : 1}, {190 * px, 1, at_map ? 1 : 0}}};
    if (is_hidden(ui, "map")) return draw_radii(ui, *places[1], *looks_, slots_, request.radius);
    const auto below = columns(*places[1], gap, plots);
    if (below[0]) draw_radii(ui, *below[0], *looks_, slots_, request.radius);
    if (below[1]) draw_radii_over_t(ui, *below[1], *looks_, request.radius);
  }

  void draw_tiles(Ui& ui, const Rect& rect, const LocalityRequest& request) {
    const Theme& theme = ui.theme;
    const int moment = looks_->moment();
    const auto learned = moment < 0 ? nullptr : looks_->network()[std::size_t(moment)];
    const auto look = looks_->look(moment, request.radius);
    const auto likeness = looks_->likeness();
    const std::string waiting = looks_->problem().empty() ? "computing…" : looks_->problem();
    const int r = request.radius, across = 2 * r + 1;
    const std::string window =
        r >= compared_radii.back() ? "sees all" : "sees " + std::to_string(across) + " × " + std::to_string(across);
    const Key key = look ? Key(looks_->key_of(moment, r), moment, look->known) : Key();
    const auto show = [&](const char* slot, PictureTile tile, const Key& what, const Image* image) {
      tile.texture = image ? slots_.show(slot, what, [&] { return *image; }) : slots_.last(slot);
      tile.dimmed = !image;
      if (!looks_->problem().empty()) tile.texture = 0;
      tile.empty = waiting;
      return tile;
    };
    const bool elsewhere = learned && learned->t != ui.session.lane(0).t;
    const std::string t = learned ? "t = " + std::to_string(learned->t) + (elsewhere ? ", nearest step" : "") : "";
    const PictureTile tiles[] = {
        show("x_t", {.symbol = "xₜ", .symbol_colour = theme.x_t, .caption = t}, key, look ? &look->x_t : nullptr),
        show("exact", {.symbol = "x̂₀", .symbol_colour = theme.x_0_hat, .caption = window, .tag = "exact"}, key,
             look ? &look->x_0 : nullptr),
        show("nearest",
             {.caption = likeness ? "nearest it knows, " + fixed(likeness->distance, 0) + " away" : "nearest it knows"},
             Key(key, likeness != nullptr), likeness ? &likeness->nearest : nullptr),
        show("learned", {.symbol = "x̂₀", .symbol_colour = theme.x_0_hat, .caption = "the network", .tag = "learned"},
             Key("learned", looks_->key_of(moment, 0), moment), learned ? &learned->x_0 : nullptr)};
    static const char* const names[] = {"x_t", "exact", "nearest", "learned"};
    std::vector<std::size_t> shown = {0, 1, 2, 3};
    if (is_hidden(ui, "radii_strip")) shown = {0, 1, 3};  // what is known would give the answer away as well
    const std::vector<Rect> places = picture_grid(rect, int(shown.size()), 1, theme.px(16), theme.px(tile_caption));
    for (std::size_t i = 0; i < places.size(); ++i) {
      draw_picture_tile(theme, places[i], tiles[shown[i]]);
      mark_subject(ui, names[shown[i]], places[i]);
    }
  }

  std::unique_ptr<LocalLooks> looks_;
  TextureSlots slots_;
  std::map<std::string, double> facts_;
};

}  // namespace

std::unique_ptr<Panel> make_locality_panel() { return std::make_unique<LocalityPanel>(); }

}  // namespace noiseglass::app
