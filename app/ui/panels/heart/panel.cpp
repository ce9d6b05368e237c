// The panel "Learned or by heart?": pairs of networks that learned from faces they do not share, and the same noise.

#include "ui/panels/panel.h"
#include "ui/panels/heart/parts.h"
#include "ui/panels/shared/figures.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <array>

namespace noiseglass::app {
namespace {

struct Words {
  const char *title, *about;
};

Words words_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::by_heart:
      return {"By heart", "each network returns one of its training faces"};
    case Verdict::learned:
      return {"Learned", "A’s and B’s answers are nearer to each other than to the training faces shown"};
    case Verdict::between:
      break;
  }
  return {"In between", "neither the same face twice nor two training faces"};
}

class HeartPanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override {
    if (!answers_) answers_ = std::make_unique<FaceAnswers>(ui.wake);
    const int chosen = setting_index(ui, "count");
    answers_->want(ui.session.state().seed, chosen);
    note_facts(chosen);
    const Rect body = begin_controls(ui, rect);
    draw_controls(ui, chosen);
    end_controls(ui);
    draw_body(ui, body, chosen);
  }

  std::map<std::string, double> facts() const override { return facts_; }

 private:
  void note_facts(int chosen) {
    facts_ = {{"faces", double(face_counts[std::size_t(chosen)])}, {"done", double(answers_->done())}};
    if (const auto pair = answers_->pair(chosen)) {
      facts_["alike"] = pair->alike, facts_["apart"] = pair->apart;
      facts_["own_a"] = pair->own[0], facts_["own_b"] = pair->own[1], facts_["unseen"] = pair->unseen;
      facts_["verdict"] = double(pair->verdict);
    }
  }

  void draw_controls(Ui& ui, int chosen) const {
    control_heading(ui, "How many faces");
    setting_segments(ui, "count");
    control_note(
        ui,
        "A and B are networks of one kind, trained equally long, on faces of the same style. No face is in both sets.");
    if (panel_button(ui, "new_noise", "New noise", hint(action("new_noise")).c_str()))
      perform("new_noise", ui.session, ui.next);
    const auto known = answers_->known();
    if (!known) return;
    const FacesMeasured& row = known->measured[std::size_t(chosen)];
    control_heading(ui, "Measured");
    control_note(ui, "Medians of " + std::to_string(known->samples) + " answers: A’s is " + fixed(row.apart, 1) +
                         " from B’s, and " + fixed(row.own, 1) +
                         " from the nearest face that its network learned from. A new face is " + fixed(row.unseen, 1) +
                         " from the nearest of these; two new faces are " + fixed(known->strangers_apart, 0) +
                         " apart.");
    control_note(ui, "Lines: medians. Rings: this noise.");
    control_note(ui, "After Kadkhodaie, Guth, Simoncelli and Mallat (2024).");
  }

  void draw_body(Ui& ui, const Rect& body, int chosen) {
    const Theme& theme = ui.theme;
    const float px = theme.px(1), gap = 16 * px;
    Rect below = body;
    below.min.y += draw_verdict(ui, body, chosen) + 6 * px;
    const bool at_curve = ui.marks.highlighted.contains("heart.curve") || ui.marks.highlighted.contains("heart.strip");
    const float caption = theme.px(tile_caption);
    if (below.width() > 1.15f * below.height()) {
      const float most = below.height() - 2 * caption;  // two tiles below each other
      const std::array<Part, 2> parts{{{200 * px, 8, 1, most}, {270 * px, 1, at_curve ? 2 : 0}}};
      const auto places = columns(below, gap, parts);
      if (places[0]) draw_tiles(ui, *places[0], chosen);
      if (places[1]) draw_counts(ui, *places[1], *answers_, slots_, chosen);
      return;
    }
    const bool in_a_row = below.width() > 0.75f * below.height();
    const float most = in_a_row ? (below.width() - 3 * gap) / 4 + caption : below.width() - gap + 2 * caption;
    const std::array<Part, 2> parts{{{150 * px, 1, 1, std::max(most, 150 * px)}, {190 * px, 1, at_curve ? 2 : 0}}};
    const auto places = rows(below, gap, parts);
    if (places[0]) draw_tiles(ui, *places[0], chosen);
    if (places[1]) draw_counts(ui, *places[1], *answers_, slots_, chosen);
  }

  /// What this noise says, above everything. @returns the height taken
  float draw_verdict(Ui& ui, const Rect& body, int chosen) const {
    const auto pair = answers_->pair(chosen);
    if (!pair) return draw_caption(ui.theme, body, "The same noise for A and B");
    const Words words = words_of(pair->verdict);
    const std::string tag = "A’s answer from B’s: " + fixed(pair->apart, 1) + ", correlation " + fixed(pair->alike, 2);
    const float height = draw_caption(ui.theme, body, words.title, words.about, tag);
    mark(ui, "verdict", {body.min, {body.max.x, body.min.y + height}});
    return height;
  }

  void draw_tiles(Ui& ui, const Rect& rect, int chosen) {
    const Theme& theme = ui.theme;
    static const char* const names[] = {"a", "b", "nearest_a", "nearest_b"};
    const std::vector<Rect> places = picture_grid(rect, 4, 1, theme.px(16), theme.px(tile_caption));
    const std::string problem = answers_->problem(chosen);
    const auto known = answers_->known();
    for (std::size_t i = 0; i < places.size(); ++i) {
      const int set = int(i) % face_sets;
      const bool nearest = i >= 2;
      const auto answer = answers_->answer(chosen, set);
      const Image* image = !answer ? nullptr : !nearest ? &answer->picture : answer->done ? &answer->nearest : nullptr;
      PictureTile tile{.caption = nearest    ? "nearest face it learned from"
                                  : set == 0 ? "A’s answer"
                                             : "B’s answer",
                       .tag = nearest ? "" : "learned"};
      if (nearest && known && answer && answer->done)
        tile.caption = about_nearest_face(*known, chosen, answer->distance);
      tile.texture = slots_.last(names[i]);
      tile.dimmed = !image || image->empty();
      if (!tile.dimmed)
        tile.texture =
            slots_.show(names[i], Key(answers_->key_of(chosen, set), answer->progress), [&] { return *image; });
      if (!problem.empty()) tile.texture = 0;
      tile.empty = problem.empty() ? "computing…" : problem;
      draw_picture_tile(theme, places[i], tile);
      mark_subject(ui, names[i], places[i]);
    }
  }

  /// "nearest of its 10, 1.2 away"
  static std::string about_nearest_face(const FewOrMany& known, int chosen, double distance) {
    const int faces = face_counts[std::size_t(chosen)], searched = known.searched(faces);
    if (searched < faces)
      return "nearest of its first " + face_count_name(searched) + ", " + fixed(distance, 1) + " away";
    return "nearest of its " + face_count_name(faces) + ", " + fixed(distance, 1) + " away";
  }

  std::unique_ptr<FaceAnswers> answers_;
  TextureSlots slots_;
  std::map<std::string, double> facts_;
};

}  // namespace

std::unique_ptr<Panel> make_heart_panel() { return std::make_unique<HeartPanel>(); }

}  // namespace noiseglass::app
