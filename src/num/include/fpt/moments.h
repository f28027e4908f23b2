/**
 * @file moments.h
 * @brief Mean and variance of numbers as they come, in one pass.
 *
 * Deviations from the first number and their squares are summed in doubled
 * precision (a sum and what it lost, twice), so that one pass is at least as
 * good as two in plain doubles, and two halves of a file give what the whole
 * does. That is what lets a filter keep a group's state and not its rows.
 */
#ifndef FPT_MOMENTS_H
#define FPT_MOMENTS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A number as the unevaluated sum of two doubles; |low| <= ulp(high) / 2. */
typedef struct fpt_twofold {
    double high, low;
} fpt_twofold;

/** a + b, exactly. Source: D. E. Knuth, TAOCP 2, 4.2.2, theorem B. */
static inline fpt_twofold fpt_twofold_sum(double a, double b)
{
    fpt_twofold r;
    r.high = a + b;
    const double part = r.high - a;
    r.low = (a - (r.high - part)) + (b - part);
    return r;
}

/** a * b, exactly, barring overflow and underflow. */
static inline fpt_twofold fpt_twofold_product(double a, double b)
{
    fpt_twofold r;
    r.high = a * b;
    r.low = fma(a, b, -r.high);
    return r;
}

fpt_twofold fpt_twofold_add(fpt_twofold a, fpt_twofold b);
fpt_twofold fpt_twofold_multiply(fpt_twofold a, fpt_twofold b);
fpt_twofold fpt_twofold_divide(fpt_twofold a, double b);

/** Start from zero: `fpt_moments m = {0};` */
typedef struct fpt_moments {
    int64_t count;
    double shift;             /**< the first number */
    fpt_twofold sum, squares; /**< of deviations from it */
} fpt_moments;

void fpt_moments_add(fpt_moments *moments, double x);

/** All that `other` has seen, as if it had come after. */
void fpt_moments_join(fpt_moments *moments, const fpt_moments *other);

double fpt_moments_sum(const fpt_moments *moments);

/** NaN when there are none. */
double fpt_moments_mean(const fpt_moments *moments);

/** With count - 1; NaN below two; never negative. */
double fpt_moments_variance(const fpt_moments *moments);

#ifdef __cplusplus
}
#endif
#endif /* FPT_MOMENTS_H */
