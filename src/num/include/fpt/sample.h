/**
 * @file sample.h
 * @brief Exact samplers over a stream of rng.h.
 *
 * Counts are exact: no normal approximation anywhere, so that what is drawn
 * can be added up and split again. Each sampler takes as many numbers from the
 * stream as it needs; a use that must not disturb its neighbours gets a stream
 * of its own (fpt_rng_make(), fpt_lane_rng()).
 *
 * Errors   FPT_ERR_RANGE for a parameter that is negative, NaN or too large;
 *          nothing is then written and nothing taken from the stream.
 * Memory   none allocated.
 * Threads  pure but for the stream, which belongs to the caller.
 */
#ifndef FPT_SAMPLE_H
#define FPT_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "fpt/base.h"
#include "fpt/lanes.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Largest mean and largest number of trials: a double still holds each whole
 *  number up to here. */
#define FPT_SAMPLE_MOST 0x1p52

/* ---- counts ---- */

/**
 * Poisson with a mean from 0 to FPT_SAMPLE_MOST; mean 0 gives 0.
 *
 * Source   below 30 by inversion; from 30 on W. Hörmann, "The transformed
 *          rejection method for generating Poisson random variables",
 *          Insurance: Mathematics and Economics 12 (1993) 39-45, PTRS, with
 *          the log probability of C. Loader (2000) instead of log factorials.
 */
FPT_MUST_CHECK fpt_status fpt_sample_poisson(fpt_rng *rng, double mean,
                                             int64_t *out);

/**
 * Binomial: 0 <= trials <= FPT_SAMPLE_MOST. probability <= 0 gives 0, >= 1
 * gives trials; only NaN is refused, since products of shares may end a hair
 * outside [0, 1].
 *
 * Source   below 10 expected by inversion; else W. Hörmann, "The generation of
 *          binomial random variates", J. Stat. Comput. Simul. 46 (1993)
 *          101-110, BTRS; p above 1/2 by reflection.
 */
FPT_MUST_CHECK fpt_status fpt_sample_binomial(fpt_rng *rng, int64_t trials,
                                              double probability, int64_t *out);

/**
 * Multinomial by a chain of binomials.
 *
 * Shape    weight[count] >= 0 with a positive sum (they need not sum to 1);
 *          out[count] sums to trials exactly. count >= 1.
 */
FPT_MUST_CHECK fpt_status fpt_sample_multinomial(fpt_rng *rng, int64_t trials,
                                                 size_t count,
                                                 const double *weight,
                                                 int64_t *out);

/** Negative binomial with this mean and variance mean + mean^2 / size: a
 *  Poisson whose mean is gamma. size > 0. */
FPT_MUST_CHECK fpt_status fpt_sample_negative_binomial(fpt_rng *rng,
                                                       double size, double mean,
                                                       int64_t *out);

/** Put index[count] into random order (Fisher and Yates). count < 2^32. */
void fpt_sample_shuffle(fpt_rng *rng, size_t count, uint32_t *index);

/* ---- continuous ---- */

double fpt_sample_normal(fpt_rng *rng);      /**< mean 0, sd 1; one number */
double fpt_sample_exponential(fpt_rng *rng); /**< mean 1; one number */

/** Gamma with shape > 0, scale > 0.
 *  Source   G. Marsaglia, W. W. Tsang, "A simple method for generating gamma
 *           variables", ACM TOMS 26 (2000) 363-372. */
FPT_MUST_CHECK fpt_status fpt_sample_gamma(fpt_rng *rng, double shape,
                                           double scale, double *out);
/** Beta, from two gammas; a, b > 0. */
FPT_MUST_CHECK fpt_status fpt_sample_beta(fpt_rng *rng, double a, double b,
                                          double *out);
FPT_MUST_CHECK fpt_status fpt_sample_chi_squared(fpt_rng *rng, double df,
                                                 double *out);
FPT_MUST_CHECK fpt_status fpt_sample_student(fpt_rng *rng, double df,
                                             double *out);

/* ---- a row of draws at a time: see lanes.h ---- */

/**
 * One gamma, or one beta, for each lane.
 *
 * Shape    out[FPT_LANES]; lane i belongs to draw FPT_LANES * row + i and is a
 *          function of seed, stream, index and draw alone: the same bits at each
 *          level. Uses of one stream with different indices are independent, of
 *          betas among themselves and of gammas among themselves; index: below
 *          2^22 (gamma), 2^21 (beta).
 * Errors   as the samplers above; out is then unchanged.
 */
FPT_MUST_CHECK fpt_status fpt_lanes_gamma(fpt_lanes_level level, uint64_t seed,
                                          uint64_t stream, uint32_t index,
                                          uint32_t row, double shape,
                                          double scale, double *out);
FPT_MUST_CHECK fpt_status fpt_lanes_beta(fpt_lanes_level level, uint64_t seed,
                                         uint64_t stream, uint32_t index,
                                         uint32_t row, double a, double b,
                                         double *out);

/* ---- the log probabilities that they use ---- */

/** log P(X = k) for X Poisson(mean), mean > 0, k >= 0. */
double fpt_poisson_log_probability(double k, double mean);

/** log P(X = k) for X Binomial(n, p), 0 < p < 1, 0 <= k <= n. */
double fpt_binomial_log_probability(double k, double n, double p);

#ifdef __cplusplus
}
#endif
#endif /* FPT_SAMPLE_H */
