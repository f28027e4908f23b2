/**
 * @file compare.h
 * @brief Is one figure different from another, and by how much?
 *
 * That two intervals overlap does not prove that there is no difference. These
 * are intervals of the difference or the ratio itself.
 *
 * The two sides must be independent: an area is not independent of a region
 * that contains it. Take the area's counts out of the region's first.
 *
 * Missing  a limit that is infinite or does not exist is NaN.
 * Memory   none allocated.
 * Threads  pure.
 */
#ifndef FPT_COMPARE_H
#define FPT_COMPARE_H

#include "fpt/level.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A value with its own limits at one level. */
typedef struct fpt_interval {
    double value, lower, upper;
} fpt_interval;

/**
 * Difference a - b by squares of the distances to the limits (Newcombe's method
 * 10 when those are Wilson's; MOVER in general).
 *
 * Source   R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890.
 */
fpt_limits fpt_difference_limits(fpt_interval a, fpt_interval b);

/**
 * Ratio a / b of positive figures by the same idea.
 *
 * Missing  a limit is NaN where it is unbounded (b's lower limit not above 0)
 *          or its root is negative.
 */
fpt_limits fpt_ratio_limits(fpt_interval a, fpt_interval b);

/** Ratio of two proportions, log-normal; NaN when a count is 0. */
fpt_limits fpt_proportion_ratio_limits(double x1, double n1, double x2,
                                       double n2, double z);

/** z of the difference of two proportions with pooled p; NaN at p = 0 or 1. */
double fpt_proportion_difference_z(double x1, double n1, double x2, double n2);

/**
 * Ratio of two rates, exact, given how many events there were in all.
 *
 * Exact    lower is 0 at x1 = 0; upper is NaN (infinite) at x2 = 0.
 * Source   R 4.2.2, poisson.test.
 */
fpt_limits fpt_rate_ratio_limits(double x1, double n1, double x2, double n2,
                                 double tail);

/**
 * Two-sided exact p of two equal rates: for whole counts R's poisson.test, for
 * weighted ones twice the smaller beta tail. NaN when there are no events.
 */
double fpt_rate_ratio_p(double x1, double n1, double x2, double n2);

/**
 * Benjamini and Hochberg's q values.
 *
 * Shape    p[count] in, NaN for rows without a test; q[count] out (NaN there);
 *          order[2 * count] is work space. q may be p.
 * Source   Y. Benjamini, Y. Hochberg, J. R. Stat. Soc. B 57 (1995) 289-300;
 *          R's p.adjust(method = "BH").
 */
void fpt_false_discovery(size_t count, const double *p, double *q,
                         size_t *order);

#ifdef __cplusplus
}
#endif
#endif /* FPT_COMPARE_H */
