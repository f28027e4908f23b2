/* A row of lanes counted, for every machine of the architecture. */
#include "tally_i.h"
#define LANES_NAME(name) name##_plain
#include "tally_kernel.h"
