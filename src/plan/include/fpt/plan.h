/**
 * @file plan.h
 * @brief A system's plan, year by year: patients, beds, staff and pounds.
 *
 * A plan is a folder of text: plan.yaml and CSV tables that a person can read
 * and compare line by line. It says what care there is now, how need grows,
 * what schemes are meant to change, what that takes in beds, staff and capital,
 * who pays whom, and which totals must be met. Numbers that are not known are
 * *assumptions*: named, with a distribution, an author, a source, a grade of
 * evidence, and what was found when such a thing was tried before.
 *
 * Reading a plan checks all of it and lists every fault at once; nothing is
 * drawn from a plan with a fault. Running it draws futures, FPT_LANES at a
 * time: each future is one value of every assumption and of everything that
 * chance decides, carried through all years.
 *
 * In every future patients are conserved (who is not seen by one organisation
 * is seen by another, outside, or is counted as not seen), payments sum to zero
 * in whole pence, and the position of the system does not depend on the form of
 * its contracts.
 *
 * Not for   one hospital's day (see the flow module), nor for setting prices.
 */
#ifndef FPT_PLAN_H
#define FPT_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fpt/base.h"
#include "fpt/belief.h"
#include "fpt/fund.h"
#include "fpt/lanes.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { FPT_PLAN_YEARS_MOST = 10 };

/** Where the tables of a plan are: a folder, or bytes in memory. */
typedef struct fpt_plan_files {
    const char *folder; /**< NULL: use the arrays */
    size_t count;
    const fpt_str *name;
    const fpt_str *bytes;
} fpt_plan_files;

typedef struct fpt_plan fpt_plan;

/** Contracts that follow activity (tariff, marginal, blended), read as if they
 *  were all of one form: to see who wins and loses by it. */
typedef enum fpt_plan_contracts {
    FPT_PLAN_CONTRACTS_AS_WRITTEN,
    FPT_PLAN_CONTRACTS_BY_ACTIVITY, /**< all of it at its price */
    FPT_PLAN_CONTRACTS_BLOCK        /**< planned activity, whatever is done */
} fpt_plan_contracts;

typedef struct fpt_plan_options {
    size_t struct_size;
    bool keep_rows; /**< do not merge rows that agree: for comparison */
    fpt_plan_contracts contracts;
} fpt_plan_options;

fpt_plan_options fpt_plan_options_default(void);

/**
 * Read, check and compile a plan.
 *
 * Errors   FPT_OK also when the plan is at fault: report->of_severity[FPT_FAULT]
 *          tells, and fpt_plan_is_runnable() is then false. FPT_ERR_NOT_FOUND
 *          when there is no plan.yaml, FPT_ERR_MEMORY, FPT_ERR_IO.
 * Memory   the plan lives in the arena.
 */
FPT_MUST_CHECK fpt_status fpt_plan_read(fpt_arena *arena,
                                        const fpt_plan_files *files,
                                        const fpt_plan_options *options,
                                        fpt_report *report, fpt_plan **out,
                                        fpt_error *err);

bool fpt_plan_is_runnable(const fpt_plan *plan);

/** Write the worked example into a new folder.
 *  Errors   FPT_ERR_EXISTS when there is anything at that path. */
FPT_MUST_CHECK fpt_status fpt_plan_new(fpt_arena scratch, const char *folder,
                                       fpt_error *err);

/* ---- what a plan holds ---- */

typedef struct fpt_plan_facts {
    fpt_str name, title, author, source;
    int first_year; /**< 2016: the baseline is 2016/17 */
    int years;      /**< after the baseline */
    uint64_t seed;
    int day_offset; /**< 1: a spell counts one day more than its nights */
    size_t orgs, assumptions, schemes, inputs, metrics, contracts;
    size_t rows;  /**< of baseline.csv */
    size_t cells; /**< after merging what nothing tells apart */
    size_t lines; /**< lines of activity that money and beds read */
    double service_alpha;
    double programme_correlation;
    bool has_activity, has_totals;
    bool gaussian;   /**< dependence has no common scale */
    char digest[65]; /**< SHA-256 of all tables, in hexadecimal */
} fpt_plan_facts;

fpt_plan_facts fpt_plan_facts_of(const fpt_plan *plan);

/** "2017/18" for year 1 of a plan from 2016/17. */
fpt_str fpt_plan_year(const fpt_plan *plan, int year, char buffer[16]);

typedef struct fpt_plan_org {
    fpt_str code, name, kind;
    bool inside;
} fpt_plan_org;
fpt_plan_org fpt_plan_org_at(const fpt_plan *plan, size_t index);

typedef struct fpt_plan_assumption {
    fpt_str name, author, source, evidence, programme, notes;
    double stated; /**< as the plan has it */
    fpt_belief belief;
    double mean, sd, p10, p90;
    size_t history_count; /**< years with something found */
    bool has_class;
    double class_mean, class_sd; /**< of its reference class */
    fpt_str class_name, class_source;
    int64_t line; /**< of assumptions.csv */
} fpt_plan_assumption;
fpt_plan_assumption fpt_plan_assumption_at(const fpt_plan *plan, size_t index);

/** What was planned and found in one past year; NaN where it is not known. */
typedef struct fpt_plan_history {
    fpt_str year, source;
    double planned, found;
} fpt_plan_history;
fpt_plan_history fpt_plan_history_at(const fpt_plan *plan, size_t assumption,
                                     size_t index);

/** One figure of actuals.csv; years are those of plan.yaml: 2016 for 2016/17. */
typedef struct fpt_plan_actual {
    fpt_str series;
    int year, known; /**< the year of the figure; when it was known */
    double value;
} fpt_plan_actual;
size_t fpt_plan_actual_count(const fpt_plan *plan);
fpt_plan_actual fpt_plan_actual_at(const fpt_plan *plan, size_t index);

/** Index of an assumption, or SIZE_MAX. */
size_t fpt_plan_assumption_find(const fpt_plan *plan, fpt_str name);

/** What a random input is: the assumptions first, in the order of their file. */
typedef enum fpt_plan_input_kind {
    FPT_PLAN_INPUT_ASSUMPTION,
    FPT_PLAN_INPUT_OPTIMISM, /**< the common factor of all schemes */
    FPT_PLAN_INPUT_VARIANT,  /**< which population projection */
    FPT_PLAN_INPUT_SHOCK,    /**< of a year's growth */
    FPT_PLAN_INPUT_BREAK,    /**< does the pay cap break */
    FPT_PLAN_INPUT_FUNDING,  /**< is a project's money there */
    FPT_PLAN_INPUT_ACCESS,   /**< is a measure of access met */
    FPT_PLAN_INPUT_COPULA    /**< the common scale of Student's copula */
} fpt_plan_input_kind;

typedef struct fpt_plan_input {
    fpt_plan_input_kind kind;
    fpt_str name;
    bool used; /**< something reads it */
} fpt_plan_input;
fpt_plan_input fpt_plan_input_at(const fpt_plan *plan, size_t index);

/** The correlation of two assumptions' normal scores. */
double fpt_plan_correlation(const fpt_plan *plan, size_t a, size_t b);

/* ---- what is computed ---- */

/* name, its word, its unit, what it belongs to */
#define FPT_PLAN_METRIC_LIST(X)                                                \
    X(INCOME, "income", PENCE, ORG) /* paid, less paid out, other */           \
    X(COST, "cost", PENCE, ORG)                                                \
    X(POSITION, "position", PENCE, ORG) /* before sustainability money */      \
    X(TOTAL, "control_total", PENCE, ORG)                                      \
    X(MARGIN, "margin", PENCE, ORG) /* position less control total */          \
    X(EARNED, "sustainability_earned", PENCE, ORG)                             \
    X(LOST, "sustainability_lost", PENCE, ORG)                                 \
    X(SHARED, "risk_share", PENCE, ORG) /* + received */                       \
    X(RESULT, "result", PENCE, ORG)     /* position, earned and shared */      \
    X(UNDERLYING, "underlying", PENCE, ORG)                                    \
    X(SAVED, "savings", PENCE, ORG)                                            \
    X(SAVED_ONCE, "savings_non_recurrent", PENCE, ORG)                         \
    X(REFORM, "cost_of_reform", PENCE, ORG)                                    \
    X(CAPITAL_CHARGE, "capital_charge", PENCE, ORG)                            \
    X(STAFF_COST, "staff_cost", PENCE, ORG)                                    \
    X(ASKED, "capital_asked", PENCE, SYSTEM)                                   \
    X(FUNDED, "capital_funded", PENCE, SYSTEM)                                 \
    X(DEFLATOR, "deflator", MILLIONTH, SYSTEM)                                 \
    X(FUNDED_SHARE, "project_delivered", MILLIONTH, PROJECT)                   \
    X(EVENTS, "activity", THOUSANDTH, LINE)                                    \
    X(DAYS, "bed_days", THOUSANDTH, LINE)                                      \
    X(UNMET, "not_seen", THOUSANDTH, ORG)                                      \
    X(BEDS_OPEN, "beds_open", THOUSANDTH, POOL)                                \
    X(BEDS_OCCUPIED, "beds_occupied", THOUSANDTH, POOL)                        \
    X(BEDS_NEEDED, "beds_needed", THOUSANDTH, POOL)                            \
    X(BEDS_SERVICE, "beds_service_level", THOUSANDTH, POOL)                    \
    X(BEDS_SHORT, "beds_short", THOUSANDTH, POOL)                              \
    X(DELAYED_DAYS, "delayed_days", THOUSANDTH, POOL)                          \
    X(CLOSURE, "closure_test", MILLIONTH,                                      \
      CLOSURE) /* 1: the claimed leg holds */                                  \
    X(STAFF_NEEDED, "staff_needed", THOUSANDTH, STAFF)                         \
    X(STAFF_POST, "staff_in_post", THOUSANDTH, STAFF)                          \
    X(STAFF_BANK, "staff_bank", THOUSANDTH, STAFF)                             \
    X(STAFF_AGENCY, "staff_agency", THOUSANDTH, STAFF)                         \
    X(STAFF_UNFILLED, "staff_unfilled", THOUSANDTH, STAFF)                     \
    X(PAID, "paid", PENCE, PAYMENT)                                            \
    X(AVOIDED, "avoided", THOUSANDTH, SCHEME) /* or shifted, units */          \
    X(SAVED_DAYS, "days_saved", THOUSANDTH, SCHEME)                            \
    X(SCHEME_COST, "scheme_cost", PENCE, SCHEME)                               \
    X(SCHEME_VALUE, "scheme_value", PENCE, SCHEME) /* avoided cost less cost */

typedef enum fpt_plan_unit {
    FPT_PLAN_PENCE,
    FPT_PLAN_THOUSANDTH, /**< of a person, bed, day or whole-time equivalent */
    FPT_PLAN_MILLIONTH   /**< of a share or an index */
} fpt_plan_unit;

/** How many of a unit make one: 100 pence a pound, 1,000 or 1,000,000. */
double fpt_plan_unit_parts(fpt_plan_unit unit);

/** A number of a unit's parts in the unit itself: pence in pounds. */
double fpt_plan_in_units(fpt_plan_unit unit, double value);

/** "pounds", "count" (of people, beds, days, posts) or "fraction". */
const char *fpt_plan_unit_word(fpt_plan_unit unit);

typedef enum fpt_plan_subject {
    FPT_PLAN_ORG, /**< organisations inside, then the system */
    FPT_PLAN_SYSTEM,
    FPT_PLAN_PROJECT,
    FPT_PLAN_LINE,
    FPT_PLAN_POOL,
    FPT_PLAN_CLOSURE,
    FPT_PLAN_STAFF,
    FPT_PLAN_PAYMENT,
    FPT_PLAN_SCHEME,
    FPT_PLAN_SUBJECTS
} fpt_plan_subject;

#define FPT_PLAN_METRIC_ENUM(name, word, unit, subject) FPT_PLAN_METRIC_##name,
typedef enum fpt_plan_metric_kind {
    FPT_PLAN_METRIC_LIST(FPT_PLAN_METRIC_ENUM) FPT_PLAN_METRIC_KINDS
} fpt_plan_metric_kind;
#undef FPT_PLAN_METRIC_ENUM

typedef struct fpt_plan_metric {
    fpt_plan_metric_kind kind;
    const char *word;
    fpt_plan_unit unit;
    fpt_plan_subject subject;
    size_t item;  /**< which organisation, pool, line, ... */
    fpt_str name; /**< of the item: a code, or codes separated by a slash */
    int year;     /**< from the baseline */
} fpt_plan_metric;

/** Metrics are ordered by kind, item and year; all are whole numbers of their
 *  unit. */
fpt_plan_metric fpt_plan_metric_at(const fpt_plan *plan, size_t index);

/** The number of a metric, or SIZE_MAX when the plan has none such. */
size_t fpt_plan_metric_find(const fpt_plan *plan, fpt_plan_metric_kind kind,
                            size_t item, int year);

/**
 * What is known of a metric before any draw, from what the plan has: the metric
 * of a lower number whose values are the same in every run, else its own
 * number; and whether it can only be 0.
 */
size_t fpt_plan_metric_twin(const fpt_plan *plan, size_t index);
bool fpt_plan_metric_is_zero(const fpt_plan *plan, size_t index);

/** How many items a kind of metric has. The last item of an organisation's
 *  metrics is the system. */
size_t fpt_plan_items(const fpt_plan *plan, fpt_plan_subject subject);
fpt_str fpt_plan_item_name(const fpt_plan *plan, fpt_plan_subject subject,
                           size_t item);

/* ---- running ---- */

/** How chance within a future is treated. */
typedef enum fpt_plan_noise {
    FPT_PLAN_NOISE_MOMENTS, /**< expectation, and noise of the right moments */
    FPT_PLAN_NOISE_NONE,    /**< expectation only */
    FPT_PLAN_NOISE_INTEGERS /**< every spell drawn */
} fpt_plan_noise;

typedef struct fpt_plan_override {
    size_t input; /**< an assumption's */
    double value;
} fpt_plan_override;

/**
 * What is switched off or fixed: the rest is drawn with the same random
 * numbers, so that two scenarios differ by what they say and nothing else.
 */
typedef struct fpt_plan_scenario {
    size_t struct_size;
    fpt_plan_noise noise;
    bool stated;     /**< every assumption as the plan states it, no chance */
    bool no_schemes; /**< nor their costs, new staff and bed changes */
    bool no_capital; /**< no project gets its money */
    bool no_limits;  /**< staff limits close nothing */
    bool pay_break;  /**< the cap breaks in the first year */
    bool care_short; /**< unmet social care at its 90th percentile */
    bool frozen_prices, no_demography, no_growth, no_health, no_waiting;
    bool no_flows, no_savings;
    size_t override_count;
    const fpt_plan_override *override;
} fpt_plan_scenario;

fpt_plan_scenario fpt_plan_scenario_default(void);

typedef struct fpt_plan_work fpt_plan_work;

/** Work space of one thread for one plan. */
FPT_MUST_CHECK fpt_status fpt_plan_work_make(fpt_arena *arena,
                                             const fpt_plan *plan,
                                             fpt_plan_work **out);

/**
 * Which kinds of metrics runs in this work space must fill in; by default all.
 * Of the others the values are not to be relied on. Activity and bed days go
 * together, as FPT_PLAN_METRIC_EVENTS.
 *
 * Shape    kinds[FPT_PLAN_METRIC_KINDS].
 */
void fpt_plan_work_want(fpt_plan_work *work, const bool *kinds);

/**
 * Normal scores of all inputs for FPT_LANES draws, dependence included.
 *
 * Shape    z[inputs * FPT_LANES].
 */
void fpt_plan_draw(const fpt_plan *plan, uint64_t seed, uint32_t row,
                   double *z);

/** Put the plan's dependence on independent scores of all inputs, in place. */
void fpt_plan_depend(const fpt_plan *plan, double *z);

/** The value of an assumption at normal scores, as running would use it. */
void fpt_plan_assumption_lanes(const fpt_plan *plan, size_t index,
                               const double *z, double *out);

/**
 * Carry FPT_LANES futures through all years.
 *
 * Shape    z[inputs * FPT_LANES] as fpt_plan_draw() or of the caller's making;
 *          *metrics points into the work space: [metrics * FPT_LANES], whole
 *          numbers as doubles, exact below 2^53.
 * Units    seed and row choose the noise within the futures.
 * Errors   FPT_ERR_RANGE: a value left its range (money above 2^53 pence, a
 *          flow above the whole); err names the metric.
 * Threads  a work space belongs to one thread; the plan is only read.
 */
FPT_MUST_CHECK fpt_status fpt_plan_run(const fpt_plan *plan,
                                       const fpt_plan_scenario *scenario,
                                       uint64_t seed, uint32_t row,
                                       const double *z, fpt_plan_work *work,
                                       const double **metrics, fpt_error *err);

/** The first future of a scenario, or the only one if it is `stated`.
 *  Shape    (*out)[metrics], in units (pounds, counts, fractions). */
FPT_MUST_CHECK fpt_status fpt_plan_once(fpt_arena *arena, const fpt_plan *plan,
                                        const fpt_plan_scenario *scenario,
                                        const double **out, fpt_error *err);

/* ---- what may be asked after a run ---- */

/** One step from the baseline to a year's activity. */
typedef enum fpt_plan_cause {
    FPT_PLAN_CAUSE_BASELINE,
    FPT_PLAN_CAUSE_DEMOGRAPHY,
    FPT_PLAN_CAUSE_GROWTH,
    FPT_PLAN_CAUSE_HEALTH,
    FPT_PLAN_CAUSE_WAITING,
    FPT_PLAN_CAUSE_FLOW,
    FPT_PLAN_CAUSE_CHANCE,
    FPT_PLAN_CAUSE_SCHEME,  /**< item: which */
    FPT_PLAN_CAUSE_ARRIVAL, /**< units that a scheme brought here */
    FPT_PLAN_CAUSE_CLOSURE, /**< not seen for want of staff */
    FPT_PLAN_CAUSE_RESULT,
    FPT_PLAN_CAUSES
} fpt_plan_cause;

const char *fpt_plan_cause_word(fpt_plan_cause cause);

/** A row of the waterfall: events (or bed days) of one POD in one year. */
typedef struct fpt_plan_step {
    uint32_t pod;
    fpt_str pod_name;
    int year;
    bool days;
    fpt_plan_cause cause;
    size_t item;
    fpt_str name;
} fpt_plan_step;

/**
 * Steps of the waterfall, and their values in the last run.
 *
 * Shape    fpt_plan_steps() gives [steps * FPT_LANES], in the work space.
 * Exact    in every lane and for every POD, year and measure, baseline and the
 *          steps after it sum to the result: to the unit when events are drawn
 *          as integers, and to within rounding (1e-9 of it) in expectation.
 */
size_t fpt_plan_step_count(const fpt_plan *plan);
fpt_plan_step fpt_plan_step_at(const fpt_plan *plan, size_t index);
const double *fpt_plan_steps(const fpt_plan_work *work);

/** Whether runs in this work space note the steps (they cost time). */
void fpt_plan_work_steps(fpt_plan_work *work, bool want);

/** What a scheme claims alone and what it is credited with beside others, in
 *  units of the last year that was run; summed over the cells it aims at. */
typedef struct fpt_plan_overlap {
    double claimed;  /**< its own effect alone */
    double credited; /**< its Shapley share */
} fpt_plan_overlap;
fpt_plan_overlap fpt_plan_overlap_of(const fpt_plan_work *work, size_t scheme,
                                     int lane);

/** One of several schemes that aim at the same patients. */
typedef struct fpt_plan_overlap_member {
    size_t scheme;
    double claimed, credited; /**< units: alone, and its Shapley share */
} fpt_plan_overlap_member;

/** Schemes that aim at the same patients, in the last year that was run. */
typedef struct fpt_plan_overlap_set {
    bool days;    /**< of stays that are shortened, else events */
    double aimed; /**< units that all of them aim at */
    double claimed, combined;
    double least, most; /**< Frechet's bounds of combined */
    size_t count;
    fpt_plan_overlap_member *member;
} fpt_plan_overlap_set;

/**
 * The sets of two schemes or more, after a run. A set lies within its bounds
 * but where a closure for want of staff takes a part as well: that part is no
 * scheme's.
 */
FPT_MUST_CHECK fpt_status fpt_plan_overlap_sets(fpt_arena *arena,
                                                const fpt_plan_work *work,
                                                int lane,
                                                fpt_plan_overlap_set **out,
                                                size_t *count);

/** What a party says a scheme saves it in a year: a row of claims.csv. */
typedef struct fpt_plan_claim {
    fpt_str name, party;
    fpt_str nets_with; /**< the other party's claim on the same saving */
    size_t scheme;
    int year;
    int64_t pence;
} fpt_plan_claim;
size_t fpt_plan_claim_count(const fpt_plan *plan);
fpt_plan_claim fpt_plan_claim_at(const fpt_plan *plan, size_t index);

/** One consistency check and its amounts. */
typedef struct fpt_plan_check {
    const char *code;
    bool pass;
    fpt_str text;
} fpt_plan_check;

/**
 * Does the plan add up? Income against spend by contract, activity against
 * beds, staff and pounds, destinations of what is avoided, double claims,
 * capital, staff, control totals: as the plan states them.
 */
FPT_MUST_CHECK fpt_status fpt_plan_checks(fpt_arena *arena,
                                          const fpt_plan *plan, size_t *count,
                                          fpt_plan_check **out, fpt_error *err);

#ifdef __cplusplus
}
#endif
#endif /* FPT_PLAN_H */
