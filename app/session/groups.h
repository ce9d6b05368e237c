#pragma once

#include "session/state.h"

#include "noiseglass/library.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace noiseglass::app {

/// Pictures of one kind, and the network that learned to make such.
struct PictureGroup {
  std::string_view kind;         ///< as in BundledPicture::kind
  std::string_view label;        ///< "Photographs"
  std::string_view short_label;  ///< "Photos": where there is little room
  std::string_view model;        ///< its network's name
  double guidance;  ///< at which a class comes out clearly and still varied (training/RESULTS.md); 1: no classes
};

/// In the order of the strip.
std::span<const PictureGroup> picture_groups();

/// The group of a bundled picture; null for a person's own.
const PictureGroup* group_of(const std::filesystem::path& picture, const Library& library);
/// The group that a network, or a student of it, makes pictures of; null for one that somebody else trained.
const PictureGroup* group_of_model(std::string_view model);

/// Index of the network for a picture that asks for none: its group's, else by what the picture looks like; −1 for
/// none.
int fitting_model(const std::filesystem::path& picture, const ByteImage& bytes, const Library& library);

/// The guidance for one of a network's classes that nobody has chosen: its group's; 1 for a student, which has it
/// already.
double usual_guidance(const ModelInfo& model);

/// The lane gets this network; a student, along what it was taught for: DDIM on the cosine schedule, in as few steps.
void choose_network(LaneState& lane, const ModelInfo& model);

/// A class drawn at random: always the same for the same seed. @param classes above 0
int class_by_chance(std::uint64_t seed, int classes);

}  // namespace noiseglass::app
