/**
 * @file rate.h
 * @brief Counts of events, and crude rates and ratios made of them.
 *
 * Deaths per 100,000 people, admissions per 1,000: the count is Poisson, what it
 * is divided by is known. Under ten events the limits are exact, from ten on
 * Byar's: the rule of England's public health indicators.
 */
#ifndef FPT_RATE_H
#define FPT_RATE_H

#include "fpt/proportion.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpt_count_rule {
    FPT_COUNT_FIELD, /**< exact under 10, Byar from 10: the field's rule */
    FPT_COUNT_EXACT  /**< exact throughout */
} fpt_count_rule;

/** "exact-poisson" or "byar": what the rule does with x. */
const char *fpt_count_method(double x, fpt_count_rule rule);

/**
 * Byar's limits of a count.
 *
 * Exact    for x >= 10 within 0.17 % of the exact limits at 95 %, 1.5 % at
 *          99.8 %. The lower limit is negative for counts under about 1.3.
 * Source   N. E. Breslow, N. E. Day, Statistical Methods in Cancer Research II
 *          (1987), 2.13 and 2.14.
 */
static inline fpt_limits fpt_byar(double x, double z)
{
    const double more = x + 1.0;
    const double down = 1.0 - 1.0 / (9.0 * x) - z / (3.0 * sqrt(x));
    const double up = 1.0 - 1.0 / (9.0 * more) + z / (3.0 * sqrt(more));
    fpt_limits limits;
    limits.lower = x > 0.0 ? x * (down * down * down) : 0.0;
    limits.upper = more * (up * up * up);
    return limits;
}

/**
 * How far Byar's limits lie from the count: lower <= 0 <= upper. Taken as such,
 * without the difference of two large numbers: (1 + d)^3 - 1 = d (3 + 3d + d^2).
 */
static inline fpt_limits fpt_byar_reach(double x, double z)
{
    const double more = x + 1.0;
    const double down = -1.0 / (9.0 * x) - z / (3.0 * sqrt(x));
    const double up = z / (3.0 * sqrt(more)) - 1.0 / (9.0 * more);
    fpt_limits reach;
    reach.lower = x * (down * (3.0 + down * (3.0 + down)));
    reach.upper = 1.0 + more * (up * (3.0 + up * (3.0 + up)));
    return reach;
}

/**
 * Limits of the mean of a Poisson count.
 *
 * Units    x >= 0, also weighted; 9.5 is below ten.
 * Exact    lower is 0 at x = 0, upper is -ln(tail) there; never negative.
 * Missing  x out of range gives NaN.
 * Source   exact: chi-squared quantiles (Garwood 1936; Ulm 1990).
 */
fpt_limits fpt_count_limits(double x, fpt_count_rule rule,
                            const fpt_level *level);

/** OK, INVALID (negative, not finite, above 2^53), MISSING, ZERO_DENOMINATOR
 *  (n is 0, whatever x: events without people happen at boundaries). */
fpt_state fpt_rate_state(double x, double n);

typedef struct fpt_rate_options {
    size_t struct_size;
    double multiplier; /**< 0 means 100,000 */
    fpt_count_rule rule;
    size_t level_count;
    const fpt_level *level;
    unsigned threads;
} fpt_rate_options;

fpt_rate_options fpt_rate_options_default(void);

/**
 * Crude rates of a column; as fpt_proportion_column() in all but the formula.
 *
 * Units    value and limits: x / n times the multiplier.
 */
FPT_MUST_CHECK fpt_status fpt_rate_column(size_t count, const double *x,
                                          const double *n,
                                          const fpt_rate_options *options,
                                          const fpt_figures *out);

/**
 * Limits of a rate whose events are not independent, such as several admissions
 * of one person.
 *
 * Units    events: sum of f x over people's numbers of events f; variance: sum
 *          of f^2 x. n > 0. The limits are not multiplied.
 * Exact    with all f = 1 it is Byar's limits over n. The lower limit may be
 *          negative: the caller says LOWER_BELOW_ZERO.
 * Source   A. J. Dobson et al., Statistics in Medicine 10 (1991) 457-462, with
 *          one band.
 */
fpt_limits fpt_rate_repeat_limits(double events, double variance, double n,
                                  double z);

#ifdef __cplusplus
}
#endif
#endif /* FPT_RATE_H */
