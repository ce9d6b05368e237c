// Included once by each level's file, inside its namespace: no include guard.

// Winograd's F(M×M, 3×3) (Lavin & Gray 2016): an M×M tile of the answer from (M+2)×(M+2) of the input, with that many
// products for each pair of channels: 36 for M = 4 and 16 for M = 2, where the direct way takes 144 and 36.
// Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A; G is applied to the weights when they are packed. M = 4 uses the points 0, ±√½, ±√2, ∞:
// rounding errors are a quarter of those with the usual 0, ±1, ±2, ∞. M = 2 uses 0, ±1, ∞.

constexpr float root_half = 0.70710678f, root_two = 1.41421356f;

template <int M>
static inline __attribute__((always_inline)) void transform_input(const Vec* d, int step, Vec* to, int to_step) {
  const Vec d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step];
  if constexpr (M == 2) {
    to[0] = d0 - d2;
    to[to_step] = d1 + d2;
    to[2 * to_step] = d2 - d1;
    to[3 * to_step] = d3 - d1;
  } else {
    const Vec d4 = d[4 * step], d5 = d[5 * step];
    const Vec even_a = d4 - 2.0f * d2, odd_a = d3 - 2.0f * d1, even_b = d4 - 0.5f * d2, odd_b = d3 - 0.5f * d1;
    to[0] = d0 + d4 - 2.5f * d2;
    to[to_step] = even_a + root_half * odd_a;
    to[2 * to_step] = even_a - root_half * odd_a;
    to[3 * to_step] = even_b + root_two * odd_b;
    to[4 * to_step] = even_b - root_two * odd_b;
    to[5 * to_step] = d1 + d5 - 2.5f * d3;
  }
}

template <int M>
static inline __attribute__((always_inline)) void transform_output(const Vec* m, int step, Vec* to, int to_step) {
  if constexpr (M == 2) {
    to[0] = m[0] + m[step] + m[2 * step];
    to[to_step] = m[step] - m[2 * step] + m[3 * step];
  } else {
    const Vec sum_a = m[step] + m[2 * step], sum_b = m[3 * step] + m[4 * step];
    const Vec odd_a = root_half * (m[step] - m[2 * step]), odd_b = root_two * (m[3 * step] - m[4 * step]);
    to[0] = m[0] + sum_a + sum_b;
    to[to_step] = odd_a + odd_b;
    to[2 * to_step] = 0.5f * sum_a + 2.0f * sum_b;
    to[3 * to_step] = 0.5f * odd_a + 2.0f * odd_b + m[5 * step];
  }
}

// Bᵀ d B of the tile whose pixel (0, 0) is `from`: (M+2)² vectors `stride` apart for each vector of channels.
template <int M>
static void input_tile(const float* from, const ConvTask& task, int k, float* to, std::ptrdiff_t stride) {
  constexpr int S = M + 2;
  std::ptrdiff_t at[S * S];
  for (int i = 0; i < S * S; ++i) {  // from one pixel above and to the left on; doubled pixels come twice
    const int y = i / S - 1, x = i % S - 1;
    at[i] = (task.doubled ? y >> 1 : y) * task.in.row + (task.doubled ? x >> 1 : x) * task.in.pixel;
  }
  for (int c = 0; c < k; c += width) {
    Vec d[S * S], columns[S * S];
#pragma GCC unroll 36
    for (int i = 0; i < S * S; ++i) d[i] = load(from + at[i] + c);
#pragma GCC unroll 6
    for (int x = 0; x < S; ++x) transform_input<M>(d + x, S, columns + x, S);
#pragma GCC unroll 6
    for (int y = 0; y < S; ++y) {
      Vec row[S];
      transform_input<M>(columns + y * S, 1, row, 1);
#pragma GCC unroll 6
      for (int x = 0; x < S; ++x) store(to + (y * S + x) * stride + c, row[x]);
    }
  }
}

// Aᵀ m A of one tile and 16·blocks channels, plus bias and residual, to the part of it that lies within the picture.
template <int M>
static void output_tile(const ConvTask& task, const PixelWalk& at, const float* m, std::ptrdiff_t stride,
                        int first_channel, int channels) {
  constexpr int S = M + 2;
  const Tensor& out = task.out;
  const int height = out.height - M * at.y < M ? out.height - M * at.y : M;
  const int length = out.width - M * at.x < M ? out.width - M * at.x : M;
  float* to = out.data + at.offset(out, M) + first_channel;
  const float* residual = task.residual.data;
  if (residual) residual += at.offset(task.residual, M) + first_channel;
  for (int c = 0; c < channels; c += width) {
    Vec products[S * S], columns[M * S], y[M * M];
#pragma GCC unroll 36
    for (int f = 0; f < S * S; ++f) products[f] = load(m + f * stride + c);
#pragma GCC unroll 6
    for (int x = 0; x < S; ++x) transform_output<M>(products + x, S, columns + x, S);
#pragma GCC unroll 4
    for (int row = 0; row < M; ++row) transform_output<M>(columns + row * S, 1, y + row * M, 1);
    const Vec bias = load(task.conv.bias + first_channel + c);
    for (int row = 0; row < height; ++row)
      for (int x = 0; x < length; ++x) {
        Vec value = y[row * M + x] + bias;
        if (residual) value += load(residual + row * task.residual.row + x * task.residual.pixel + c);
        store(to + row * out.row + x * out.pixel + c, value);
      }
  }
}

template <int M>
static void norm_tiles(const ConvTask& task, PixelWalk walk, int count) {
  for (; count > 0; --count, walk.next()) {
    const int bottom = M * walk.y + M < task.out.height ? M * walk.y + M : task.out.height;
    const int length = task.out.width - M * walk.x < M ? task.out.width - M * walk.x : M;
    for (int y = M * walk.y; y < bottom; ++y) norm_pixels(*task.norm, walk.n, y, M * walk.x, length);
  }
}

template <int M>
static void conv_winograd(const ConvTask& task, float* scratch, std::ptrdiff_t first_tile, std::ptrdiff_t last_tile) {
  constexpr int F = (M + 2) * (M + 2);
  const Conv& conv = task.conv;
  const float* all_weights = M == 4 ? conv.winograd_4 : conv.winograd_2;
  const int k = padded(conv.k), group = tile_blocks * lanes;
  const std::ptrdiff_t in_stride = winograd_tiles * k + lanes;  // the odd block keeps the F out of one cache set
  const std::ptrdiff_t out_stride = winograd_tiles * group + lanes;
  float *in = scratch, *products = scratch + F * in_stride;
  Tensor tiles = task.out;  // a pixel of this is a tile
  tiles.height = (task.out.height + M - 1) / M, tiles.width = (task.out.width + M - 1) / M;
  const std::ptrdiff_t no_tap = 0;
  Operand rows;
  rows.taps = &no_tap, rows.tap_count = 1, rows.k = conv.k;
  PixelWalk start(tiles, first_tile);
  for (std::ptrdiff_t first = first_tile; first < last_tile; first += winograd_tiles) {
    const int count = last_tile - first < winograd_tiles ? int(last_tile - first) : winograd_tiles;
    PixelWalk walk = start;
    for (int t = 0; t < count; ++t, walk.next())
      input_tile<M>(task.in.data + walk.offset(task.in, task.doubled ? M / 2 : M), task, k, in + t * k, in_stride);
    for (int block = 0, blocks; block < conv.blocks; block += blocks) {
      blocks = next_blocks(conv.blocks - block);
      for (int f = 0; f < F; ++f) {
        const float* weights = all_weights + (std::ptrdiff_t(f) * conv.blocks + block) * conv.k * lanes;
        for (int t = 0; t < count; t += tile_pixels) {
          for (int p = 0; p < tile_pixels; ++p) rows.pixel[p] = in + f * in_stride + (t + p) * k;
          multiply(count - t, blocks, rows, weights, nullptr, products + f * out_stride + t * group, group);
        }
      }
      walk = start;
      for (int t = 0; t < count; ++t, walk.next())
        output_tile<M>(task, walk, products + t * group, out_stride, block * lanes, blocks * lanes);
    }
    if (task.norm) norm_tiles<M>(task, start, count);
    start = walk;
  }
}
