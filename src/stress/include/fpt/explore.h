/**
 * @file explore.h
 * @brief What decides a plan: which assumption, which set, at which value.
 *
 * Every answer is found by running the plan again with the same random numbers,
 * so that two of them differ by what was changed and by nothing else. A question
 * names the total that is looked at; a plan without control totals is judged by
 * its position, where 0 is met.
 *
 * Errors   what running the plan says; FPT_ERR_USAGE for a target that the plan
 *          does not have.
 * Memory   work space from a scratch arena, by value; arrays of answers in the
 *          arena that is passed by address.
 * Threads  a question's own; the same answer for any number of them.
 */
#ifndef FPT_EXPLORE_H
#define FPT_EXPLORE_H

#include "fpt/backtest.h"
#include "fpt/plan.h"
#include "fpt/sensitivity.h"
#include "fpt/stress.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_stress_question {
    const fpt_plan *plan;
    size_t item;   /**< organisation; the last is the system */
    int year;      /**< from 1 */
    uint64_t seed; /**< of the futures */
    size_t draws;
    unsigned threads; /**< 0: all processors */
} fpt_stress_question;

/** The system in the last year, the plan's seed, 10,000 draws. */
fpt_stress_question fpt_stress_question_default(const fpt_plan *plan);

/** Odds and margin of the target under one scenario. A scenario without chance
 *  has odds of 0 or 1. */
typedef struct fpt_stress_outcome {
    fpt_odds met;
    double mean, sd, p10, p90; /**< of the margin: pence */
} fpt_stress_outcome;

FPT_MUST_CHECK fpt_status fpt_stress_outcome_of(
    fpt_arena scratch, const fpt_stress_question *question,
    const fpt_plan_scenario *scenario, fpt_stress_outcome *out, fpt_error *err);

/* ---- one assumption at a time ---- */

/** One assumption set to a value, all else as drawn (test T2). */
typedef struct fpt_tornado_row {
    size_t assumption;
    double p10, p90, stated, found; /**< found: NaN without a history */
    fpt_stress_outcome at_p10, at_p90, at_stated, at_found;
    double range; /**< between the means at P10 and P90 */
} fpt_tornado_row;

/** Widest range first; assumptions that nothing reads are left out. */
FPT_MUST_CHECK fpt_status
fpt_stress_tornado(fpt_arena *arena, const fpt_stress_question *question,
                   fpt_tornado_row **rows, size_t *count,
                   fpt_stress_outcome *base, fpt_error *err);

/** Where the odds are even, or four in five (test T7). */
typedef struct fpt_break_even {
    size_t assumption;
    bool monotone;             /**< over nine values */
    size_t found_50, found_80; /**< crossings; 0: no value does it */
    double at_50[8], at_80[8];
    double low, high;           /**< P0.1 and P99.9 of what is believed */
    double odds_low, odds_high; /**< the odds there */
} fpt_break_even;

FPT_MUST_CHECK fpt_status
fpt_stress_break_even(fpt_arena scratch, const fpt_stress_question *question,
                      size_t assumption, fpt_break_even *out, fpt_error *err);

/* ---- several at once ---- */

/** From doing nothing to everything going wrong at once (test T8). */
enum { FPT_LADDER_RUNGS = 8 };
typedef struct fpt_ladder_rung {
    const char *name;
    fpt_stress_outcome outcome;
} fpt_ladder_rung;

FPT_MUST_CHECK fpt_status fpt_stress_ladder(fpt_arena scratch,
                                            const fpt_stress_question *question,
                                            fpt_ladder_rung *rung,
                                            fpt_error *err);

enum { FPT_MUST_HOLD_MOST = 8 };

/** The fewest assumptions that, if they come out as the plan states them, give
 *  at least these odds: found greedily, then over all smaller sets of up to
 *  four of the eight that help most. */
typedef struct fpt_must_hold {
    size_t count;
    size_t assumption[FPT_MUST_HOLD_MOST];
    fpt_odds met;
    bool found;
    bool exact; /**< every smaller set was tried */
} fpt_must_hold;

FPT_MUST_CHECK fpt_status
fpt_stress_must_hold(fpt_arena scratch, const fpt_stress_question *question,
                     double odds, fpt_must_hold *out, fpt_error *err);

/* ---- draws kept whole: for ranks, trees and the value of knowing ---- */

typedef struct fpt_stress_sample {
    size_t rows;
    size_t columns;
    const size_t *input;  /**< [columns]: which of the plan's */
    const double *x;      /**< [rows * columns]: values of assumptions, scores
                               of other inputs */
    const double *margin; /**< [rows] */
} fpt_stress_sample;

/** The question's draws: at most FPT_STRESS_ROWS_MOST. */
enum { FPT_STRESS_ROWS_MOST = 65536 };
FPT_MUST_CHECK fpt_status fpt_stress_sample_make(
    fpt_arena *arena, const fpt_stress_question *question,
    const fpt_plan_scenario *scenario, fpt_stress_sample *out, fpt_error *err);

/** What it would be worth to know an input before deciding whether to carry the
 *  plan's schemes out (test T11): pence. */
typedef struct fpt_stress_worth {
    double *worth, *error; /**< [columns of the sample] */
    double of_all;         /**< to know everything: no input is worth more */
    double with_schemes, without_schemes; /**< mean margins */
} fpt_stress_worth;

FPT_MUST_CHECK fpt_status fpt_stress_information(
    fpt_arena *arena, const fpt_stress_question *question,
    fpt_stress_sample *sample, fpt_stress_worth *out, fpt_error *err);

/* ---- designs that need fewer draws ---- */

typedef enum fpt_stress_design {
    FPT_STRESS_HYPERCUBE, /**< Latin hypercube, Iman and Conover's ranks */
    FPT_STRESS_SOBOL      /**< Sobol' points, scrambled */
} fpt_stress_design;

enum { FPT_STRESS_REPEATS = 8 };

/** Means over independent randomisations, whose spread is the standard error. */
typedef struct fpt_stress_designed {
    size_t points; /**< of each randomisation */
    double odds, odds_error;
    double mean, mean_error;
} fpt_stress_designed;

/** FPT_ERR_REFUSED for a plan whose dependence is not Gaussian, or (Sobol')
 *  with more than FPT_SOBOL_DIMENSIONS inputs. */
FPT_MUST_CHECK fpt_status fpt_stress_by_design(
    fpt_arena scratch, const fpt_stress_question *question,
    fpt_stress_design design, fpt_stress_designed *out, fpt_error *err);

/* ---- the target as a response, for sensitivity.h ---- */

typedef struct fpt_stress_response fpt_stress_response;

typedef struct fpt_stress_response_options {
    /** Hand scores over as they depend on one another, with their correlations:
     *  for Shapley's effects. Otherwise the response takes independent scores
     *  and inputs that depend on one another are in one group. */
    bool dependent;
    bool misses; /**< 1 where the total is missed, else 0; not the margin */
} fpt_stress_response_options;

/** Chance within a future (which patient) is left out. FPT_ERR_REFUSED for
 *  `dependent` when the plan's dependence is not Gaussian. */
FPT_MUST_CHECK fpt_status fpt_stress_response_make(
    fpt_arena *arena, const fpt_stress_question *question,
    const fpt_stress_response_options *options, fpt_stress_response **out,
    fpt_response *response, fpt_error *err);

/** Groups: inputs that depend on one another; those of one kind of chance. */
size_t fpt_stress_groups(const fpt_stress_response *response,
                         const uint32_t **group, const fpt_str **name);

/** The plan's input behind each input of the response. */
const size_t *fpt_stress_response_inputs(const fpt_stress_response *response);

/** What the plan's assumptions are at a point of the response:
 *  value[assumptions], NaN where the point does not decide it. */
void fpt_stress_point_values(const fpt_stress_response *response,
                             const double *z, double *value);

/** Why the last run of the response failed. */
fpt_error fpt_stress_response_error(const fpt_stress_response *response);

/* ---- against history ---- */

/** One assumption against what was found before (test T9). */
typedef struct fpt_stress_history {
    bool known; /**< a prediction could be made */
    fpt_history_prediction prediction;
    fpt_error why_not;
    size_t count; /**< years with something found */
    double found_mean;
    double ratio, ratio_sd; /**< found over planned in past years; NaN: none */
} fpt_stress_history;

FPT_MUST_CHECK fpt_status fpt_stress_history_of(fpt_arena scratch,
                                                const fpt_plan *plan,
                                                size_t assumption,
                                                fpt_stress_history *out);

/** One figure that a plan foretold, and what came of it: a row of actuals.csv
 *  whose series is "MEASURE ITEM" as `plan run` prints them ("margin EAST",
 *  "beds_occupied east-general/general") and whose year the plan covers. */
typedef struct fpt_stress_foretold {
    size_t metric;
    int known;                  /**< the year in which the figure was known */
    double found;               /**< all in units: pounds, counts, fractions */
    double stated;              /**< as the plan states it */
    double mean, p10, p50, p90; /**< as it is believed */
    double place;       /**< share of futures below what was found (PIT) */
    double crps;        /**< of the futures; the same unit */
    double crps_stated; /**< of the statement: how far it was off */
    bool inside_80;
} fpt_stress_foretold;

/**
 * What a plan foretold against what came, in the order of actuals.csv; of a
 * figure that was revised, the one that was known last.
 *
 * Shape    (*out)[*count]: made in the arena; 0 when no row names a measure of
 *          a planned year.
 * Source   CRPS: T. Gneiting, A. E. Raftery, J. Am. Stat. Assoc. 102 (2007)
 *          359-378.
 */
FPT_MUST_CHECK fpt_status fpt_stress_foretold_of(
    fpt_arena *arena, const fpt_stress_question *question,
    fpt_stress_foretold **out, size_t *count, fpt_error *err);

/** Forecasts made with what was known m years before, against what came
 *  (test T10). */
typedef struct fpt_hindcast {
    size_t forecasts, inside_80;
    fpt_odds coverage;
    double crps, crps_last_year,
        crps_trend; /**< as shares of the series' size */
    double bias;    /**< mean of forecast less found */
    size_t pit[10]; /**< where what came fell among what was foretold */
} fpt_hindcast;

/**
 * Shape    out[horizon]: m = 1 .. horizon.
 * Errors   FPT_ERR_REFUSED: no series of actuals.csv is long enough (three
 *          yearly changes known before the year that is foretold).
 */
FPT_MUST_CHECK fpt_status fpt_stress_hindcast(fpt_arena scratch,
                                              const fpt_plan *plan, int horizon,
                                              fpt_hindcast *out,
                                              fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_EXPLORE_H */
