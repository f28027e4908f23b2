/* The lane kernels for every machine of the architecture. */
#define LANES_NAME(name) name##_plain
#include "lanes_kernels.h"
