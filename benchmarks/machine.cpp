#define LEVEL multiply_add_portable
#define WIDTH 4
#include "machine_loop.h"
