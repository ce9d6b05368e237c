#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/training/learner.h"
#include "ui/widgets/plot.h"

#include "export/plots.h"

namespace noiseglass::app {

// What the training panel draws: three views of the plane and two plots.

enum class Measure { epsilon, x_0 };  ///< which error the plots show

std::string measure_name(Measure measure);                     ///< "ε̂", "x̂₀"
std::string target_name(Target target);                        ///< "ε", "x₀", "v"
ImU32 target_colour(const Theme& theme, Target target);        ///< of its curves
std::string run_name(const LearningRun& run, bool with_rate);  ///< "v", or "v, rate 0.002"

/// Learned and exact answers on a grid over the plane at one t.
struct LearnedField {
  double t = 0;
  double half_width = 0, half_height = 0;  ///< of the view
  double cell = 0;                         ///< distance between neighbours of the grid
  Points at, learned, exact;               ///< places, and ε̂ there
  Eigen::ArrayXd seen;                     ///< 0 … 1: how often training meets an x_t here, on a log scale
  Points x_t;                              ///< some of the data, noised to t
};

/// Computes the field for a view of this half width; the half height is 2.9.
LearnedField make_field(const LearningSnapshot& snapshot, int t, double half_width);
constexpr double view_half_height = 2.9;

/// A frame with a title and a coloured word of honesty; @returns the inside, where the plane is drawn.
Rect draw_plane_frame(const Theme& theme, const Rect& rect, const std::string& title, const std::string& honesty);
void draw_field(const Theme& theme, const Rect& plane, const LearnedField& field, bool learned);
void draw_samples(const Theme& theme, const Rect& plane, const LearningSnapshot& snapshot);

/// Error against steps of training, log-log, the exact denoiser's as the floor; earlier runs faintly, named.
void draw_loss_curves(const Theme& theme, const Rect& rect, const LearningSnapshot& snapshot, Measure measure);

exports::Plot loss_on_paper(const LearningSnapshot& snapshot, Measure measure);

/// Error against t; the cursor stands at the shared t.
Plot errors_by_t(const Theme& theme, const LearningSnapshot& snapshot, Measure measure, double t);
/// @returns true while the cursor is dragged, to `t`
bool draw_errors_by_t(const Theme& theme, const Rect& rect, const Plot& plot, Measure measure, double& t);

}  // namespace noiseglass::app
