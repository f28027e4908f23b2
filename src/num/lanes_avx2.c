/* The lane kernels compiled for AVX2; the build sets the flags. */
#include "num_lanes_i.h"
#if FPTI_LANES_X86
#define LANES_NAME(name) name##_avx2
#include "lanes_kernels.h"
#endif
