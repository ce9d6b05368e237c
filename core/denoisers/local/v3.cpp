// x86-64-v3: AVX2.
#ifdef __AVX2__
#define LOCAL_LEVEL v3
#include "denoisers/local/level.h"
#endif
