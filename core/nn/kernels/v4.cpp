// x86-64-v4: AVX-512.
#ifdef __AVX512F__
#define NN_LEVEL v4
#define NN_WIDTH 16
#define NN_PIXELS 8
#define NN_BLOCKS 3
#include "nn/kernels/level.h"
#endif
