// Any processor; on x86-64 this is SSE2.
#define LOCAL_LEVEL portable
#include "denoisers/local/level.h"
