#include "session/panel_record.h"
#include "session/panels/panels.h"

#include "noiseglass/points.h"

namespace noiseglass::app {
namespace {

std::vector<std::string> dataset_labels() {
  std::vector<std::string> labels;
  for (const DatasetRecord& record : dataset_records()) labels.push_back(record.label);
  return labels;
}

}  // namespace

PanelRecord paths_panel() {
  return {
      .id = "paths",
      .label = "Straight paths",
      .summary =
          "Pairs of data and noise, joined by straight lines. Where lines cross, what is learned can only follow "
          "their average.",
      .group = "Ideas",
      .settings = {Setting::choice("space", "Data",
                                   "A few values in one dimension, whose field is exact; or points in the plane, whose "
                                   "field a small network learns here and now.",
                                   {"1-D, exact", "2-D, learned"}),
                   Setting::choice("dataset", "Points", "The points in the plane that it learns from.",
                                   dataset_labels()),
                   Setting::count("reflows", "Reflows",
                                  "How often each noise was paired anew, with where the flow takes it.", 0, 0, 4),
                   Setting::choice("coordinates", "Coordinates",
                                   "How the same paths are written down: (1 − u)·x₀ + u·ε as in flow matching, "
                                   "√ᾱ·x₀ + √(1−ᾱ)·ε as in diffusion, or x₀ + σ·ε.",
                                   {"straight line", "variance preserving", "variance exploding"}),
                   Setting::on_off("lines", "The pairs' lines", "From each data value to the noise it is paired with.",
                                   true),
                   Setting::on_off("flow", "The flow",
                                   "Where the exact field leads from each noise value; blue where it runs straight, "
                                   "orange where it bends.",
                                   true),
                   Setting::on_off("steps", "Euler's steps",
                                   "The same way in a few steps, each straight along the field.", false),
                   Setting::count("count", "Number of steps", "In how many steps Euler's method goes the whole way.", 2,
                                  1, 30)},
      .uses_time = false,
      .facts = {"pairs", "crossings", "bending", "bending_drawn", "steps_off", "bending_first", "steps_off_first",
                "trained"}};
}

}  // namespace noiseglass::app
