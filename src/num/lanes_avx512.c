/* The lane kernels compiled for AVX512; the build sets the flags. */
#include "num_lanes_i.h"
#if FPTI_LANES_X86
#define LANES_NAME(name) name##_avx512
#include "lanes_kernels.h"
#endif
