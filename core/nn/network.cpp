#include "nn/network.h"

#include "nn/tiles.h"
#include "noiseglass/error.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <exception>

namespace noiseglass {
namespace nn {
namespace {

constexpr std::size_t most_spare_bytes = std::size_t(1) << 29;  // of workspaces kept; the last one always is

int round_up(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

/// Index within 0…length−1 after reflection at the last element (… 3 2 1 0 1 2 3 2 1 0 … for length 4).
int reflect(int i, int length) {
  if (length == 1) return 0;
  i %= 2 * (length - 1);
  return i < length ? i : 2 * (length - 1) - i;
}

/// The tile's pixels into picture n of x; what lies beyond the picture is reflected.
void fill(const Tensor& x, int n, const Image& image, const Tile& tile) {
  const auto [height, width, channels] = image.shape;
  for (int row = 0; row < tile.height; ++row) {
    float* to = x.data + n * x.picture + row * x.row;
    const float* from = &image.data[std::size_t(reflect(tile.top + row, height)) * width * channels];
    for (int column = 0; column < tile.width; ++column, to += x.pixel)
      std::copy_n(from + std::size_t(reflect(tile.left + column, width)) * channels, channels, to);
  }
}

/// Where the kept part of a tile goes in the answer; what was padded falls away.
Tensor target(Image& v, const Tile& tile) {
  const auto [height, width, channels] = v.shape;
  Tensor out;
  out.n = 1;
  out.height = std::min(tile.keep_height, height - tile.keep_top);
  out.width = std::min(tile.keep_width, width - tile.keep_left);
  out.channels = channels;
  out.pixel = channels;
  out.row = std::ptrdiff_t(width) * channels;
  out.data = v.data.data() + tile.keep_top * out.row + tile.keep_left * out.pixel;
  return out;
}

/// See NetworkInput::steps. @param known falling
int row_of_steps(const std::vector<int>& known, int steps) {
  if (known.empty() || steps == 0) return 0;
  const auto below = std::ranges::find_if(known, [&](int number) { return number <= steps; });
  return int(std::min(below, known.end() - 1) - known.begin());
}

/// What NOISEGLASS_KERNELS asks for (see Network::load).
NetworkOptions options_from_environment() {
  NetworkOptions options;
  const char* value = std::getenv("NOISEGLASS_KERNELS");
  if (!value || !*value) return options;
  std::string name = value;
  const std::string direct = ",direct";
  if (name.ends_with(direct)) {
    options.winograd = false;
    name.resize(name.size() - direct.size());
  }
  const KernelList list = available_kernels();
  std::string names;
  for (int i = 0; i < list.count; ++i) {
    if (name == list.kernels[i]->name) options.kernels = list.kernels[i];
    names += (i ? ", " : "") + std::string(list.kernels[i]->name);
  }
  if (!options.kernels)
    throw UsageError("NOISEGLASS_KERNELS is \"" + std::string(value) + "\"; this processor can run " + names +
                     ", each perhaps followed by \"" + direct + "\".");
  return options;
}

/// work(index, pool, whether by the caller's thread) for 0 … count, each whole by one thread; but a single one is
/// shared itself. @throws what the first of them to fail threw, once all are at rest; those not begun by then are left
/// out.
template <class Work>
void share_out(std::size_t count, Pool& pool, Work&& work) {
  if (count == 1 || pool.threads() == 1) {
    for (std::size_t i = 0; i < count; ++i) work(i, pool, true);
    return;
  }
  std::mutex mutex;
  std::exception_ptr problem;
  std::atomic<bool> failed = false;
  pool.run(std::ptrdiff_t(count), 1, [&](std::ptrdiff_t first, std::ptrdiff_t last, int slot) {
    Pool alone(1);
    try {
      for (; first < last && !failed; ++first) work(std::size_t(first), alone, slot == 0);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failed.exchange(true)) problem = std::current_exception();
    }
  });
  if (problem) std::rethrow_exception(problem);
}

}  // namespace

UNetNetwork::UNetNetwork(const std::string& path, NetworkOptions options) : options_(options) {
  if (!options_.kernels) options_.kernels = available_kernels().kernels[0];
  Safetensors file(path);
  net_ = std::make_unique<UNet>(file, options_.winograd);
  info_ = model_info(file, net_->arch);
}

void UNetNetwork::check(const NetworkInput& input) const {
  if (!input.x_t || input.x_t->empty()) throw UsageError("The network was given no picture.");
  const Shape shape = input.x_t->shape;
  if (shape.channels != info_.channels)
    throw UsageError("The network \"" + info_.name + "\" takes pictures of " + std::to_string(info_.channels) +
                     (info_.channels == 1 ? " channel" : " channels") + ", not " + std::to_string(shape.channels) +
                     ".");
  const int classes = int(info_.class_names.size());
  if (input.class_index >= classes || input.class_index < -1)
    throw UsageError(classes == 0
                         ? "The network \"" + info_.name + "\" has no classes."
                         : "The network \"" + info_.name + "\" has classes 0 to " + std::to_string(classes - 1) +
                               ", not " + std::to_string(input.class_index) + ".");
  if (std::isnan(input.log_snr)) throw UsageError("The log-SNR is not a number.");
}

std::unique_ptr<Workspace> UNetNetwork::take(int n, int height, int width, int threads) const {
  {
    const std::lock_guard lock(mutex_);
    for (auto it = spare_.begin(); it != spare_.end(); ++it) {
      const Tensor& x = (*it)->x;
      if (x.n != n || x.height != height || x.width != width || (*it)->threads() < threads) continue;
      std::unique_ptr<Workspace> found = std::move(*it);
      spare_.erase(it);
      spare_bytes_ -= found->bytes();
      return found;
    }
  }
  return std::make_unique<Workspace>(*net_, *options_.kernels, n, height, width, threads);
}

void UNetNetwork::give_back(std::unique_ptr<Workspace> workspace) const {
  const std::lock_guard lock(mutex_);
  spare_bytes_ += workspace->bytes();
  spare_.push_front(std::move(workspace));
  while (spare_bytes_ > most_spare_bytes && spare_.size() > 1) {
    spare_bytes_ -= spare_.back()->bytes();
    spare_.pop_back();
  }
}

void UNetNetwork::run_together(std::span<const NetworkInput> batch, std::span<Image> v, Pool& pool,
                               std::stop_token stop, Meter meter) const {
  const Shape shape = batch[0].x_t->shape;
  const int multiple = net_->arch.multiple();
  const std::vector<Tile> tiles =
      make_tiles(net_->arch, round_up(shape.height, multiple), round_up(shape.width, multiple), options_.tile_pixels);
  auto workspace = take(int(batch.size()), tiles[0].height, tiles[0].width, pool.threads());
  meter.report_span /= double(tiles.size());
  for (const Tile& tile : tiles) {
    for (int n = 0; n < int(batch.size()); ++n) {
      fill(workspace->x, n, *batch[n].x_t, tile);
      const int class_row = batch[n].class_index < 0 ? net_->arch.classes : batch[n].class_index;
      const int step_row = row_of_steps(net_->arch.steps, batch[n].steps);
      workspace->samples[n] = {
          float(batch[n].log_snr),   class_row, step_row, target(v[n], tile), tile.keep_top - tile.top,
          tile.keep_left - tile.left};
    }
    workspace->run(*net_, *options_.kernels, pool, stop, {}, meter);
    meter.report_first += meter.report_span;
  }
  // One for tiles holds half a gigabyte, and is made in no time beside what it is for: it is not kept.
  if (tiles.size() == 1) give_back(std::move(workspace));
}

std::vector<Image> UNetNetwork::predict_v(std::span<const NetworkInput> batch, std::stop_token stop,
                                          const Progress& progress) const {
  std::vector<Image> v;
  for (const NetworkInput& input : batch) {
    check(input);
    if (input.x_t->shape != batch[0].x_t->shape) throw UsageError("The pictures of a batch must have one size.");
    v.emplace_back(input.x_t->shape);
  }
  if (batch.empty()) return v;
  const std::shared_ptr<Pool> pool = shared_pool();
  const std::ptrdiff_t pixels = std::ptrdiff_t(batch[0].x_t->shape.height) * batch[0].x_t->shape.width;
  const std::size_t together = std::size_t(std::max<std::ptrdiff_t>(1, options_.together_pixels / pixels));
  const std::size_t parts = (batch.size() + together - 1) / together;
  const Progress unheard;
  std::atomic<std::size_t> done = 0;
  const auto run_part = [&](std::size_t part, Pool& sharers, const Progress& report) {
    const std::size_t first = part * together, count = std::min(together, batch.size() - first);
    Meter meter;
    meter.report = &report;
    meter.report_first = double(done) / double(parts);
    meter.report_span = 1 / double(parts);
    run_together(batch.subspan(first, count), std::span(v).subspan(first, count), sharers, stop, meter);
    ++done;
  };
  const bool short_layers = pixels <= options_.together_pixels;
  if (short_layers || (parts >= std::size_t(pool->threads()) && pixels <= options_.whole_pixels))
    share_out(parts, *pool, [&](std::size_t part, Pool& sharers, bool caller) {
      run_part(part, sharers, caller ? progress : unheard);  // told from the caller's thread alone
    });
  else
    for (std::size_t part = 0; part < parts; ++part) run_part(part, *pool, progress);
  if (progress) progress(1);
  return v;
}

Image UNetNetwork::predict_v(const Image& x_t, double log_snr, int class_index, std::stop_token stop) const {
  const NetworkInput input{&x_t, log_snr, class_index};
  return std::move(predict_v(std::span(&input, 1), std::move(stop)).front());
}

}  // namespace nn

std::shared_ptr<const Network> Network::load(const std::string& path) {
  return std::make_shared<nn::UNetNetwork>(path, nn::options_from_environment());
}

}  // namespace noiseglass
