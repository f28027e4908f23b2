/* The arithmetic of money for every machine of the architecture. */
#include "money_i.h"
#define LANES_NAME(name) name##_plain
#include "money_kernel.h"
