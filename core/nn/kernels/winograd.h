// Included once by each level's file, inside its namespace: no include guard.

// Winograd's F(4×4, 3×3) (Lavin & Gray 2016): a 4×4 tile of the answer from 6×6 of the input with 36 products for each
// pair of channels, where the direct way takes 144. Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A; G is applied to the weights when they
// are packed. Points 0, ±√½, ±√2, ∞: rounding errors are a quarter of those with the usual 0, ±1, ±2, ∞.

constexpr float root_half = 0.70710678f, root_two = 1.41421356f;

static inline __attribute__((always_inline)) void transform_input(const Vec* d, int step, Vec* to, int to_step) {
  const Vec d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step];
  const Vec even_a = d4 - 2.0f * d2, odd_a = d3 - 2.0f * d1, even_b = d4 - 0.5f * d2, odd_b = d3 - 0.5f * d1;
  to[0] = d0 + d4 - 2.5f * d2;
  to[to_step] = even_a + root_half * odd_a;
  to[2 * to_step] = even_a - root_half * odd_a;
  to[3 * to_step] = even_b + root_two * odd_b;
  to[4 * to_step] = even_b - root_two * odd_b;
  to[5 * to_step] = d1 + d5 - 2.5f * d3;
}

static inline __attribute__((always_inline)) void transform_output(const Vec* m, int step, Vec* to, int to_step) {
  const Vec sum_a = m[step] + m[2 * step], sum_b = m[3 * step] + m[4 * step];
  const Vec odd_a = root_half * (m[step] - m[2 * step]), odd_b = root_two * (m[3 * step] - m[4 * step]);
  to[0] = m[0] + sum_a + sum_b;
  to[to_step] = odd_a + odd_b;
  to[2 * to_step] = 0.5f * sum_a + 2.0f * sum_b;
  to[3 * to_step] = 0.5f * odd_a + 2.0f * odd_b + m[5 * step];
}

// Where the 6 rows or columns of a tile are, from its first pixel on; doubled pixels come twice.
constexpr int single_steps[6] = {-1, 0, 1, 2, 3, 4}, doubled_steps[6] = {-1, 0, 0, 1, 1, 2};

// Bᵀ d B of the tile whose pixel (0, 0) is `from`: 36 vectors `stride` apart for each vector of channels.
static void input_tile(const float* from, const ConvTask& task, int k, float* to, std::ptrdiff_t stride) {
  const int* steps = task.doubled ? doubled_steps : single_steps;
  std::ptrdiff_t at[36];
  for (int i = 0; i < 36; ++i) at[i] = steps[i / 6] * task.in.row + steps[i % 6] * task.in.pixel;
  for (int c = 0; c < k; c += width) {
    Vec d[36], columns[36];
#pragma GCC unroll 36
    for (int i = 0; i < 36; ++i) d[i] = load(from + at[i] + c);
#pragma GCC unroll 6
    for (int x = 0; x < 6; ++x) transform_input(d + x, 6, columns + x, 6);
#pragma GCC unroll 6
    for (int y = 0; y < 6; ++y) {
      Vec row[6];
      transform_input(columns + y * 6, 1, row, 1);
#pragma GCC unroll 6
      for (int x = 0; x < 6; ++x) store(to + (y * 6 + x) * stride + c, row[x]);
    }
  }
}

// Aᵀ m A of one tile and 16·blocks channels, plus bias and residual, to the part of it that lies within the picture.
static void output_tile(const ConvTask& task, const PixelWalk& at, const float* m, std::ptrdiff_t stride,
                        int first_channel, int channels) {
  const Tensor& out = task.out;
  const int height = out.height - 4 * at.y < 4 ? out.height - 4 * at.y : 4;
  const int length = out.width - 4 * at.x < 4 ? out.width - 4 * at.x : 4;
  float* to = out.data + at.offset(out, 4) + first_channel;
  const float* residual = task.residual.data;
  if (residual) residual += at.offset(task.residual, 4) + first_channel;
  for (int c = 0; c < channels; c += width) {
    Vec products[36], columns[24], y[16];
#pragma GCC unroll 36
    for (int f = 0; f < 36; ++f) products[f] = load(m + f * stride + c);
#pragma GCC unroll 6
    for (int x = 0; x < 6; ++x) transform_output(products + x, 6, columns + x, 6);
#pragma GCC unroll 4
    for (int row = 0; row < 4; ++row) transform_output(columns + row * 6, 1, y + row * 4, 1);
    const Vec bias = load(task.conv.bias + first_channel + c);
    for (int row = 0; row < height; ++row)
      for (int x = 0; x < length; ++x) {
        Vec value = y[row * 4 + x] + bias;
        if (residual) value += load(residual + row * task.residual.row + x * task.residual.pixel + c);
        store(to + row * out.row + x * out.pixel + c, value);
      }
  }
}

static void norm_tiles(const ConvTask& task, PixelWalk walk, int count) {
  for (; count > 0; --count, walk.next()) {
    const int bottom = 4 * walk.y + 4 < task.out.height ? 4 * walk.y + 4 : task.out.height;
    const int length = task.out.width - 4 * walk.x < 4 ? task.out.width - 4 * walk.x : 4;
    for (int y = 4 * walk.y; y < bottom; ++y) norm_pixels(*task.norm, walk.n, y, 4 * walk.x, length);
  }
}

static void conv_winograd(const ConvTask& task, float* scratch, std::ptrdiff_t first_tile, std::ptrdiff_t last_tile) {
  const Conv& conv = task.conv;
  const int k = padded(conv.k), group = tile_blocks * lanes;
  const std::ptrdiff_t in_stride = winograd_tiles * k + lanes;  // the odd block keeps the 36 out of one cache set
  const std::ptrdiff_t out_stride = winograd_tiles * group + lanes;
  float *in = scratch, *products = scratch + 36 * in_stride;
  Tensor tiles = task.out;  // a pixel of this is a tile
  tiles.height = (task.out.height + 3) / 4, tiles.width = (task.out.width + 3) / 4;
  const std::ptrdiff_t no_tap = 0;
  Operand rows;
  rows.taps = &no_tap, rows.tap_count = 1, rows.k = conv.k;
  PixelWalk start(tiles, first_tile);
  for (std::ptrdiff_t first = first_tile; first < last_tile; first += winograd_tiles) {
    const int count = last_tile - first < winograd_tiles ? int(last_tile - first) : winograd_tiles;
    PixelWalk walk = start;
    for (int t = 0; t < count; ++t, walk.next())
      input_tile(task.in.data + walk.offset(task.in, task.doubled ? 2 : 4), task, k, in + t * k, in_stride);
    for (int block = 0, blocks; block < conv.blocks; block += blocks) {
      blocks = next_blocks(conv.blocks - block);
      for (int f = 0; f < 36; ++f) {
        const float* weights = conv.winograd + (std::ptrdiff_t(f) * conv.blocks + block) * conv.k * lanes;
        for (int t = 0; t < count; t += tile_pixels) {
          for (int p = 0; p < tile_pixels; ++p) rows.pixel[p] = in + f * in_stride + (t + p) * k;
          multiply(count - t, blocks, rows, weights, nullptr, products + f * out_stride + t * group, group);
        }
      }
      walk = start;
      for (int t = 0; t < count; ++t, walk.next())
        output_tile(task, walk, products + t * group, out_stride, block * lanes, blocks * lanes);
    }
    if (task.norm) norm_tiles(task, start, count);
    start = walk;
  }
}
