/**
 * @file standardise.h
 * @brief Rates made comparable between populations of different ages.
 *
 * Directly: what the rate would be if the area's age-specific rates held in a
 * standard population. Indirectly: what the area saw over what it would have
 * seen at a reference population's rates.
 *
 * Two directly standardised rates on the same standard may be compared. Two
 * indirectly standardised areas may not be compared with one another, each only
 * with the reference: their weights differ.
 */
#ifndef FPT_STANDARDISE_H
#define FPT_STANDARDISE_H

#include <string.h>

#include "fpt/num.h"
#include "fpt/rate.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- direct ---- */

/**
 * The running sums of one directly standardised rate. Start from zero, add the
 * bands in their order, finish. Adding looks at nothing, so that a column runs
 * at the speed of memory: what is wrong with a band shows in the sums (a
 * negative one in `signs`), and is looked for only then.
 */
typedef struct fpt_dsr_sums {
    fpt_sum events;   /**< O = sum x */
    fpt_sum people;   /**< sum n */
    fpt_sum weight;   /**< W = sum w */
    fpt_sum rate;     /**< sum x w / n */
    fpt_sum variance; /**< sum x (w / n)^2 */
    uint64_t signs;   /**< the highest bit is set by any negative number */
} fpt_dsr_sums;

static inline uint64_t fpt_sign_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/** Add a band: x events among n people, w people of the standard. */
static inline void fpt_dsr_add(fpt_dsr_sums *sums, double x, double n, double w)
{
    const double share = w / n;
    const double part = x * share;
    fpt_sum_add(&sums->events, x);
    fpt_sum_add(&sums->people, n);
    fpt_sum_add(&sums->weight, w);
    fpt_sum_add(&sums->rate, part);
    fpt_sum_add(&sums->variance, part * share);
    sums->signs |= fpt_sign_bits(x) | fpt_sign_bits(n) | fpt_sign_bits(w);
}

/**
 * Add to a band x people who had f events each (f x events that are not
 * independent of one another). `first` is true once for each band.
 */
static inline void fpt_dsr_add_repeats(fpt_dsr_sums *sums, double x, double f,
                                       double n, double w, bool first)
{
    const double share = w / n;
    const double part = f * x * share;
    fpt_sum_add(&sums->events, f * x);
    if (first) fpt_sum_add(&sums->people, n);
    if (first) fpt_sum_add(&sums->weight, w);
    fpt_sum_add(&sums->rate, part);
    fpt_sum_add(&sums->variance, f * part * share);
    sums->signs |= fpt_sign_bits(x) | fpt_sign_bits(f) | fpt_sign_bits(n) |
                   fpt_sign_bits(w);
}

/** What one band is worth: OK, INVALID (negative or not finite), MISSING, or
 *  ZERO_DENOMINATOR (n is 0: to drop the band would change the standard). */
fpt_state fpt_dsr_state(double x, double n, double w);

typedef struct fpt_dsr_options {
    size_t struct_size;
    double multiplier; /**< 0 means 100,000 */
    double min_events; /**< fewer give TOO_FEW_EVENTS; default 10 */
    size_t level_count;
    const fpt_level *level;
    unsigned threads;
} fpt_dsr_options;

fpt_dsr_options fpt_dsr_options_default(void);

typedef struct fpt_dsr {
    double numerator;   /**< events */
    double denominator; /**< people */
    double value;       /**< times the multiplier */
    double variance;    /**< times its square */
    fpt_state state;
} fpt_dsr;

/**
 * The rate and its limits by Dobson's method with Byar's limits of the count.
 *
 * Shape    limits[options->level_count] out.
 * Units    value and limits: per multiplier; variance on the same scale.
 * Missing  `state` is the worst of the bands; when it is not OK only numerator
 *          and denominator are given. Else the result may be INVALID (no
 *          standard at all, or numbers that overflow), TOO_FEW_EVENTS,
 *          ZERO_EVENTS (no events and min_events 0: a value without limits) or
 *          LOWER_BELOW_ZERO (numbers as the method gives them).
 * Source   A. J. Dobson, K. Kuulasmaa, E. Eberle, J. Scherer, Statistics in
 *          Medicine 10 (1991) 457-462; dhsc-govuk/PHEindicatormethods 2.1.0.
 */
void fpt_dsr_finish(const fpt_dsr_sums *sums, fpt_state state,
                    const fpt_dsr_options *options, fpt_dsr *out,
                    fpt_limits *limits);

/** Columns of results, one element a group; any may be NULL. Limits of level k
 *  and group g stand at [k * groups + g]. */
typedef struct fpt_dsr_columns {
    double *numerator, *denominator, *value, *variance;
    double *lower, *upper;
    fpt_state *state;
} fpt_dsr_columns;

/**
 * Rates of many groups whose bands stand together.
 *
 * Shape    start[groups + 1]: group g has the rows start[g] .. start[g + 1] - 1
 *          of x, n and w. An empty group is INVALID.
 * Missing  NaN in a cell: MISSING for its group alone.
 * Errors   FPT_ERR_RANGE: a multiplier that is not valid.
 * Memory   none allocated.
 * Threads  works on several; the same bits from any number of them.
 */
FPT_MUST_CHECK fpt_status fpt_dsr_column(size_t groups, const size_t *start,
                                         const double *x, const double *n,
                                         const double *w,
                                         const fpt_dsr_options *options,
                                         const fpt_dsr_columns *out);

/**
 * One rate whose events are not independent.
 *
 * Shape    rows of band[count] (any numbers that tell bands apart), x[count]
 *          people with f[count] events, n and w of the band on each row.
 * Exact    W is taken over the bands of the group, each once, also where no row
 *          says that nobody had f events.
 * Missing  INVALID when n or w differ between rows of one band.
 */
void fpt_dsr_repeats(size_t count, const uint32_t *band, const double *x,
                     const double *f, const double *n, const double *w,
                     const fpt_dsr_options *options, fpt_dsr *out,
                     fpt_limits *limits);

/* ---- indirect ---- */

/** The running sums of an indirectly standardised group. */
typedef struct fpt_indirect_sums {
    fpt_sum events;     /**< O */
    fpt_sum people;     /**< sum n */
    fpt_sum expected;   /**< sum n ref_x / ref_n */
    fpt_sum ref_events; /**< sum ref_x */
    fpt_sum ref_people; /**< sum ref_n */
} fpt_indirect_sums;

/** Add a band. The caller has looked at its state. */
static inline void fpt_indirect_add(fpt_indirect_sums *sums, double x, double n,
                                    double ref_x, double ref_n)
{
    fpt_sum_add(&sums->events, x);
    fpt_sum_add(&sums->people, n);
    fpt_sum_add(&sums->expected, n > 0.0 ? n * (ref_x / ref_n) : 0.0);
    fpt_sum_add(&sums->ref_events, ref_x);
    fpt_sum_add(&sums->ref_people, ref_n);
}

/** OK, INVALID, MISSING, or ZERO_DENOMINATOR (people, but no reference). */
fpt_state fpt_indirect_state(double x, double n, double ref_x, double ref_n);

typedef struct fpt_indirect {
    double numerator;   /**< events seen */
    double denominator; /**< people; NaN for a ratio of given expected counts */
    double expected;
    double ref_rate; /**< of the reference, times the multiplier; rates only */
    double value;
    fpt_state state;
} fpt_indirect;

/**
 * Indirectly standardised ratio: seen over expected, times the multiplier.
 *
 * Shape    limits[level_count] out.
 * Missing  as fpt_dsr_finish(); expected 0 is ZERO_DENOMINATOR.
 * Source   dhsc-govuk/PHEindicatormethods 2.1.0, ISRatio.R.
 */
void fpt_smr_finish(double events, double expected, fpt_state state,
                    const fpt_rate_options *options, fpt_indirect *out,
                    fpt_limits *limits);

/** Indirectly standardised rate: the ratio times the reference's rate. */
void fpt_isr_finish(const fpt_indirect_sums *sums, fpt_state state,
                    const fpt_rate_options *options, fpt_indirect *out,
                    fpt_limits *limits);

#ifdef __cplusplus
}
#endif
#endif /* FPT_STANDARDISE_H */
