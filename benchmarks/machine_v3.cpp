#ifdef __AVX2__
#define LEVEL multiply_add_v3
#define WIDTH 8
#include "machine_loop.h"
#endif
