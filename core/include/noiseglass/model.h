#pragma once

#include "noiseglass/image.h"
#include "noiseglass/progress.h"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace noiseglass {

/// What a weights file says of itself (see training/ARCHITECTURE.md).
struct ModelInfo {
  std::string path, name, label, prediction;
  int channels = 1;
  int size = 0;  ///< side in pixels; 0 = any size
  std::vector<std::string> class_names;
  /// Of a student (progressive distillation, Salimans & Ho 2022): in how many steps of DDIM, along the cosine schedule
  /// and with trailing spacing, it can go the whole way; falling. Empty for networks that predict v for any sampler.
  std::vector<int> steps;
  double guidance = 1;  ///< that a student was taught with, and has in its answer
  std::size_t parameters = 0;
  std::map<std::string, std::string> metadata;  ///< every string of the file's metadata, unread ones too
};

/// Reads the header only. @throws Error with a sentence for a missing, truncated or foreign file.
ModelInfo read_model_info(const std::string& path);

/// One picture of a batch for Network::predict_v.
struct NetworkInput {
  const Image* x_t = nullptr;
  double log_snr = 0;
  int class_index = -1;  ///< −1 for none
  int steps = 0;         ///< told to a student: that of its numbers which is nearest below, or its least; 0: its most
};

/// A trained network: weights packed once, shared by every denoiser made from it; usable from several threads.
class Network {
 public:
  /// The environment variable NOISEGLASS_KERNELS may name another instruction set than the best one, to compare with:
  /// v4, v3 or portable; with ",direct" no convolution goes by Winograd's way.
  /// @throws Error for weights that are missing, truncated, of another architecture, or hold NaN; UsageError for an
  /// instruction set that this processor does not have.
  static std::shared_ptr<const Network> load(const std::string& path);
  virtual ~Network() = default;

  virtual const ModelInfo& info() const = 0;
  /// v̂ of x_t (N = 1). Sides that the network cannot take are padded by reflection and cropped back.
  /// @param class_index −1 for none
  /// @throws UsageError for other channels or a class it does not have; Cancelled.
  virtual Image predict_v(const Image& x_t, double log_snr, int class_index, std::stop_token stop) const = 0;
  /// The same for several pictures of one size, faster than one after the other.
  /// @param progress by arithmetic, at the beginning of each layer
  virtual std::vector<Image> predict_v(std::span<const NetworkInput> batch, std::stop_token stop,
                                       const Progress& progress = {}) const = 0;
};

/// How many threads all networks share; 0 (the default) stands for one for each core, less one for the window on
/// machines with more than two, unless the environment variable NOISEGLASS_THREADS says otherwise. May be changed at
/// any time.
/// @param give_way the helpers give way to other threads (threads.h); the thread that predicts decides for itself
/// @throws UsageError unless 0…256.
void set_network_threads(int threads, bool give_way = false);
int network_threads();  ///< the number in use

}  // namespace noiseglass
