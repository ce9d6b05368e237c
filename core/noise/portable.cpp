// Any processor; on x86-64 this is SSE2.
#define NOISE_LEVEL noise_portable
#define NOISE_WIDTH 4
#include "noise/level.h"
