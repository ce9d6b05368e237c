#pragma once

#include "ui/window/exporter.h"
#include "ui/window/parts.h"

#include <array>
#include <string>

namespace noiseglass::app {

// The parts of a lane, one .cpp each.

/// One of the pictures of a lane, and what is said above it.
struct Tile {
  const char* symbol;
  std::string caption;
  std::string tag;  // how it came about: exact, learned, cheating
  unsigned texture;
  bool dimmed = false;
  std::string empty = {};     // said where there is no picture
  std::string brief = {};     // the caption where there is little room
  float progress = 0;         // of the network, where it takes its time
  unsigned next_texture = 0;  // the moment that this one passes into
  float blend = 0;            // how far it has
  bool compares = false;      // with the original, which is uploaded only where it is seen
  unsigned original = 0;
};

/// What tests and lessons call it: lanes are 1 and 2 for people.
std::string lane_landmark(int lane, const char* what);

/// x_t, x̂₀ and ε̂: of a run, or of the slider's t.
std::array<Tile, 3> lane_tiles(Ui& ui, int lane, const std::array<ViewRect, 3>& views);
/// @param taken what a save button above it exports
void draw_tile(Ui& ui, const Tile& tile, const Rect& picture, const std::string& id,
               const exports::ExportRequest& taken);

/// The lane's title, which opens its settings, and the numbers of its t.
void draw_lane_header(Ui& ui, int lane, const Rect& rect);

}  // namespace noiseglass::app
