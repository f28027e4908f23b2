/**
 * @file proportion.h
 * @brief Proportions of people (or spells, or practices) with a yes/no outcome.
 *
 * Patients seen within four hours over patients attending; people with a care
 * plan over people on the register. Wilson's score interval: unlike the normal
 * approximation it stays in [0, 1] and works at no events and at all events.
 *
 * Not for rates whose numerator may exceed the denominator (rate.h), nor for
 * directly standardised rates (standardise.h).
 */
#ifndef FPT_PROPORTION_H
#define FPT_PROPORTION_H

#include "fpt/level.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Wilson's limits for x out of n.
 *
 * Units    x, n: counts, also weighted (fractional) ones, 0 <= x <= n, n > 0.
 *          The limits are fractions in [0, 1].
 * Exact    0 at x = 0 and 1 at x = n; no continuity correction.
 *          lower <= x/n <= upper always.
 * Missing  arguments out of range give NaN.
 * Threads  pure.
 * Source   E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212;
 *          R. G. Newcombe, Statistics in Medicine 17 (1998) 857, method 3.
 */
fpt_limits fpt_wilson(double x, double n, double z);

/** What a row of counts is worth: OK, INVALID (negative, not finite, above 2^53,
 *  x > n), MISSING (a NaN) or ZERO_DENOMINATOR (0 of 0). */
fpt_state fpt_proportion_state(double x, double n);

typedef struct fpt_proportion_options {
    size_t struct_size;
    double multiplier; /**< of value and limits; 0 means 1 */
    size_t level_count;
    const fpt_level *level;
    unsigned threads; /**< 0: as many as there are */
} fpt_proportion_options;

fpt_proportion_options fpt_proportion_options_default(void);

/**
 * Where a column of figures goes. Arrays may be NULL when they are not wanted.
 * The limits of level k and row i stand at [k * count + i].
 */
typedef struct fpt_figures {
    double *value;         /**< [count] */
    double *lower, *upper; /**< [level_count * count] */
    fpt_state *state;      /**< [count] */
} fpt_figures;

/**
 * Proportions and limits of a column.
 *
 * Shape    x[count], n[count]. out's arrays must not overlap the inputs.
 * Units    value and limits: fractions times the multiplier.
 * Missing  NaN in x or n: MISSING. A row that is not OK has NaN for results.
 * Errors   FPT_ERR_RANGE: a multiplier that is not positive and finite; nothing
 *          is written.
 * Memory   none allocated.
 * Threads  works on several; results do not depend on how many.
 */
FPT_MUST_CHECK fpt_status fpt_proportion_column(
    size_t count, const double *x, const double *n,
    const fpt_proportion_options *options, const fpt_figures *out);

#ifdef __cplusplus
}
#endif
#endif /* FPT_PROPORTION_H */
