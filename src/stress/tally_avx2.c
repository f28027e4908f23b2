/* A row of lanes counted, for AVX2; the build sets the flags. */
#include "tally_i.h"
#if defined(__x86_64__)
#define LANES_NAME(name) name##_avx2
#include "tally_kernel.h"
#endif
