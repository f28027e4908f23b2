/**
 * @file stress.h
 * @brief Thousands of futures of a plan: the odds, and what decides them.
 *
 * The odds are counted over all draws in memory that does not grow with them:
 * sums are whole numbers of 128 bits and quantiles are read from counts in bins,
 * so that any split of the draws into shards, put together again, gives the same
 * bytes. What breaks the plan, and what must hold, is in explore.h.
 */
#ifndef FPT_STRESS_H
#define FPT_STRESS_H

#include "fpt/output.h"
#include "fpt/plan.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- tallies ---- */

/**
 * Counts of one metric over draws. Values are whole (pence, thousandths);
 * those of a size below 128 have bins of their own, larger ones 64 bins to each
 * doubling, so that a quantile is within 0.8 % of its value.
 */
typedef struct fpt_tally fpt_tally;

fpt_tally *fpt_tally_make(fpt_arena *arena);
/** Add values; lanes beyond `count` are left out. FPT_ERR_MEMORY. */
FPT_MUST_CHECK fpt_status fpt_tally_add(fpt_tally *tally, size_t count,
                                        const double *value);
/** Add another's counts. FPT_ERR_MEMORY. */
FPT_MUST_CHECK fpt_status fpt_tally_join(fpt_tally *tally,
                                         const fpt_tally *other);

typedef struct fpt_tally_summary {
    uint64_t count, negative;
    double mean, sd, least, most;
    double shortfall;   /**< mean of what values lack to 0: E max(0, -x) */
    double given_short; /**< the same given that they lack; NaN without */
    double p5, p10, p50, p90, p95;
    double tail_5; /**< mean of the lowest 5 %, from the bins */
} fpt_tally_summary;

fpt_tally_summary fpt_tally_summarise(const fpt_tally *tally);

/** Quantile by the rule of type 7 over the bins. NaN without values. */
double fpt_tally_quantile(const fpt_tally *tally, double p);

/* ---- a stress test ---- */

typedef struct fpt_stress_options {
    size_t struct_size;
    uint64_t draws; /**< 0: 10,000 */
    uint64_t seed;  /**< 0: the plan's */
    unsigned threads;
    uint32_t shard, shards; /**< 0, 0: all; else 1 .. shards */
    fpt_plan_noise noise;
} fpt_stress_options;

fpt_stress_options fpt_stress_options_default(void);

/** What is counted over draws; made in an arena of its own by fpt_stress_run()
 *  or fpt_stress_read(). */
typedef struct fpt_stress fpt_stress;

/**
 * Draw the futures of this shard and count.
 *
 * Errors   FPT_ERR_USAGE: options that contradict; what running the plan says.
 * Exact    the same counts for any number of threads.
 */
FPT_MUST_CHECK fpt_status fpt_stress_run(fpt_arena *arena, const fpt_plan *plan,
                                         const fpt_stress_options *options,
                                         fpt_stress **out, fpt_error *err);

/** Write the counts of a shard as text. */
void fpt_stress_write(const fpt_stress *stress, fpt_output *out);

/** Read the counts of a shard of the same plan. FPT_ERR_INPUT says what is
 *  wrong; FPT_ERR_REFUSED when it belongs to another plan. */
FPT_MUST_CHECK fpt_status fpt_stress_read(fpt_arena *arena,
                                          const fpt_plan *plan,
                                          const char *name, fpt_str text,
                                          fpt_stress **out, fpt_error *err);

/** Add the counts of another shard of the same test. FPT_ERR_REFUSED: another
 *  test, or a shard that is in already. */
FPT_MUST_CHECK fpt_status fpt_stress_join(fpt_stress *stress,
                                          const fpt_stress *other,
                                          fpt_error *err);

/** Whether every shard is in. */
bool fpt_stress_is_whole(const fpt_stress *stress);
/** The first shard that is not in, from 1; 0 when every shard is. */
uint32_t fpt_stress_missing(const fpt_stress *stress);
uint64_t fpt_stress_seed(const fpt_stress *stress);
uint64_t fpt_stress_draws_of_all(const fpt_stress *stress); /**< all shards */

uint64_t fpt_stress_draws(const fpt_stress *stress); /**< counted so far */

/** The tallied metrics, in the order of the plan's, and their counts. */
size_t fpt_stress_metric_count(const fpt_stress *stress);
size_t fpt_stress_metric(const fpt_stress *stress, size_t index);
fpt_tally_summary fpt_stress_summary(const fpt_stress *stress, size_t index);
/** Index of a tallied metric among them, or SIZE_MAX. */
size_t fpt_stress_find(const fpt_stress *stress, size_t metric);

/** How often, with the Wilson 95 % interval and the standard error. */
typedef struct fpt_odds {
    uint64_t events, draws;
    double value, lower, upper, standard_error;
} fpt_odds;

fpt_odds fpt_odds_of(uint64_t events, uint64_t draws);

/** How often a tallied metric is not below 0 (positions, margins, results), or
 *  is above 0 (beds short, posts unfilled, closures that pass). Draws are 0 for
 *  other metrics: there is nothing to meet. */
fpt_odds fpt_stress_odds(const fpt_stress *stress, size_t index);

/** What is met together, by year (from 1) or, with year 0, in every year. */
typedef struct fpt_stress_met {
    fpt_odds system, all_orgs, system_not_all;
} fpt_stress_met;
fpt_stress_met fpt_stress_met_in(const fpt_stress *stress, int year);
/** How often a year is the first in which the system misses; years + 1: never. */
fpt_odds fpt_stress_first_miss(const fpt_stress *stress, int year);

/* ---- two plans ---- */

/** One metric of two plans over the same futures. Values are whole numbers of
 *  the metric's unit; the difference is the second less the first. */
typedef struct fpt_stress_change {
    size_t metric; /**< of the first plan */
    fpt_tally_summary first, second, change;
    fpt_odds higher; /**< how often the second is higher */
} fpt_stress_change;

/**
 * Money, beds and staff of two plans, in the first one's order; what only one
 * of them has is left out.
 *
 * Random numbers belong to names, so an assumption, a year's growth or a
 * project of the same name comes out the same way in both.
 *
 * Errors   FPT_ERR_REFUSED: they begin in different years, or share nothing;
 *          options with shards: FPT_ERR_USAGE; what running a plan says.
 */
FPT_MUST_CHECK fpt_status fpt_stress_compare(fpt_arena *arena,
                                             const fpt_plan *first,
                                             const fpt_plan *second,
                                             const fpt_stress_options *options,
                                             fpt_stress_change **out,
                                             size_t *count, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_STRESS_H */
