// x86-64-v4: AVX-512.
#ifdef __AVX512F__
#define LOCAL_LEVEL v4
#include "denoisers/local/level.h"
#endif
