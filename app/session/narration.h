#pragma once

#include "session/state.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// What the one sentence of plain words is about.
struct Scene {
  View view = View::forward;
  Origin origin = Origin::picture;
  int t = 0;
  int steps = 1000;
  int run_from = 0;
  bool computing = false;
  bool chart = false;  ///< the picture is the contrast chart, no photograph
  int samples = 1;     ///< that a run from noise makes at once
  struct Lane {
    std::string label;        ///< "Linear"
    double log_snr = 0;       ///< at this lane's t
    double from_log_snr = 0;  ///< where its run began
    std::string denoiser = "network";
    bool fits = true;  ///< the network was trained on pictures like this one
  };
  std::vector<Lane> lanes;
  std::string model_label;
};

/// What is left of a picture at log-SNR λ, as a clause: "shapes survive, fine texture is gone".
std::string what_survives(double log_snr, bool chart = false);

/// One or two sentences of plain words for what is on screen now.
std::string narrate(const Scene& scene);

}  // namespace noiseglass::app
