#ifdef __AVX512F__
#define LEVEL multiply_add_v4
#define WIDTH 16
#include "machine_loop.h"
#endif
