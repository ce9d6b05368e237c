// Included once by each level's file, inside its namespace: no include guard.

// Vector extensions of GCC and clang: the compiler turns Vec into the registers of the level it compiles for.
typedef float Vec __attribute__((vector_size(4 * NN_WIDTH)));
typedef int IntVec __attribute__((vector_size(4 * NN_WIDTH)));
typedef float AnyVec __attribute__((vector_size(4 * NN_WIDTH), aligned(4), may_alias));

constexpr int width = NN_WIDTH;           // floats in a register
constexpr int per_block = lanes / width;  // registers of a block of 16 channels

static inline Vec load(const float* p) { return *reinterpret_cast<const AnyVec*>(p); }
static inline void store(float* p, Vec v) { *reinterpret_cast<AnyVec*>(p) = v; }
static inline Vec splat(float x) { return x - Vec{}; }  // broadcasts

// Lane i takes what lane i ^ half holds.
template <int half>
static inline Vec swap(Vec v) {
#if NN_WIDTH == 16
  return __builtin_shufflevector(v, v, 0 ^ half, 1 ^ half, 2 ^ half, 3 ^ half, 4 ^ half, 5 ^ half, 6 ^ half, 7 ^ half,
                                 8 ^ half, 9 ^ half, 10 ^ half, 11 ^ half, 12 ^ half, 13 ^ half, 14 ^ half, 15 ^ half);
#elif NN_WIDTH == 8
  return __builtin_shufflevector(v, v, 0 ^ half, 1 ^ half, 2 ^ half, 3 ^ half, 4 ^ half, 5 ^ half, 6 ^ half, 7 ^ half);
#else
  return __builtin_shufflevector(v, v, 0 ^ half, 1 ^ half, 2 ^ half, 3 ^ half);
#endif
}

static inline float sum(Vec v) {
  if constexpr (width > 8) v += swap<8>(v);
  if constexpr (width > 4) v += swap<4>(v);
  v += swap<2>(v);
  v += swap<1>(v);
  return v[0];
}

static inline Vec max(Vec a, Vec b) { return a > b ? a : b; }
static inline Vec min(Vec a, Vec b) { return a < b ? a : b; }

// eˣ = 2ⁿ·2ᶠ with n = round(x·log₂e): a polynomial for 2ᶠ (relative error 1e-7 on |f| ≤ ½, exact at 0), n added to
// the exponent. Outside of ±87 it stays at the bound.
static inline Vec exp(Vec x) {
  x = min(max(x, splat(-87.0f)), splat(87.0f));
  const Vec shifter = splat(12582912.0f);  // 1.5·2²³: adding it rounds to an integer in the low bits
  const Vec n = x * 1.44269504f + shifter;
  const Vec f = x * 1.44269504f - (n - shifter);
  Vec p = splat(0.00132647273f);
  p = p * f + 0.00967151265f;
  p = p * f + 0.0555073374f;
  p = p * f + 0.240222421f;
  p = p * f + 0.693146978f;
  p = p * f + 1.0f;
  return reinterpret_cast<Vec>(reinterpret_cast<IntVec>(p) + (reinterpret_cast<IntVec>(n) << 23));
}

// 1/d to about 2 ulp: division takes as long as ten multiplications, so rather the processor's estimate and a Newton
// step.
static inline Vec reciprocal(Vec d) {
#if defined(__AVX512F__)
  const Vec r = __builtin_ia32_rcp14ps512_mask(d, Vec{}, 0xffff);
#elif defined(__AVX2__)
  const Vec r = __builtin_ia32_rcpps256(d);
#else
  return 1.0f / d;
#endif
#ifdef __AVX2__
  return r * (2.0f - d * r);
#endif
}

static inline Vec silu(Vec x) { return x * reciprocal(exp(-x) + 1.0f); }
