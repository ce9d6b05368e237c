#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/paths/flow_learner.h"
#include "ui/panels/paths/pairs.h"
#include "ui/panels/shared/plane_view.h"

#include <memory>

namespace noiseglass::app {

/// Straight paths in two dimensions: a small network learns the field here and now, and again from the pairs that it
/// has made itself; where it leads in many steps, and in few.
class LearnedPaths {
 public:
  void update(Ui& ui);
  void draw_buttons(Ui& ui);
  void draw(Ui& ui, const Rect& rect);
  std::map<std::string, double> facts() const;

 private:
  void draw_paths(Ui& ui, const Rect& rect);
  void draw_samples(Ui& ui, const Rect& rect);
  void draw_table(Ui& ui, const Rect& rect);
  void draw_path(const Ui& ui, const PlaneView& plane, Coordinates coordinates, Eigen::Index i);

  std::unique_ptr<FlowLearner> learner_;
  std::shared_ptr<const FlowSnapshot> snapshot_;  ///< null until there is one of what is wanted now
  std::string problem_;
};

}  // namespace noiseglass::app
