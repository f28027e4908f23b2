/* The arithmetic of money compiled for AVX512; the build sets the flags. */
#include "money_i.h"
#if defined(__x86_64__)
#define LANES_NAME(name) name##_avx512
#include "money_kernel.h"
#endif
