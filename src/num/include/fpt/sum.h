/**
 * @file sum.h
 * @brief Sums of doubles that do not lose small parts.
 */
#ifndef FPT_SUM_H
#define FPT_SUM_H

#include <math.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A running sum with its compensation (Neumaier). Start from zero, add in a
 * fixed order, read with fpt_sum_value(): the same numbers in the same order
 * give the same bits on every machine.
 *
 * Source   A. Neumaier, Z. Angew. Math. Mech. 54 (1974) 39-51.
 */
typedef struct fpt_sum {
    double total, lost;
} fpt_sum;

/* What is lost is the exact rounding error of the addition. Neumaier asks which
 * of the two is larger; Knuth's form (TAOCP 2, 4.2.2, theorem B) gives the same
 * number without asking, so that a loop has no branch. */
static inline void fpt_sum_add(fpt_sum *sum, double x)
{
    const double total = sum->total + x;
    const double part = total - sum->total;
    sum->lost += (sum->total - (total - part)) + (x - part);
    sum->total = total;
}

static inline double fpt_sum_value(fpt_sum sum)
{
    return sum.total + sum.lost;
}

/** The sum of an array in the order of its elements; 0 when count is 0. */
double fpt_sum_of(size_t count, const double *x);

#ifdef __cplusplus
}
#endif
#endif /* FPT_SUM_H */
