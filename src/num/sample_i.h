/* What samplers draw by draw and by rows have in common. */
#ifndef FPT_NUM_SAMPLE_I_H
#define FPT_NUM_SAMPLE_I_H

#include "fpt/sample.h"

static inline bool fpti_is_shape(double x)
{
    return x > 0.0 && x <= FPT_SAMPLE_MOST;
}

/* The beta of two shapes near 0 is 0 or 1, as their ratio has it: they are moved to
 * where the logs of their gammas still are numbers. */
static inline void fpti_beta_shapes(double *a, double *b)
{
    if (*a >= 0x1p-1000 || *b >= 0x1p-1000) return;
    *a *= 0x1p100;
    *b *= 0x1p100;
}

#endif /* FPT_NUM_SAMPLE_I_H */
