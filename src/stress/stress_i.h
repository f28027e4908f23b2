/* Shared inside stress only. */
#ifndef FPT_STRESS_I_H
#define FPT_STRESS_I_H

#include <limits.h>
#include <math.h>

#include "fpt/explore.h"
#include "fpt/num.h"
#include "fpt/sensitivity.h"
#include "fpt/stress.h"

#define FPTI_LANES(i) for (int i = 0; i < FPT_LANES; i++)

__extension__ typedef __int128 fpti_int128;

/* Quantile of a sorted array, R's type 7; p in [0, 1], count >= 1. */
double fpti_sorted_quantile(size_t count, const double *sorted, double p);
void fpti_sort(size_t count, double *x);

/* Independent scores of a block of points; the stream of input i is its
 * number under `purpose`. */
void fpti_scores(uint64_t seed, uint64_t purpose, size_t count, uint32_t row,
                 double *z);

#endif /* FPT_STRESS_I_H */
