#include "nn/unet.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::nn {
namespace {

/// Reads blocks, collecting their FiLM layers.
struct BlockLoader {
  LayerLoader& load;
  const Architecture& arch;
  std::vector<ConvLayer> films = {};
  int film_at = 0;

  ResBlock operator()(const std::string& name, const Channels& in, int out) {
    const Channels places = plain(out);
    ResBlock block{load.norm(name + ".norm1", in, arch.pixel_norm, arch.groups),
                   load.norm(name + ".norm2", places, arch.pixel_norm, arch.groups),
                   load.conv(name + ".conv1", in, places, 3),
                   load.conv(name + ".conv2", places, places, 3),
                   {},
                   film_at};
    if (in != places) block.skip = load.conv(name + ".skip", in, places, 1);
    films.push_back(load.linear(name + ".film", arch.embedding, pair(out, out)));
    film_at += films.back().out_channels();
    return block;
  }
};

}  // namespace

UNet::UNet(Safetensors& file, bool winograd) : arch(parse_architecture(file)) {
  LayerLoader load(file, winograd);
  BlockLoader block{load, arch};
  const auto name = [](const std::string& part, int i) { return part + "." + std::to_string(i); };
  const std::vector<int>& w = arch.widths;
  const Channels folded = unshuffled(arch.stem, arch.patch);

  embed_0 = load.linear("embed.0", 2 * arch.frequencies, plain(arch.embedding));
  embed_2 = load.linear("embed.2", arch.embedding, plain(arch.embedding));
  if (arch.classes) class_embed = load.table("class_embed.weight", arch.classes + 1, arch.embedding);
  if (!arch.steps.empty()) step_embed = load.table("step_embed.weight", int(arch.steps.size()), arch.embedding);
  stem = load.conv("stem", plain(arch.channels), plain(arch.stem), 3, arch.patch);
  enter = load.conv("enter", folded, plain(w[0]), 3);
  for (int i = 0; i + 1 < arch.levels(); ++i) {
    down.emplace_back();
    for (int j = 0; j < arch.blocks; ++j) down[i].push_back(block(name(name("down", i), j), plain(w[i]), w[i]));
    downsample.push_back(load.conv(name("downsample", i), plain(w[i]), plain(w[i + 1]), 3, 2));
  }
  for (int j = 0; j < arch.middle; ++j) {
    middle.push_back(block(name("middle", j), plain(w.back()), w.back()));
    if (arch.attention && j + 1 < arch.middle)
      attention.push_back(load.attention(name("attention", j) + ".", w.back(), arch.pixel_norm, arch.groups));
  }
  for (int i = 0; i + 1 < arch.levels(); ++i) {
    upsample.push_back(load.conv(name("upsample", i), plain(w[i + 1]), plain(w[i]), 3));
    up.emplace_back();
    for (int j = 0; j < arch.blocks; ++j)
      up[i].push_back(block(name(name("up", i), j), j ? plain(w[i]) : pair(w[i], w[i]), w[i]));
  }
  leave_norm = load.norm("leave_norm", plain(w[0]), arch.pixel_norm, arch.groups);
  leave = load.conv("leave", plain(w[0]), folded, 3);
  head = load.conv("head", plain(arch.stem), plain(arch.channels), 3);
  film = stack(block.films);
}

Workspace::Workspace(const UNet& net, const Kernels& kernels, int n, int height, int width, int threads) {
  const Architecture& arch = net.arch;
  const std::vector<int>& w = arch.widths;
  const int folded = padded(arch.stem) * arch.patch * arch.patch;
  arena_.ask(x, n, height, width, arch.channels, true);
  arena_.ask(full_, n, height, width, arch.stem);
  height /= arch.patch, width /= arch.patch;
  arena_.ask(f0_, n, height, width, folded);
  std::size_t widest = folded;
  const int rows = height;
  levels_.resize(arch.levels() - 1);
  for (int i = 0; i + 1 < arch.levels(); ++i, height /= 2, width /= 2) {
    Level& level = levels_[i];
    const int both = 2 * padded(w[i]);
    arena_.ask(level.concat, n, height, width, both);
    arena_.ask(level.wide, n, height, width, std::max({both, padded(w[i + 1]), i == 0 ? folded : 0}));
    arena_.ask(level.u, n, height, width, w[i]);
    widest = std::max<std::size_t>(widest, both);
  }
  arena_.ask(x_low_, n, height, width, w.back());
  arena_.ask(t_low_, n, height, width, w.back());
  arena_.ask(u_low_, n, height, width, std::max(w.back(), arch.levels() == 1 ? folded : 0));
  widest = std::max<std::size_t>(widest, padded(w.back()));

  for (Tensor* vectors : {&features_, &hidden_, &emb_, &film_}) {
    const int size = vectors == &features_ ? 2 * arch.frequencies
                     : vectors == &film_   ? net.film.out_channels()
                                           : arch.embedding;
    vectors->n = 1, vectors->height = 1, vectors->width = n;
    vectors->pixel = vectors->channels = padded(size);
    arena_.ask(vectors->data, std::size_t(n) * vectors->pixel);
  }
  arena_.ask(scratch_.a, n * widest);
  arena_.ask(scratch_.b, n * widest);
  if (!arch.pixel_norm) arena_.ask(scratch_.sums, 2 * widest * n * rows);
  std::size_t piece = winograd_scratch(int(widest));
  if (arch.attention) {
    const std::size_t tokens = std::size_t(height) * width, stored = (tokens + lanes - 1) / lanes * lanes;
    arena_.ask(qkv_, n, height, width, 3 * w.back());
    arena_.ask(scratch_.keys, n * w.back() * stored);
    arena_.ask(scratch_.values, n * w.back() * tokens);
    piece = std::max(piece, kernels.pixels * stored);
  }
  scratch_.thread.resize(threads);
  for (float*& place : scratch_.thread) arena_.ask(place, piece);
  arena_.allocate();
  samples.resize(n);
  for (int i = 0; i + 1 < arch.levels(); ++i) {
    Level& level = levels_[i];
    level.up = channels(level.concat, 0, padded(w[i]));
    level.skip = channels(level.concat, padded(w[i]), padded(w[i]));
    level.h = channels(level.wide, 0, padded(w[i]));
  }
}

/// One pass: the contract's table, line by line. A norm and SiLU is always run by the convolution before it, so
/// the steps pass on the norm that comes next.
class Pass {
 public:
  Pass(Workspace& workspace, const UNet& network, const Run& r, const Observer& o)
      : ws(workspace), net(network), run(r), observe(o) {}

  void embed() const;
  void body() const;

 private:
  using Level = Workspace::Level;
  Norm norm1(const ResBlock& block, const Tensor& x, const Tensor& t) const { return {&block.norm1, x, t}; }
  /// target = block(x), where t holds SiLU(norm1(x)); target may be x where the channels stay. u is spare.
  void res_block(const ResBlock& block, const Tensor& x, const Tensor& t, const Tensor& u, const Tensor& target,
                 const Norm& next) const;
  void stem() const;
  void descend() const;
  void lowest() const;
  void level_up(int i, const Tensor& h) const;
  Norm first_norm(int level) const;
  void note(const char* part, int i, int j, const Tensor& tensor) const;

  Workspace& ws;
  const UNet& net;
  const Run& run;
  const Observer& observe;
};

void Pass::note(const char* part, int i, int j, const Tensor& tensor) const {
  if (!observe) return;
  std::string name = part;
  for (int index : {i, j})
    if (index >= 0) name += "." + std::to_string(index);
  observe(name, tensor);
}

void Pass::embed() const {
  const std::vector<Sample>& samples = ws.samples;
  const int F = net.arch.frequencies, E = net.arch.embedding;
  const auto silu = [](float v) { return v / (1 + std::exp(-v)); };
  for (int n = 0; n < int(samples.size()); ++n)
    for (int k = 0; k < F; ++k) {
      const float omega = 0.05f * std::pow(100.0f, float(k) / float(F - 1));
      const float angle = std::clamp(samples[n].log_snr, -20.0f, 20.0f) * omega;
      float* feature = ws.features_.data + n * ws.features_.pixel + k;
      feature[0] = std::sin(angle);
      feature[F] = std::cos(angle);
    }
  run.conv(net.embed_0, ws.features_, ws.hidden_);
  for (int n = 0; n < int(samples.size()); ++n) {
    float* h = ws.hidden_.data + n * ws.hidden_.pixel;
    std::transform(h, h + E, h, silu);
  }
  run.conv(net.embed_2, ws.hidden_, ws.emb_);
  for (int n = 0; n < int(samples.size()); ++n) {
    float* e = ws.emb_.data + n * ws.emb_.pixel;
    if (net.arch.classes) {
      const float* row = &net.class_embed[std::size_t(samples[n].class_row) * E];
      std::transform(e, e + E, row, e, std::plus<float>());
    }
    if (!net.step_embed.empty()) {
      const float* row = &net.step_embed[std::size_t(samples[n].step_row) * E];
      std::transform(e, e + E, row, e, std::plus<float>());
    }
    std::transform(e, e + E, e, silu);
  }
  note("embedding", -1, -1, ws.emb_);
  run.conv(net.film, ws.emb_, ws.film_);
}

void Pass::res_block(const ResBlock& block, const Tensor& x, const Tensor& t, const Tensor& u, const Tensor& target,
                     const Norm& next) const {
  run.conv(block.conv1, t, u, {}, {&block.norm2, u, u, true, ws.film_.data + block.film, ws.film_.pixel});
  if (block.skip) run.conv(*block.skip, x, target);
  run.conv(block.conv2, u, target, block.skip ? target : x, next);
}

/// The norm that a level's first block on the way down begins with.
Norm Pass::first_norm(int i) const {
  if (i == int(ws.levels_.size())) return norm1(net.middle[0], ws.x_low_, ws.t_low_);
  return norm1(net.down[i][0], ws.levels_[i].skip, ws.levels_[i].h);
}

void Pass::stem() const {
  const int S = padded(net.arch.stem), p = net.arch.patch;
  for (int part = 0; part < p * p; ++part) {  // each pixel of the patches in turn: already unshuffled
    Tensor shifted = ws.x;
    shifted.data += part / p * shifted.row + part % p * shifted.pixel;
    run.conv(net.stem, shifted, channels(ws.f0_, part * S, S));
  }
  note("stem", -1, -1, ws.f0_);
}

void Pass::descend() const {
  const auto x_of = [&](int i) { return i < int(ws.levels_.size()) ? ws.levels_[i].skip : ws.x_low_; };
  run.conv(net.enter, ws.f0_, x_of(0), {}, first_norm(0));
  note("enter", -1, -1, x_of(0));
  for (int i = 0; i < int(ws.levels_.size()); ++i) {
    const Level& level = ws.levels_[i];
    for (int j = 0; j < net.arch.blocks; ++j) {
      const bool last = j + 1 == net.arch.blocks;
      res_block(net.down[i][j], level.skip, level.h, level.u, level.skip,
                last ? Norm{} : norm1(net.down[i][j + 1], level.skip, level.h));
      note("down", i, j, level.skip);
    }
    run.conv(net.downsample[i], level.skip, x_of(i + 1), {}, first_norm(i + 1));
    note("downsample", i, -1, x_of(i + 1));
  }
}

void Pass::lowest() const {
  const Tensor &x = ws.x_low_, &t = ws.t_low_, u = channels(ws.u_low_, 0, x.channels);
  for (int j = 0; j < net.arch.middle; ++j) {
    const bool attends = j < int(net.attention.size()), last = j + 1 == net.arch.middle;
    const Norm next = last ? Norm{} : norm1(net.middle[j + 1], x, t);
    res_block(net.middle[j], x, t, u, x, attends ? Norm{&net.attention[j].norm, x, t, false} : next);
    note("middle", j, -1, x);
    if (!attends) continue;
    run.attention(net.attention[j], t, x, ws.qkv_, u, next);
    note("attention", j, -1, x);
  }
}

void Pass::level_up(int i, const Tensor& from) const {
  const Level& level = ws.levels_[i];
  const int both = level.up.channels + level.skip.channels;
  const Tensor concat = channels(level.concat, 0, both), t = channels(level.wide, 0, both);
  run.conv_doubled(net.upsample[i], from, level.up, channels(level.wide, 0, from.channels),
                   norm1(net.up[i][0], concat, t));
  note("upsample", i, -1, level.up);
  for (int j = 0; j < net.arch.blocks; ++j) {
    Norm next;  // from the second block on, `up` is free to hold what the norms make
    if (j + 1 < net.arch.blocks)
      next = norm1(net.up[i][j + 1], level.h, level.up);
    else if (i == 0)
      next = {&net.leave_norm, level.h, level.up};
    if (j == 0)
      res_block(net.up[i][j], concat, t, level.u, level.h, next);
    else
      res_block(net.up[i][j], level.h, level.up, level.u, level.h, next);
    note("up", i, j, level.h);
  }
}

void Pass::body() const {
  stem();
  descend();
  lowest();
  for (int i = int(ws.levels_.size()) - 1; i >= 0; --i)
    level_up(i, i + 1 < int(ws.levels_.size()) ? ws.levels_[i + 1].h : ws.x_low_);
  const bool flat = ws.levels_.empty();
  if (flat) run.norm({&net.leave_norm, ws.x_low_, ws.t_low_});
  const Tensor folded = channels(flat ? ws.u_low_ : ws.levels_[0].wide, 0, ws.f0_.channels);
  run.conv(net.leave, flat ? ws.t_low_ : ws.levels_[0].up, folded);
  note("leave", -1, -1, folded);
  run.shuffle_add_silu(folded, ws.f0_, ws.full_, net.arch.patch);
  for (int n = 0; n < int(ws.samples.size()); ++n) {
    const Sample& sample = ws.samples[n];
    Tensor cropped = ws.full_;
    cropped.data += n * cropped.picture + sample.top * cropped.row + sample.left * cropped.pixel;
    run.conv(net.head, cropped, sample.v);
  }
}

void Workspace::run(const UNet& net, const Kernels& kernels, Pool& pool, std::stop_token stop, const Observer& observe,
                    Meter meter) {
  meter.counting = true;
  Pass(*this, net, Run{kernels, pool, scratch_, {}, &meter}, {}).body();
  meter.counting = false;
  const Run run{kernels, pool, scratch_, std::move(stop), &meter};
  const Pass pass(*this, net, run, observe);
  pass.embed();
  pass.body();
}

}  // namespace noiseglass::nn
