#pragma once

#include "nn/unet.h"
#include "noiseglass/model.h"

#include <list>
#include <mutex>

namespace noiseglass::nn {

/// What a network may be made to do otherwise; the defaults are for use, the rest for tests and benchmarks.
struct NetworkOptions {
  const Kernels* kernels = nullptr;          ///< null: the best that this processor has
  bool winograd = true;                      ///< false: every convolution goes the direct way
  std::ptrdiff_t tile_pixels = 1 << 20;      ///< larger pictures go in tiles, where the network allows
  std::ptrdiff_t together_pixels = 1 << 12;  ///< so many pixels of a batch make a part, which one thread runs whole
  std::ptrdiff_t whole_pixels = 1 << 16;  ///< larger pictures, too, are run whole where each thread has one, up to this
};

class UNetNetwork final : public Network {
 public:
  explicit UNetNetwork(const std::string& path, NetworkOptions options = {});

  const ModelInfo& info() const override { return info_; }
  Image predict_v(const Image& x_t, double log_snr, int class_index, std::stop_token stop) const override;
  std::vector<Image> predict_v(std::span<const NetworkInput> batch, std::stop_token stop,
                               const Progress& progress = {}) const override;

 private:
  void check(const NetworkInput& input) const;
  void run_together(std::span<const NetworkInput> batch, std::span<Image> v, Pool& pool, std::stop_token stop,
                    Meter meter) const;
  std::unique_ptr<Workspace> take(int n, int height, int width, int threads) const;
  void give_back(std::unique_ptr<Workspace> workspace) const;

  NetworkOptions options_;
  ModelInfo info_;
  std::unique_ptr<UNet> net_;
  mutable std::mutex mutex_;
  mutable std::list<std::unique_ptr<Workspace>> spare_;  ///< kept for the next call of the same size, newest first
  mutable std::size_t spare_bytes_ = 0;
};

}  // namespace noiseglass::nn
