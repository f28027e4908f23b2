/**
 * @file plan_report.h
 * @brief Everything that is to be said of a plan, gathered once.
 *
 * One structure holds what a page needs: where the gap comes from, the odds by
 * year, what each assumption does to them, what would have to be believed, what
 * schemes claim and are credited with, who wins and loses by the form of
 * payment. Tables, pages and pictures are written from it without arithmetic.
 *
 * Units    pounds, counts and fractions, never pence.
 */
#ifndef FPT_PLAN_REPORT_H
#define FPT_PLAN_REPORT_H

#include "fpt/plan_decides.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A step of the way from the baseline's position to the last year's. */
typedef struct fpt_report_step {
    const char *name;
    double before, after; /**< the system's position: pounds */
    bool is_total;        /**< a level, not a change: before is 0 */
} fpt_report_step;

/** What an organisation's margin may be in a year. */
typedef struct fpt_report_fan {
    fpt_str org;
    int year; /**< from 1 */
    double stated, do_nothing;
    double mean, p5, p10, p50, p90, p95, shortfall;
    fpt_odds met;
} fpt_report_fan;

/** One assumption: what is believed of it, and what it does. */
typedef struct fpt_report_assumption {
    fpt_plan_assumption about;
    fpt_stress_history history;
    bool used;
    double at_p10, at_p90, at_stated, at_found; /**< mean margin: pounds */
    double error_p10, error_p90; /**< standard errors of those means */
    fpt_odds odds_p10, odds_p90;
    fpt_break_even even;
    bool has_even; /**< searched: the widest of the tornado */
} fpt_report_assumption;

/** One scheme: what it claims alone, what it is credited with. */
typedef struct fpt_report_scheme {
    fpt_str name;
    double claimed, credited; /**< units of the last year, as stated */
    double avoided, days_saved, cost, value; /**< of the last year, as stated */
} fpt_report_scheme;

/** Schemes that aim at the same patients, in the last year, as stated. */
typedef struct fpt_report_overlap {
    fpt_str names; /**< with commas between */
    fpt_plan_overlap_set set;
} fpt_report_overlap;

/** A party's claim, and what the scheme is worth to the system. */
typedef struct fpt_report_claim {
    fpt_plan_claim about;
    fpt_str scheme, year;
    double claimed; /**< pounds */
    double netted;  /**< of it, in another party's claim */
    double worth;   /**< the system's saving at avoidable cost; NaN: netted */
} fpt_report_claim;

/** One organisation's result in the last year under two forms of contract. */
typedef struct fpt_report_winner {
    fpt_str org;
    double by_activity, by_block, change, p10, p90;
    fpt_odds gains_by_block;
} fpt_report_winner;

typedef struct fpt_report_rung {
    const char *name;
    double mean, p10, p90;
    fpt_odds met;
} fpt_report_rung;

typedef struct fpt_plan_results {
    const fpt_plan *plan;
    fpt_plan_facts facts;
    uint64_t seed, draws;
    fpt_str last_year;
    size_t step_count;
    fpt_report_step *step;
    size_t fan_count; /**< by organisation, then the system; by year */
    fpt_report_fan *fan;
    fpt_stress_met *met; /**< [years + 1]; 0: every year */
    size_t assumption_count;
    fpt_report_assumption *assumption; /**< widest range first, unused last */
    fpt_report_rung rung[FPT_LADDER_RUNGS];
    fpt_must_hold even, sure; /**< odds of 50 % and 80 % */
    size_t scheme_count;
    fpt_report_scheme *scheme;
    size_t overlap_count;
    fpt_report_overlap *overlap;
    size_t claim_count;
    fpt_report_claim *claim;
    size_t winner_count; /**< 0: no contract follows activity */
    fpt_report_winner *winner;
    size_t check_count;
    fpt_plan_check *check;
    fpt_report_parts parts; /**< what was gathered */
    fpt_str target;         /**< whose total: "system", or an organisation */
    fpt_str target_year;
    fpt_report_decides decides;
} fpt_plan_results;

typedef struct fpt_report_options {
    size_t struct_size;
    uint64_t draws; /**< 0: 4096 */
    uint64_t seed;  /**< 0: the plan's */
    unsigned threads;
    size_t most_even; /**< assumptions whose break-even is sought; 0: 8 */
    const fpt_report_parts *parts; /**< NULL: all */
    fpt_str about; /**< an organisation's code; empty: the system */
    int year;      /**< of the total that is looked at; 0: the last */
    const fpt_log *log;
} fpt_report_options;

fpt_report_options fpt_report_options_default(void);

/**
 * Gather the results of the plan in these files.
 *
 * Errors   FPT_ERR_INPUT: the plan has faults; FPT_ERR_USAGE: no such
 *          organisation or year; what running it says.
 * Memory   in the arena.
 * Threads  the same results for any number of them.
 */
FPT_MUST_CHECK fpt_status fpt_plan_results_make(
    fpt_arena *arena, const fpt_plan_files *files,
    const fpt_report_options *options, fpt_plan_results *out, fpt_error *err);

/**
 * One page of HTML that stands by itself: no script, no other file. Each
 * picture has its figures in a table below; all text of the plan is escaped.
 */
void fpt_plan_page_write(const fpt_plan_results *results, fpt_output *out);

/** Two plans over the same futures. */
typedef struct fpt_plan_versus {
    const fpt_plan *first, *second;
    const char *first_name, *second_name; /**< as the reader knows them */
    uint64_t draws, seed;
    size_t change_count;
    const fpt_stress_change *change; /**< fpt_stress_compare() */
} fpt_plan_versus;

/** One page of a plan against another, in the same manner. */
void fpt_plan_versus_write(const fpt_plan_versus *versus, fpt_output *out);

#ifdef __cplusplus
}
#endif
#endif /* FPT_PLAN_REPORT_H */
