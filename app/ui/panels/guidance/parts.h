#pragma once

#include "ui/panels/guidance/guided_pictures.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/picture_tiles.h"

namespace noiseglass::app {

// The parts of the panel "Guidance", one .cpp each.

/// The networks that can be asked for a class.
std::vector<const ModelInfo*> class_models(const Library& library);

/// What is chosen in the panel, made to fit the network that is there.
struct GuidanceChoice {
  const ModelInfo* model = nullptr;  ///< null: there is none with classes
  int class_index = 0;
  double weight = 1;
  bool of_picture = true;  ///< the predictions are shown as x̂₀, not as ε̂

  const std::string& class_name(int index) const { return model->class_names[index]; }
  int classes() const { return int(model->class_names.size()); }
  GuidedRequest request(const Session& session, int class_of, double weight_of) const;
  bool chosen(int class_of, double weight_of) const { return class_of == class_index && weight_of == weight; }
};
GuidanceChoice guidance_choice(const Ui& ui);

/// Two rows of generated pictures from the same noise: one of classes, one of weights; and the two predictions.
class GuidanceView {
 public:
  explicit GuidanceView(std::function<void()> wake) : made_(std::move(wake)) {}
  void draw(Ui& ui, const Rect& rect, const GuidanceChoice& choice);
  int done() const { return done_; }
  int wanted() const { return wanted_; }

 private:
  struct Place {
    std::string slot, label;
    int class_index;
    double weight;
  };
  void want(const Session& session, const GuidanceChoice& choice, const std::vector<std::vector<Place>>& rows);
  void draw_headings(const Ui& ui, const Rect& rect, const GuidanceChoice& choice, bool of_classes);
  /// In lines of `across`, from the upper left corner of `rect`.
  void draw_places(Ui& ui, const Rect& rect, int across, float side, const GuidanceChoice& choice,
                   const std::vector<Place>& places);
  void draw_predictions(Ui& ui, const Rect& rect, float side, const GuidanceChoice& choice);

  GuidedPictures made_;
  TextureSlots slots_;
  int done_ = 0, wanted_ = 0;
};

}  // namespace noiseglass::app
