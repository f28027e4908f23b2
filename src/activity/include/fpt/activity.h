/**
 * @file activity.h
 * @brief Spells and attendances as integers: grown, avoided, shortened, counted.
 *
 * A row is one spell, or a count of attendances that agree in everything. In a
 * future (a draw) it becomes a number of events: Poisson about its count times
 * the growth factor; some are avoided (binomial); of those that stay, some are
 * done elsewhere or without a night (binomial), and stays get shorter (each day
 * kept with a probability). Every event is counted in several places at once:
 * by site, by age, by specialty, and so on.
 *
 * Rows that agree in all that is read may be merged into a cell with the sum of
 * their counts: Poissons add, so the cell has exactly the law of its rows. Rows
 * that make a choice of their own (see `picks`) are not merged.
 *
 * The work is done FPT_LANES draws at a time. A number depends on seed, cell,
 * year and draw alone, so that the order of rows, the number of threads and the
 * width of vectors change nothing.
 *
 * Use it where integers are wanted: beds by service level, results that must
 * add up to the last patient, comparison with a model that simulates spells.
 * Sums of money need no integers: the plan carries their moments instead.
 *
 * Source   plan model of the project, sections 2, 18 and 22.4; thresholds of 32
 *          bits put each probability within 2^-32.
 */
#ifndef FPT_ACTIVITY_H
#define FPT_ACTIVITY_H

#include <stddef.h>
#include <stdint.h>

#include "fpt/base.h"
#include "fpt/lanes.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    FPT_ACTIVITY_STAY_MOST = 65535,
    FPT_ACTIVITY_COUNT_MOST = 65535,
    FPT_ACTIVITY_PLACES = 3,   /**< where converted events may go */
    FPT_ACTIVITY_CHOICES = 16, /**< alternatives of one effect */
    FPT_ACTIVITY_YEARS = 32
};
#define FPT_ACTIVITY_NONE UINT32_MAX

/** One cell, 16 bytes. Larger counts are several rows: their sum has the law
 *  of the whole. */
typedef struct fpt_activity_row {
    uint32_t growth; /**< which growth factor */
    uint32_t keys;   /**< where it is counted */
    uint32_t effect; /**< what schemes do to it */
    uint16_t count;  /**< events at the baseline */
    uint16_t stay;   /**< days of each of them */
} fpt_activity_row;

/** What an efficiency does to an event. */
typedef enum fpt_activity_rule {
    FPT_ACTIVITY_UNCHANGED,
    FPT_ACTIVITY_DAYS_KEPT, /**< each day stays with probability f */
    FPT_ACTIVITY_DAYS_LESS, /**< with probability 1 - f, `days` fewer */
    FPT_ACTIVITY_CONVERTED  /**< with probability 1 - f, to place `place` */
} fpt_activity_rule;

typedef struct fpt_activity_choice {
    fpt_activity_rule rule;
    uint32_t factor; /**< row of factors that holds f */
    uint32_t tally;  /**< where its effect is counted, or NONE */
    uint16_t days;
    uint16_t place; /**< below FPT_ACTIVITY_PLACES */
} fpt_activity_choice;

typedef struct fpt_activity_switch {
    uint32_t factor; /**< row of factors that holds the share kept */
    uint32_t rate;   /**< on with probability rate / 2^32; UINT32_MAX: always */
} fpt_activity_switch;

/**
 * What schemes do to rows of one kind.
 *
 * Without picks: the share kept is row `keep` of the factors (NONE: all), and
 * choice[0] alone applies. With picks, each row for itself and once a draw,
 * for all its events: every switch is on with its rate, and the shares of
 * those that are on multiply; and one of the choices is taken, all alike.
 */
typedef struct fpt_activity_effect {
    uint64_t stream; /**< hash of the names of what tells it from others */
    uint32_t keep;
    uint32_t tally; /**< where avoided events are counted, or NONE */
    bool picks;
    uint16_t switch_count, choice_count;
    const fpt_activity_switch *on;
    const fpt_activity_choice *choice;
} fpt_activity_effect;

/** Where events of a row are counted. */
typedef struct fpt_activity_keys {
    uint64_t stream; /**< hash of the values of the key */
    uint32_t first;  /**< in `output`: events[event_count], days[day_count] */
    uint16_t event_count, day_count;
    uint32_t converted[FPT_ACTIVITY_PLACES]; /**< keys there, or NONE */
} fpt_activity_keys;

/** A model: rows in the order of fpt_activity_sort(), and their tables. */
typedef struct fpt_activity_model {
    size_t row_count;
    const fpt_activity_row *row;
    size_t growth_count;
    const uint64_t *growth_stream;
    size_t effect_count;
    const fpt_activity_effect *effect;
    size_t keys_count;
    const fpt_activity_keys *keys;
    const uint32_t *output; /**< numbers of outputs, used by keys */
    size_t output_count;
    size_t factor_count;
    size_t tally_count;
    int day_offset; /**< 1: a spell counts its days and one more; 0: nights */
} fpt_activity_model;

/** What a draw supplies, in rows of FPT_LANES. */
typedef struct fpt_activity_rates {
    const double *growth; /**< growth_count rows, >= 0 */
    const double *factor; /**< factor_count rows, in [0, 1] */
} fpt_activity_rates;

/** Measures of a tally, in this order. */
typedef enum fpt_activity_measure {
    FPT_ACTIVITY_AVOIDED,      /**< events */
    FPT_ACTIVITY_AVOIDED_DAYS, /**< and their days */
    FPT_ACTIVITY_SAVED_DAYS,   /**< days cut from events that stay */
    FPT_ACTIVITY_CONVERTED_EVENTS,
    FPT_ACTIVITY_CONVERTED_DAYS, /**< days they had before */
    FPT_ACTIVITY_MEASURES
} fpt_activity_measure;

/**
 * Results of one row of lanes.
 *
 * Shape    output[output_count * FPT_LANES]: events for the keys' event
 *          outputs, days for their day outputs, converted events added where
 *          they went. tally[tally_count * FPT_ACTIVITY_MEASURES * FPT_LANES];
 *          may be NULL when tally_count is 0. Both are overwritten.
 */
typedef struct fpt_activity_counts {
    int32_t *output;
    int32_t *tally;
} fpt_activity_counts;

/**
 * Bring rows into the order of (keys, growth, effect, stay).
 *
 * Shape    row[count]; work[count]. With `merge`, neighbours that agree are
 *          added up, unless their effect picks; *left gets the number that
 *          remain.
 * Errors   FPT_ERR_RANGE: more than 2^32 - 1 rows.
 */
FPT_MUST_CHECK fpt_status fpt_activity_sort(size_t count, fpt_activity_row *row,
                                            fpt_activity_row *work,
                                            const fpt_activity_effect *effect,
                                            bool merge, size_t *left);

/**
 * Check that every index of a model is inside its table.
 *
 * Errors   FPT_ERR_RANGE: *err says which.
 */
FPT_MUST_CHECK fpt_status fpt_activity_check(const fpt_activity_model *model,
                                             fpt_error *err);

/**
 * Sample draws FPT_LANES * row .. FPT_LANES * (row + 1) - 1 of one year.
 *
 * Units    year: below FPT_ACTIVITY_YEARS; years are independent.
 * Errors   FPT_ERR_RANGE: a growth or a factor out of its range or NaN, or
 *          more events than the counters hold (2^30 expected in one lane).
 * Exact    for every key and lane, events counted + avoided + converted away
 *          = events before; a growth of 0 gives no events.
 * Memory   work of fpt_activity_sample_work() doubles.
 * Threads  pure; results in counts.
 */
FPT_MUST_CHECK fpt_status fpt_activity_sample(
    fpt_lanes_level level, const fpt_activity_model *model,
    const fpt_activity_rates *rates, uint64_t seed, uint32_t year, uint32_t row,
    const fpt_activity_counts *counts, double *work);

/** Doubles of work that fpt_activity_sample() wants. */
size_t fpt_activity_sample_work(const fpt_activity_model *model);

/**
 * The expected value of each output and tally, for the same rates: what
 * fpt_activity_sample() has as its mean, lane by lane. For an effect that picks
 * it is the mean over the picks too.
 *
 * Shape    as fpt_activity_counts, in doubles.
 */
FPT_MUST_CHECK fpt_status fpt_activity_expect(const fpt_activity_model *model,
                                              const fpt_activity_rates *rates,
                                              double *output, double *tally);

/* ---- attribution: whose saving is it? ---- */

/**
 * Shapley's shares of 1 - prod(1 - x_j) for FPT_LANES draws at once.
 *
 * Shape    x[count] rows of FPT_LANES, each in (-infinity, 1]; share[count]
 *          rows out, which may not overlap. work[(count + 2) * FPT_LANES].
 * Exact    the shares sum to 1 - prod(1 - x_j) up to rounding (1e-13).
 *          count <= 64. A negative x is growth: with x = 1 - F the shares of
 *          prod F - 1 are the negatives.
 */
void fpt_shapley_product(size_t count, const double *const *x,
                         double *const *share, double *work);

#ifdef __cplusplus
}
#endif
#endif /* FPT_ACTIVITY_H */
