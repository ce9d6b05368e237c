// x86-64-v3: AVX2.
#ifdef __AVX2__
#define NOISE_LEVEL noise_v3
#define NOISE_WIDTH 8
#include "noise/level.h"
#endif
