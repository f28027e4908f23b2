/* The arithmetic of money compiled for AVX2; the build sets the flags. */
#include "money_i.h"
#if defined(__x86_64__)
#define LANES_NAME(name) name##_avx2
#include "money_kernel.h"
#endif
