#include "session/narration.h"

#include "noiseglass/denoiser.h"

namespace noiseglass::app {
namespace {

struct Level {
  double above;  // λ
  const char* clause;
};

// Judged by eye on the bundled photographs: what a person still makes out at each log-SNR.
constexpr Level levels[] = {
    {9, "hardly a grain of noise, every detail is there"},    {5, "a fine grain, every detail can still be seen"},
    {2, "fine texture drowns, shapes and colours are clear"}, {-0.5, "outlines survive, texture is gone"},
    {-3, "only large areas of light and dark are left"},      {-6, "a faint trace that no eye can find"},
};

std::string at_time(const Scene& scene) {
  return "t = " + std::to_string(scene.t) + " of " + std::to_string(scene.steps) + ": ";
}

std::string about_guess(const Scene& scene) {
  const DenoiserNeeds& needs = find_record("denoiser", denoiser_records(), scene.denoiser).needs;
  if (needs.x_0) return " The oracle was told the noise, so its guess is perfect: that is cheating.";
  if (needs.data_set) return " The exact denoiser averages the few pictures it holds, each by how well it fits.";
  if (!needs.model) return "";
  if (!scene.fits) return " This network never saw pictures like this one: expect it to hallucinate familiar content.";
  const double log_snr = scene.lanes.front().log_snr;
  if (log_snr > 5) return " The network sees almost everything, so its guess is sharp.";
  if (log_snr > -3) return " The network's guess is blurred where many pictures fit what is left.";
  return " All the network can give is the average of its training pictures.";
}

std::string narrate_forward(const Scene& scene) {
  if (scene.t == 0) return "t = 0: the clean picture. Drag the slider to the right and watch it dissolve into noise.";
  std::string text = at_time(scene);
  const std::string first = what_survives(scene.lanes.front().log_snr);
  const std::string second = what_survives(scene.lanes.back().log_snr);
  if (first == second) return text + first + "." + about_guess(scene);
  return text + scene.lanes.front().label + ": " + first + ". " + scene.lanes.back().label + ": " + second + ".";
}

/// What a way back from a noised picture is worth: how much of it was still there.
std::string about_return(double from_log_snr) {
  if (from_log_snr > 2) return ". It restored: little had been lost, and only the finest detail is its own guess.";
  if (from_log_snr > -2)
    return ". Half restored, half dreamed: shapes come from your picture, fine detail is invented, not recovered.";
  return ". It dreamed: the noise had left a faint trace of your picture, and nearly all of this is invented, not "
         "recovered.";
}

std::string narrate_reverse(const Scene& scene) {
  const bool generates = scene.origin == Origin::noise;
  const std::string who = scene.denoiser == "network" ? "the network" : "the " + scene.denoiser + " denoiser";
  if (scene.t == 0)
    return generates
               ? "t = 0: a picture that never existed. It was made from pure noise; the picture on the left took no "
                 "part."
               : "t = 0: what " + who + " made of your picture noised to t = " + std::to_string(scene.run_from) +
                     (scene.denoiser == "network" ? about_return(scene.from_log_snr) : ".");
  if (scene.t >= scene.run_from && generates)
    return at_time(scene) + "pure noise, drawn from N(0, I). There is no picture in it; " + who + " will make one up.";
  const std::string step = at_time(scene) + who + " predicts the noise, takes a little of it away, and repeats";
  return step + (generates ? ": first the layout, then detail."
                           : ". It starts from your picture noised to t = " + std::to_string(scene.run_from) + ".");
}

}  // namespace

std::string what_survives(double log_snr) {
  for (const Level& level : levels)
    if (log_snr > level.above) return level.clause;
  return "nothing is left but noise, as good as N(0, I)";
}

std::string narrate(const Scene& scene) {
  return scene.view == View::forward ? narrate_forward(scene) : narrate_reverse(scene);
}

}  // namespace noiseglass::app
