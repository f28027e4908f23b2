/*
 * Running: the rows that a future is carried in, and the stages of a year, in
 * the order in which they are done.
 */
#ifndef FPT_PLAN_RUN_I_H
#define FPT_PLAN_RUN_I_H

#include "plan_i.h"

#define FPTI_LANES(i) for (int i = 0; i < FPT_LANES; i++)

struct fpt_plan_work {
    const fpt_plan *plan;
    fpt_lanes_level level;
    const fpt_plan_scenario *scenario;
    uint64_t seed;
    uint32_t row;
    const double *z;

    double *value;    /* assumptions and constants */
    double *optimism; /* one row: the common factor's score */

    /* capital and staff, [.. * FPTI_YEARS + year] */
    double *funded;        /* projects: share funded */
    double *delivered;     /* projects, by year */
    double *charge;        /* organisations, by year: pence */
    double *asked, *spent; /* by year: pounds */
    double *recruited;     /* recruitment lines, by year: share */
    double *achieved;      /* schemes, by year */
    double *stock;         /* staff groups, this year */
    double *need;          /* staff groups: demand, this year */
    double *lost;          /* organisations: share closed this year */
    double *lost_next;

    /* growth */
    int variant[FPT_LANES];
    double *log_growth, *shock;       /* growth tables */
    double *list, *completed, *extra; /* waiting */
    double *grow;                     /* growth classes, this year */
    double *factor; /* 4 rows a growth class: people, growth, health, waiting */

    /* activity of this year */
    double *effect;       /* schemes and closures: x */
    double *flow;         /* flow shares */
    double *keep, *share; /* masks; shares of schemes in masks */
    double *mass[3], *pre[3], *kept;
    double *removed; /* removals: events */
    double *removed_days;
    double *scheme_removed;
    double *moment[2]; /* lines: variance of events, squared days of events */
    double *stack;     /* events of lines, their days, open beds of pools */
    double *prices;    /* events of lines, then those with uncertain prices */
    double *scratch;   /* masks: players and Shapley's work */
    int32_t *spell_output, *spell_tally;
    double *spell_growth, *spell_work;

    /* beds */
    double *pool_days, *open_beds, *delayed;
    double *scheme_pool_days; /* of closures that name a scheme */

    /* money */
    double *ones, *none; /* rows of 1 and of 0 */
    double *index;       /* levels */
    double *market;      /* level of outside pay */
    double *broken;      /* 1 once the pay cap has broken */
    double *deflator;
    double *volume, *steps; /* costs; steps by year */
    double *cost;           /* organisations, pence, operating */
    double *other;          /* organisations: charges, schemes, reform */
    double *reform, *income, *net, *once, *staff_cost;
    double *saving_keep, *saving_pence;     /* organisations, cumulated */
    double *saved, *saved_once;             /* organisations, this year */
    double *paid;                           /* payments */
    double *payment_value, *payment_value0; /* [payment * FPTI_YEARS + year] */
    bool capture;                           /* note them */
    double *scheme_cost, *scheme_value;
    double *position, *total, *earned, *lost_money, *shared;

    double *metric;
    bool want[FPT_PLAN_METRIC_KINDS]; /* of organisations' metrics */
    bool want_steps;
    double *step;
    double *cause;      /* growth causes by POD: rows of 4, events and days */
    double *base_grown; /* PODs: baseline grown, events and days */

    fpt_status status;
    fpt_error error;
};

/* The row of a value; `row` must be one. */
static inline const double *fpti_at(const fpt_plan_work *w, fpti_row row)
{
    return w->value + (size_t)row * FPT_LANES;
}

/* The level of an index; ones without. */
static inline const double *fpti_level(const fpt_plan_work *w, int index)
{
    return index < 0 ? w->ones : w->index + (size_t)index * FPT_LANES;
}

static inline double *fpti_rows(double *base, size_t row)
{
    return base + row * FPT_LANES;
}

static inline double *fpti_metric(fpt_plan_work *w, fpt_plan_metric_kind kind,
                                  size_t item, int year)
{
    const size_t years = (size_t)w->plan->set.years + 1;
    return fpti_rows(w->metric, w->plan->c.metric_first[kind] + item * years +
                                    (size_t)year);
}

static inline bool fpti_is_constant(const fpt_plan *plan, fpti_row row)
{
    return row >= plan->assumption.count;
}

double fpti_chi_squared_at(double z, double df);

/* Once a run. */
void fpti_run_values(fpt_plan_work *w);
void fpti_run_capital(fpt_plan_work *w);
void fpti_run_begin(fpt_plan_work *w);

/* Each year. */
void fpti_run_gates(fpt_plan_work *w, int year);
void fpti_run_indices(fpt_plan_work *w, int year);
void fpti_run_stocks(fpt_plan_work *w, int year);
void fpti_run_growth(fpt_plan_work *w, int year);
void fpti_run_effects(fpt_plan_work *w, int year);
void fpti_run_activity(fpt_plan_work *w, int year);
void fpti_run_beds(fpt_plan_work *w, int year);
void fpti_run_staff(fpt_plan_work *w, int year);
void fpti_run_costs(fpt_plan_work *w, int year);
void fpti_run_payments(fpt_plan_work *w, int year);
void fpti_run_totals(fpt_plan_work *w, int year);
void fpti_run_steps(fpt_plan_work *w, int year);

/* Say that a run cannot go on; the first reason stays. */
void fpti_run_fail(fpt_plan_work *w, const char *format, ...) FPT_PRINTF(2, 3);

/* Whole pence (or thousandths) of a row, lane by lane. */
void fpti_round_row(const double *x, double *out);

/* Combined removal of a mask and the shares of its schemes, from effects x. */
void fpti_mask_shares(const fpt_plan *plan, const fpti_mask *mask,
                      const double *effect, double *keep, double *share,
                      double *scratch);

#endif /* FPT_PLAN_RUN_I_H */
