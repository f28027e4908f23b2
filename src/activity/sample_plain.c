/* The sampling kernel for every machine of the architecture. */
#include "activity_i.h"
#define LANES_NAME(name) name##_plain
#define LANES_LEVEL FPT_LANES_PLAIN
#include "sample_kernel.h"
