// Included once by each level's file, inside its namespace: no include guard.

// GCC vector extensions: the compiler turns Vec into the registers of the level it compiles for.
typedef float Vec __attribute__((vector_size(4 * NN_WIDTH)));
typedef int IntVec __attribute__((vector_size(4 * NN_WIDTH)));
typedef float AnyVec __attribute__((vector_size(4 * NN_WIDTH), aligned(4), may_alias));

constexpr int width = NN_WIDTH;           // floats in a register
constexpr int per_block = lanes / width;  // registers of a block of 16 channels

static inline Vec load(const float* p) { return *reinterpret_cast<const AnyVec*>(p); }
static inline void store(float* p, Vec v) { *reinterpret_cast<AnyVec*>(p) = v; }
static inline Vec splat(float x) { return x - Vec{}; }  // broadcasts

static inline float sum(Vec v) {
  float total = 0;
  for (int i = 0; i < width; ++i) total += v[i];
  return total;
}

static inline Vec max(Vec a, Vec b) { return a > b ? a : b; }
static inline Vec min(Vec a, Vec b) { return a < b ? a : b; }

// eˣ to 2 ulp: x = n·ln 2 + r, a polynomial for eʳ, n added to the exponent. Outside of ±87 it stays at the bound.
static inline Vec exp(Vec x) {
  x = min(max(x, splat(-87.0f)), splat(87.0f));
  const Vec shifter = splat(12582912.0f);  // 1.5·2²³: adding it rounds to an integer in the low bits
  const Vec t = x * 1.44269504f + shifter;
  const Vec n = t - shifter;
  const Vec r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  Vec p = splat(1.0f / 5040);
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  return reinterpret_cast<Vec>(reinterpret_cast<IntVec>(p) + (reinterpret_cast<IntVec>(t) << 23));
}

static inline Vec silu(Vec x) { return x / (exp(-x) + 1.0f); }
