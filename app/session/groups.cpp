#include "session/groups.h"

#include "noiseglass/fitting.h"
#include "noiseglass/noise.h"

#include <algorithm>
#include <array>

namespace noiseglass::app {

std::span<const PictureGroup> picture_groups() {
  static constexpr std::array<PictureGroup, 5> groups = {{
      {"photo", "Photographs", "Photos", "photo", 1},
      {"face", "Faces", "Faces", "faces", 1.5},
      {"digit", "Digits", "Digits", "digits", 2},
      {"doodle", "Doodles", "Doodles", "doodles", 2},
      {"icon", "Icons", "Icons", "icons", 2},
  }};
  return groups;
}

const PictureGroup* group_of(const std::filesystem::path& picture, const Library& library) {
  const auto known = std::ranges::find(library.pictures, picture, &BundledPicture::path);
  if (known == library.pictures.end()) return nullptr;
  const auto group = std::ranges::find(picture_groups(), known->kind, &PictureGroup::kind);
  return group == picture_groups().end() ? nullptr : &*group;
}

const PictureGroup* group_of_model(std::string_view model) {
  constexpr std::string_view student = "-student";
  if (model.ends_with(student)) model.remove_suffix(student.size());
  const auto group = std::ranges::find(picture_groups(), model, &PictureGroup::model);
  return group == picture_groups().end() ? nullptr : &*group;
}

int fitting_model(const std::filesystem::path& picture, const ByteImage& bytes, const Library& library) {
  if (const PictureGroup* group = group_of(picture, library)) {
    const auto model = std::ranges::find(library.models, group->model, &ModelInfo::name);
    if (model != library.models.end()) return int(model - library.models.begin());
  }
  return choose_model(bytes, library.models);
}

double usual_guidance(const ModelInfo& model) {
  const PictureGroup* group = group_of_model(model.name);
  return group && model.steps.empty() ? group->guidance : 1;
}

void choose_network(LaneState& lane, const ModelInfo& model) {
  lane.choose_model(model.name);
  lane.guidance = 1;
  if (model.steps.empty()) return;
  lane.choose_schedule("cosine");
  lane.choose_sampler("ddim");
  lane.spacing = "trailing";
  if (std::ranges::find(model.steps, lane.sample_steps) == model.steps.end()) lane.sample_steps = 2;
}

int class_by_chance(std::uint64_t seed, int classes) {
  const auto word = philox4x32({0, 0, 0, 0}, {std::uint32_t(seed), std::uint32_t(seed >> 32)})[0];
  return int(std::uint64_t(word) * std::uint64_t(classes) >> 32);
}

}  // namespace noiseglass::app
