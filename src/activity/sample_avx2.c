/* The sampling kernel compiled for AVX2; the build sets the flags. */
#include "activity_i.h"
#if FPTI_ACTIVITY_X86
#define LANES_NAME(name) name##_avx2
#define LANES_LEVEL FPT_LANES_AVX2
#include "sample_kernel.h"
#endif
