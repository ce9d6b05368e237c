// Included once by each level's file, inside its namespace: no include guard.

// The one inner loop of the engine: P pixels × B blocks of 16 output channels stay in registers while all taps and
// input channels pass by. Each step loads B blocks of weights, broadcasts one number of each pixel, and multiplies.
//   level     registers   tile        accumulators + weights + broadcast
//   baseline  16 × 4      2 × 16      8 + 4 + 1
//   v3        16 × 8      6 × 16      12 + 2 + 1
//   v4        32 × 16     8 × 48      24 + 3 + 1
// The pixels are named by a pointer each, so that a tile may run on into the next row or picture.

constexpr int tile_pixels = NN_PIXELS;
constexpr int tile_blocks = NN_BLOCKS;  // the most blocks of a tile

// Where pixels are few, weights come from far away and are used a few times only: they are asked for so many steps
// ahead. What lies past the end is asked for in vain, which does no harm.
constexpr int steps_ahead = 64;

struct Operand {
  const float* pixel[tile_pixels];
  const std::ptrdiff_t* taps;  // offset of each tap from the pixel
  int tap_count;
  int k;
};

// out[p·out_stride + c] = bias[c] + Σ_tap Σ_k pixel[p][tap + k]·weights[c/16][tap][k][c mod 16]
template <int P, int B>
static inline __attribute__((always_inline)) void multiply_tile(const Operand& in, const float* weights,
                                                                const float* bias, float* out,
                                                                std::ptrdiff_t out_stride) {
  constexpr int V = B * per_block;
  const std::ptrdiff_t block_stride = std::ptrdiff_t(in.tap_count) * in.k * lanes;
  Vec sums[P][V];
#pragma GCC unroll 16
  for (int p = 0; p < P; ++p)
#pragma GCC unroll 16
    for (int v = 0; v < V; ++v) sums[p][v] = bias ? load(bias + v * width) : Vec{};
  for (int tap = 0; tap < in.tap_count; ++tap) {
    const float* x[P];
#pragma GCC unroll 16
    for (int p = 0; p < P; ++p) x[p] = in.pixel[p] + in.taps[tap];
    for (int k = 0; k < in.k; ++k, weights += lanes) {
      Vec w[V];
#pragma GCC unroll 16
      for (int b = 0; b < B; ++b) __builtin_prefetch(weights + b * block_stride + steps_ahead * lanes);
#pragma GCC unroll 16
      for (int v = 0; v < V; ++v) w[v] = load(weights + v / per_block * block_stride + v % per_block * width);
#pragma GCC unroll 16
      for (int p = 0; p < P; ++p) {
        const Vec scalar = splat(x[p][k]);
#pragma GCC unroll 16
        for (int v = 0; v < V; ++v) sums[p][v] += scalar * w[v];
      }
    }
  }
#pragma GCC unroll 16
  for (int p = 0; p < P; ++p)
#pragma GCC unroll 16
    for (int v = 0; v < V; ++v) store(out + p * out_stride + v * width, sums[p][v]);
}

// Blocks of the next tile when `left` remain: as many as fit, but rather 2 + 2 than 3 + 1.
static inline int next_blocks(int left) {
  if (left <= tile_blocks) return left;
  return tile_blocks == 3 && left == 4 ? 2 : tile_blocks;
}

template <int P>
static __attribute__((noinline)) void multiply_blocks(int blocks, const Operand& in, const float* weights,
                                                      const float* bias, float* out, std::ptrdiff_t out_stride) {
  if constexpr (tile_blocks >= 3)
    if (blocks == 3) return multiply_tile<P, 3>(in, weights, bias, out, out_stride);
  if constexpr (tile_blocks >= 2)
    if (blocks == 2) return multiply_tile<P, 2>(in, weights, bias, out, out_stride);
  multiply_tile<P, 1>(in, weights, bias, out, out_stride);
}

// `pixels` of a tile are wanted: half a tile is enough for few.
static inline void multiply(int pixels, int blocks, const Operand& in, const float* weights, const float* bias,
                            float* out, std::ptrdiff_t out_stride) {
  if (pixels <= tile_pixels / 2)
    multiply_blocks<tile_pixels / 2>(blocks, in, weights, bias, out, out_stride);
  else
    multiply_blocks<tile_pixels>(blocks, in, weights, bias, out, out_stride);
}
