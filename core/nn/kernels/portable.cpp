// Any processor; on x86-64 this is SSE2, on ARM it is NEON.
#define NN_LEVEL portable
#define NN_WIDTH 4
#ifdef __aarch64__  // 32 registers
#define NN_PIXELS 6
#else
#define NN_PIXELS 2
#endif
#define NN_BLOCKS 1
#include "nn/kernels/level.h"
