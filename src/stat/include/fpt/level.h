/**
 * @file level.h
 * @brief A level of confidence, with all that an interval needs of it.
 *
 * Made once a call, used for every row: quantiles of the normal and, for counts
 * under ten, the exact Poisson limits that cost a thousand times what the rest
 * of a row does. All intervals are two-sided with equal tails.
 */
#ifndef FPT_LEVEL_H
#define FPT_LEVEL_H

#include <math.h>
#include <stddef.h>

#include "fpt/state.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    FPT_SMALL_COUNTS =
        10, /**< below it Poisson limits are exact, from it Byar's */
    FPT_LEVELS_MOST = 16
};

typedef struct fpt_level {
    double confidence;                    /**< 0.95 */
    double tail;                          /**< on each side: 0.025 */
    double z;                             /**< 1.96, with all its digits */
    double exact_lower[FPT_SMALL_COUNTS]; /**< of 0 .. 9 events */
    double exact_upper[FPT_SMALL_COUNTS];
} fpt_level;

/**
 * Units    confidence: a fraction in (0, 1). 95 is refused.
 * Errors   FPT_ERR_RANGE, also for NaN and for levels so near to 0 or 1 that
 *          a tail is not a normal number; *out is unchanged.
 * Threads  pure.
 */
FPT_MUST_CHECK fpt_status fpt_level_make(double confidence, fpt_level *out);

typedef struct fpt_limits {
    double lower, upper;
} fpt_limits;

/** Both NaN: there are none. */
static inline fpt_limits fpt_no_limits(void)
{
    fpt_limits none;
    none.lower = none.upper = (double)NAN;
    return none;
}

/** a * limits, in order also when a < 0. */
static inline fpt_limits fpt_limits_times(fpt_limits limits, double a)
{
    fpt_limits r;
    r.lower = a < 0.0 ? limits.upper * a : limits.lower * a;
    r.upper = a < 0.0 ? limits.lower * a : limits.upper * a;
    return r;
}

/** Is it a number that results can be multiplied by? Finite, and between 1e-15
 *  and 1e15 in size; a positive one, or either sign. */
static inline bool fpt_multiplier_is_valid(double multiplier)
{
    return multiplier >= 1e-15 && multiplier <= 1e15;
}
static inline bool fpt_multiplier_size_is_valid(double multiplier)
{
    return fpt_multiplier_is_valid(fabs(multiplier));
}

/** Counts and populations above this (2^53) are refused: a double no longer
 *  holds them exactly. */
#define FPT_MOST_COUNT 9007199254740992.0

/** A positive denominator below this is refused: nobody counts a 1e-100th of a
 *  person, and dividing by it would overflow. */
#define FPT_LEAST_PEOPLE 1e-100

#ifdef __cplusplus
}
#endif
#endif /* FPT_LEVEL_H */
