#pragma once

#include "cli/bundled.h"

#include "noiseglass/denoiser.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace noiseglass::cli {

/// Which denoiser, and what it is made from.
struct DenoiserOptions {
  std::string denoiser = "network", model, class_name, data;
  double guidance = 1, std = 0.5;
  const CLI::App* owner = nullptr;  ///< that they were added to

  void add(CLI::App& command);
  const DenoiserRecord& record() const { return find_record("denoiser", denoiser_records(), denoiser); }
  bool is_network() const { return record().needs.model; }
  bool is_told_x_0() const { return record().needs.x_0; }
  /// @param model for the network  @param x_0 the true picture, for the oracle; empty where there is none
  /// @param steps that the whole way from T to 0 is gone in, for a student; 0: as many as it can
  /// @throws UsageError for options that do not belong together
  std::shared_ptr<const Denoiser> make(const std::optional<ModelInfo>& model, const Image& x_0, Shape shape,
                                       int steps = 0) const;
  /// That x̂₀ comes with: a student has its teacher's in it.
  double guidance_with(const std::optional<ModelInfo>& network) const;

 private:
  void check_effects() const;
  int class_index(const ModelInfo& model) const;
};

/// Which picture, and how large the network may see it.
struct PictureOptions {
  std::string path, background = "white";
  int working_size = 512;
  const CLI::App* owner = nullptr;  ///< that they were added to

  void add(CLI::App& command, const std::string& what);
};

/// A picture made ready for a denoiser; or all pictures of a .npy file that holds several.
struct PreparedPictures {
  std::vector<Image> x;            ///< at least one, of one shape
  int channels = 0;                ///< of the file
  std::optional<ModelInfo> model;  ///< chosen by name or by the picture, if the denoiser is a network
  std::vector<std::string> notes;  ///< what was done to the picture, and what could not be, for the user
};

/// @throws UsageError for a .npy file that is not as the model needs it: programs are not helped by silent changes
PreparedPictures prepare(const PictureOptions& picture, const DenoiserOptions& denoiser);

}  // namespace noiseglass::cli
