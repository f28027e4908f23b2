/**
 * @file mean.h
 * @brief Means with Student's limits.
 */
#ifndef FPT_MEAN_H
#define FPT_MEAN_H

#include "fpt/level.h"
#include "fpt/num.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_mean {
    double numerator;   /**< sum */
    double denominator; /**< how many */
    double value;       /**< mean */
    double std_dev;     /**< with n - 1 */
    fpt_state state;
} fpt_mean;

/**
 * The mean of numbers that were added up one by one, with its limits.
 *
 * Shape    limits[levels] out.
 * Missing  `state` is what the caller found wrong with the rows; only when it
 *          is OK are there results. One number alone: its value without limits,
 *          TOO_FEW_ROWS. Sums that overflow: INVALID.
 * Exact    value to the last bit or so, whatever the size of the numbers.
 * Threads  pure.
 * Source   dhsc-govuk/PHEindicatormethods 2.1.0, Means.R.
 */
void fpt_mean_finish(const fpt_moments *moments, fpt_state state, size_t levels,
                     const fpt_level *level, fpt_mean *out, fpt_limits *limits);

/** The same for an array; NaN is MISSING. */
void fpt_mean_of(size_t count, const double *x, size_t levels,
                 const fpt_level *level, fpt_mean *out, fpt_limits *limits);

#ifdef __cplusplus
}
#endif
#endif /* FPT_MEAN_H */
