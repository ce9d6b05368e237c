// x86-64-v4: AVX-512.
#ifdef __AVX512F__
#define NOISE_LEVEL noise_v4
#define NOISE_WIDTH 16
#include "noise/level.h"
#endif
