// Included once by each level's file, inside its namespace: no include guard.

// Walks the pixels of all pictures of a tensor in order.
struct PixelWalk {
  int height, width, n, y, x;

  PixelWalk(const Tensor& tensor, std::ptrdiff_t pixel)
      : height(tensor.height),
        width(tensor.width),
        n(int(pixel / (std::ptrdiff_t(tensor.width) * tensor.height))),
        y(int(pixel / tensor.width % tensor.height)),
        x(int(pixel % tensor.width)) {}
  void next() {
    if (++x < width) return;
    x = 0;
    if (++y < height) return;
    y = 0;
    ++n;
  }
  std::ptrdiff_t offset(const Tensor& t, int stride) const {
    return n * t.picture + std::ptrdiff_t(y) * stride * t.row + std::ptrdiff_t(x) * stride * t.pixel;
  }
};

// The next `pixels` pixels of the walk as the tile's operand; what is left of the tile repeats the last one.
static void name_pixels(Operand& operand, const Tensor& in, PixelWalk& walk, int pixels, int stride) {
  const float* pixel = in.data;
  for (int p = 0; p < tile_pixels; ++p) {
    if (p < pixels) {
      pixel = in.data + walk.offset(in, stride);
      walk.next();
    }
    operand.pixel[p] = pixel;
  }
}

// Stores the first `pixels` of a finished tile, adding the residual.
static void finish_tile(const ConvTask& task, const float* tile, PixelWalk walk, int pixels, int first_channel,
                        int channels) {
  for (int p = 0; p < pixels; ++p, walk.next(), tile += tile_blocks * lanes) {
    float* out = task.out.data + walk.offset(task.out, 1) + first_channel;
    const float* residual = task.residual.data;
    if (residual) residual += walk.offset(task.residual, 1) + first_channel;
    int c = 0;
    for (; c + width <= channels; c += width) {
      const Vec value = load(tile + c);
      store(out + c, residual ? value + load(residual + c) : value);
    }
    for (; c < channels; ++c) out[c] = tile[c] + (residual ? residual[c] : 0.0f);
  }
}

static void conv_direct(const ConvTask& task, std::ptrdiff_t first_pixel, std::ptrdiff_t last_pixel) {
  const Conv& conv = task.conv;
  std::ptrdiff_t taps[9] = {};
  Operand in;
  in.taps = taps, in.tap_count = conv.taps, in.k = conv.k;
  if (conv.taps == 9 && task.in.pixel == conv.k) {  // three neighbours lie side by side: one longer tap
    in.tap_count = 3, in.k = 3 * conv.k;
    for (int t = 0; t < 3; ++t) taps[t] = (t - 1) * task.in.row - task.in.pixel;
  } else if (conv.taps == 9) {
    for (int t = 0; t < 9; ++t) taps[t] = (t / 3 - 1) * task.in.row + (t % 3 - 1) * task.in.pixel;
  }
  alignas(64) float tile[tile_pixels * tile_blocks * lanes];
  // Blocks outside, pixels inside: a block's weights stay in the cache while the pixels pass.
  for (int block = 0, blocks; block < conv.blocks; block += blocks) {
    blocks = next_blocks(conv.blocks - block);
    const int channels =
        task.out.channels - block * lanes < blocks * lanes ? task.out.channels - block * lanes : blocks * lanes;
    const float* weights = conv.weights + std::ptrdiff_t(block) * conv.taps * conv.k * lanes;
    PixelWalk walk(task.out, first_pixel);
    for (std::ptrdiff_t i = first_pixel; i < last_pixel; i += tile_pixels) {
      const PixelWalk start = walk;
      const int pixels = last_pixel - i < tile_pixels ? int(last_pixel - i) : tile_pixels;
      name_pixels(in, task.in, walk, pixels, conv.stride);
      multiply(pixels, blocks, in, weights, conv.bias + block * lanes, tile, tile_blocks * lanes);
      finish_tile(task, tile, start, pixels, block * lanes, channels);
    }
  }
}
