// x86-64-v3: AVX2 and FMA.
#ifdef __AVX2__
#define NN_LEVEL v3
#define NN_WIDTH 8
#define NN_PIXELS 6
#define NN_BLOCKS 1
#include "nn/kernels/level.h"
#endif
