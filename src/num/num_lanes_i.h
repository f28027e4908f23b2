/* The kernels of lanes.c at each level; shared inside num only. */
#ifndef FPT_NUM_LANES_I_H
#define FPT_NUM_LANES_I_H

#include "fpt/lanes.h"

#if defined(__x86_64__)
#define FPTI_LANES_X86 1
#else
#define FPTI_LANES_X86 0
#endif

#define FPTI_LANES_DECLARE(ending)                                             \
    void fpti_lanes_words_##ending(                                            \
        uint64_t seed, size_t count, const uint64_t *stream,                   \
        const uint32_t *block, uint32_t row, uint32_t *words);                 \
    void fpti_lanes_uniform_##ending(const uint32_t *high,                     \
                                     const uint32_t *low, double *out);        \
    void fpti_lanes_quantile_##ending(const double *u, double *out);           \
    void fpti_lanes_apply_##ending(const fpt_lanes_matrix *m, const double *x, \
                                   double *y);                                 \
    void fpti_lanes_multiply_##ending(size_t count, const uint32_t *first,     \
                                      const double *a, const uint32_t *second, \
                                      const double *b, double *y);

FPTI_LANES_DECLARE(plain)
#if FPTI_LANES_X86
FPTI_LANES_DECLARE(avx2)
FPTI_LANES_DECLARE(avx512)
#endif

#endif /* FPT_NUM_LANES_I_H */
