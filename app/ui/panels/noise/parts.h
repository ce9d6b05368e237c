#pragma once

#include "ui/panels/noise/error_curves.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/picture_tiles.h"

#include "noiseglass/step_parts.h"

#include <array>
#include <optional>

namespace noiseglass::app {

// The parts of the panel "Noise prediction", one .cpp each.

/// The guess that the panel is about: that of one lane at its t.
struct Guess {
  int lane = 0;
  const LaneView* view = nullptr;
  const Preview* preview = nullptr;  ///< null: nothing to show (yet)
  std::string tag;                   ///< exact, learned or cheating
  std::string waiting;               ///< said where the preview would be
  std::string about;                 ///< that it is a quick look, or of another t; empty if neither
  float aspect = 1;                  ///< of the picture, width to height

  int t() const { return view->t; }
  bool stale() const { return !view->preview_current; }
  /// Everything that its pictures depend on.
  Key key(const ViewRect& view) const;
};
Guess guess_of(const Ui& ui, int lane);

/// A tile with its words, whose picture zooms and moves with all others.
/// @param original what the divider of all tiles compares it with, of the same size; 0 while the divider is at the
/// edge,
///                 none for what has no original
void draw_zoomed_tile(Ui& ui, const char* id, const Rect& place, const PictureTile& tile,
                      std::optional<unsigned> original = std::nullopt);
/// The clean picture at a tile's size, where the divider shows some of it; else 0.
unsigned original_of(const Ui& ui, TextureSlots& slots, const Guess& guess, const ViewRect& view);

/// The formula x̂₀ = (xₜ − √(1−ᾱ)·ε̂)/√ᾱ with the numbers of this t in it.
std::string subtraction_in_numbers(const Schedule& schedule, int t);

/// xₜ, ε̂, ε and their difference in a row; xₜ gives way to x̂₀ as the share is subtracted.
class GuessTiles {
 public:
  /// @returns the lower end of what was drawn
  float draw(Ui& ui, const Rect& rect, const Guess& guess, double share);
  double rms() const { return rms_; }  ///< of ε̂ − ε over the whole picture
  float gain() const;  ///< how many times larger ε̂ − ε is shown: the largest of 1, 2, 4, 8 with RMS < 1

 private:
  unsigned morph(Ui& ui, const Guess& guess, const ViewRect& view, double share);
  PictureTile first_tile(Ui& ui, const Guess& guess, const ViewRect& view, double share);
  std::array<PictureTile, 3> noise_tiles(const Ui& ui, const Guess& guess, const ViewRect& view);  ///< ε̂, ε, ε̂ − ε
  void compare(const Session& session, const Guess& guess);

  TextureSlots slots_;
  Key mixed_key_;
  render::Texture clean_, noise_;
  render::Framebuffer mixed_;
  double mixed_alpha_bar_ = -1;
  Key true_key_;
  Image true_epsilon_;
  std::uint64_t compared_ = 0;  // id of the preview that rms_ is of
  double rms_ = 0;
};

/// The error of the guess over t, for each lane, with the foils beside it.
class ErrorPlot {
 public:
  explicit ErrorPlot(std::function<void()> wake) : curves_(std::move(wake)) {}
  void measure(const Session& session);  ///< on every frame
  void draw(Ui& ui, const Rect& rect);
  int points() const { return points_; }  ///< measured so far, of all lanes
  int all() const { return all_; }

 private:
  ErrorCurves curves_;
  std::array<Published<ErrorCurve>::Outcome, 2> shown_;
  int points_ = 0, all_ = 0;
};

/// One step of a sampler in slow motion.
class StepTiles {
 public:
  void draw(Ui& ui, const Rect& rect, const Guess& guess);

 private:
  TextureSlots slots_;
};

}  // namespace noiseglass::app
