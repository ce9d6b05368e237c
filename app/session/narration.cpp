#include "session/narration.h"

#include "noiseglass/denoiser.h"

#include <span>

namespace noiseglass::app {
namespace {

struct Level {
  double above;  // λ
  const char* clause;
};

// Judged by eye on the bundled photographs, at the size of a lane: what a person still makes out at each log-SNR.
constexpr Level levels[] = {
    {9, "barely any noise, every detail is there"},
    {3, "fine grain, nearly every detail is still visible"},
    {0.5, "fine texture is drowning, shapes and colours are clear"},
    {-2, "shapes survive, fine texture is gone"},
    {-4, "only large areas of light and dark are left"},
    {-7, "only a faint trace, hard to see"},
};

// The same on the contrast chart, whose stripes are fine or coarse at every contrast: what is faint goes first.
constexpr Level levels_of_chart[] = {
    {9, "barely any noise, every stripe is there"},
    {3, "the faintest stripes are drowning"},
    {0.5, "faint stripes are gone, coarse and fine alike"},
    {-4, "only the strongest stripes are left"},
    {-7, "only a faint trace, hard to see"},
};

std::string at_time(const Scene& scene) {
  return "t = " + std::to_string(scene.t) + " of " + std::to_string(scene.steps) + ": ";
}

/// Whether the lanes agree in what a function says of them.
template <class Of>
bool agree(const Scene& scene, Of of) {
  for (const Scene::Lane& lane : scene.lanes)
    if (of(lane) != of(scene.lanes.front())) return false;
  return true;
}

/// Once where the lanes agree, else lane by lane with its name before it.
template <class Of>
std::string each(const Scene& scene, const char* after_name, Of of) {
  if (agree(scene, of)) return ' ' + of(scene.lanes.front());
  std::string text;
  for (const Scene::Lane& lane : scene.lanes) text += ' ' + lane.label + after_name + of(lane);
  return text;
}

const DenoiserNeeds& needs_of(const Scene::Lane& lane) {
  return find_record("denoiser", denoiser_records(), lane.denoiser).needs;
}

std::string about_guess(const Scene::Lane& lane) {
  const DenoiserNeeds& needs = needs_of(lane);
  if (needs.x_0) return "The oracle was told the noise, so its prediction is perfect: that is cheating.";
  if (needs.data_set) return "The exact denoiser averages the few pictures it knows, weighted by how well each fits.";
  if (!needs.model) return "";
  if (!lane.fits) return "This network never saw pictures like this one: expect it to hallucinate familiar content.";
  if (lane.log_snr > 3) return "Almost everything is still visible, so the network's estimate is sharp.";
  if (lane.log_snr > -3) return "The network's estimate is blurred where many pictures fit what is left.";
  return "So little is left that the network's estimate is close to an average of its training pictures.";
}

std::string narrate_forward(const Scene& scene) {
  if (scene.t == 0) return "t = 0: the clean picture. Drag the slider to the right and watch it dissolve into noise.";
  std::string text = at_time(scene);
  const std::string first = what_survives(scene.lanes.front().log_snr, scene.chart);
  const std::string second = what_survives(scene.lanes.back().log_snr, scene.chart);
  if (first != second)
    return text + scene.lanes.front().label + ": " + first + ". " + scene.lanes.back().label + ": " + second + ".";
  const auto kind = [](const Scene::Lane& lane) { return lane.denoiser + (lane.fits ? "" : ", unfit"); };
  text += first + ".";
  if (agree(scene, kind)) {  // with nearly the same left of the picture, the first lane stands for both
    const std::string guess = about_guess(scene.lanes.front());
    return guess.empty() ? text : text + ' ' + guess;
  }
  return text + each(scene, ": ", about_guess);
}

/// What a way back from a noised picture is worth: how much of it was still there.
std::string about_return(const Scene::Lane& lane) {
  if (!needs_of(lane).model) return "";
  if (lane.from_log_snr > 2) return ". It restored: little had been lost, and only the finest detail is invented.";
  if (lane.from_log_snr > -2)
    return ". Half restored, half dreamed: shapes come from your picture, fine detail is invented, not restored.";
  return ". It dreamed: the noise had left a faint trace of your picture, and nearly all of this is invented.";
}

/// The same in a few words, where each lane needs its own.
std::string return_in_short(const Scene::Lane& lane) {
  if (needs_of(lane).x_0) return "cheated: the oracle was told the noise.";
  if (!needs_of(lane).model) return "was denoised by the " + lane.denoiser + " denoiser.";
  if (lane.from_log_snr > 2) return "restored it: only the finest detail is invented.";
  if (lane.from_log_snr > -2) return "half restored it: fine detail is invented.";
  return "dreamed: nearly all of it is invented.";
}

std::string who_denoises(const Scene& scene) {
  if (!agree(scene, [](const Scene::Lane& lane) { return lane.denoiser; })) return "each lane's denoiser";
  const Scene::Lane& lane = scene.lanes.front();
  return needs_of(lane).model ? "the network" : "the " + lane.denoiser + " denoiser";
}

std::string made_of_noise(const Scene::Lane& lane) {
  return needs_of(lane).data_set ? "one of the pictures that the exact denoiser knows; for it there are no others."
                                 : "a picture that never existed, made up from pure noise.";
}

/// What comes of pure noise.
std::string will_make(const Scene::Lane& lane) {
  if (needs_of(lane).data_set) return "the exact denoiser will end at one of the pictures that it knows.";
  return (needs_of(lane).model ? "the network" : "the " + lane.denoiser + " denoiser") + " will make one up.";
}

std::string narrate_end(const Scene& scene) {
  if (scene.origin == Origin::noise && scene.samples > 1 && !needs_of(scene.lanes.front()).data_set)
    return "t = 0: " + std::to_string(scene.samples) +
           " pictures that never existed, made up from as many draws of pure noise.";
  if (scene.origin == Origin::noise)
    return (agree(scene, made_of_noise) ? "t = 0:" : "t = 0.") + each(scene, ": ", made_of_noise);
  const std::string from = "your picture noised to t = " + std::to_string(scene.run_from);
  const auto kind = [](const Scene::Lane& lane) { return lane.denoiser + about_return(lane); };
  if (!agree(scene, kind)) return "t = 0, back from " + from + "." + each(scene, " ", return_in_short);
  const std::string worth = about_return(scene.lanes.front());
  return "t = 0: what " + who_denoises(scene) + " made of " + from + (worth.empty() ? "." : worth);
}

std::string narrate_reverse(const Scene& scene) {
  if (scene.t == 0) return narrate_end(scene);
  const bool generates = scene.origin == Origin::noise;
  const std::string who = who_denoises(scene);
  if (scene.t >= scene.run_from && generates)
    return at_time(scene) + "pure noise, drawn from N(0, I). There is no picture in it" +
           (agree(scene, will_make) ? ";" : ".") + each(scene, ": ", will_make);
  const std::string step = at_time(scene) + who + " predicts the noise, removes a little of it, and repeats";
  return step + (generates ? ": first the layout, then detail."
                           : ". It starts from your picture noised to t = " + std::to_string(scene.run_from) + ".");
}

}  // namespace

std::string what_survives(double log_snr, bool chart) {
  for (const Level& level : chart ? std::span<const Level>(levels_of_chart) : std::span<const Level>(levels))
    if (log_snr > level.above) return level.clause;
  return "only noise is left, practically N(0, I)";
}

std::string narrate(const Scene& scene) {
  return scene.view == View::forward ? narrate_forward(scene) : narrate_reverse(scene);
}

}  // namespace noiseglass::app
