/*
 * Beds: how many are occupied, how many that takes at a target occupancy and at
 * a stated risk of running out, and whether what is to be closed passes the
 * test for closures.
 */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include "run_i.h"

#define DAYS_IN_YEAR 365.0
#define NORMAL_FROM 20000.0 /* mean occupied above which normal is as good */

/* The smallest number of beds with P(occupied > beds) <= alpha, for a mean and
 * a variance of `dispersion` times the mean. */
static double beds_at_risk(double mean, double dispersion, double alpha)
{
    if (!(mean > 0.0)) return 0.0;
    if (dispersion < 1.0 || mean > NORMAL_FROM) {
        const double z = fpt_lane_normal_quantile(1.0 - alpha);
        return fmax(0.0, ceil(mean + z * sqrt(dispersion * mean) - 0.5));
    }
    if (dispersion < 1.0 + 1e-9) return qpois(alpha, mean, 0, 0);
    return qnbinom_mu(alpha, mean / (dispersion - 1.0), mean, 0, 0);
}

static double open_beds(const fpt_plan_work *w, size_t b, int year)
{
    const fpti_beds *beds = &w->plan->beds.at[b];
    double open = beds->beds;
    for (int t = 0; t <= year && !w->scenario->no_schemes; t++)
        open += beds->change[t];
    return fmax(0.0, open);
}

/* Days for want of care at home, beside the days of the lines. */
static void delays(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    memset(w->delayed, 0, plan->beds.count * FPT_LANES * sizeof *w->delayed);
    for (size_t d = 0; d < plan->delay.count; d++) {
        const fpti_delay *delay = &plan->delay.at[d];
        const double *per = fpti_at(w, delay->days_per_package);
        const double *packages = fpti_at(w, delay->packages);
        const double *growth = fpti_at(w, delay->growth);
        double short_of[FPT_LANES];
        FPTI_LANES(i) short_of[i] = packages[i];
        if (w->scenario->care_short &&
            !fpti_is_constant(plan, delay->packages)) {
            const double bad = fpt_belief_at_score(
                &plan->assumption.at[delay->packages].belief,
                1.2815515655446004);
            FPTI_LANES(i) short_of[i] = bad;
        }
        double *row = fpti_rows(w->delayed, delay->beds);
        FPTI_LANES(i)
        row[i] += fmax(
            0.0,
            delay->base_days +
                fmax(0.0, per[i]) * short_of[i] *
                    fpt_lane_exp((double)year *
                                 fpt_lane_log(fmax(1e-6, 1.0 + growth[i]))));
    }
}

/* ---- the test for closures ---- */

/* Days of a pool that one scheme takes away, or that all shorter stays save. */
static void pool_days(const fpt_plan_work *w, size_t pool, int scheme,
                      bool length, double *out)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    FPTI_LANES(i) out[i] = 0.0;
    for (size_t r = 0; r < c->removal.count && !length; r++) {
        const fpti_removal *removal = &c->removal.at[r];
        const uint32_t line = c->group.at[removal->group].line;
        if ((int)removal->scheme != scheme || c->line.at[line].beds != pool)
            continue;
        const double *days = fpti_rows(w->removed_days, r);
        FPTI_LANES(i) out[i] += days[i];
    }
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if (group->bed == FPTI_NO_ROW || group->length == FPTI_NO_ROW ||
            c->line.at[group->line].beds != pool)
            continue;
        const fpti_mask *mask = &c->mask.at[group->length];
        const double *one = fpti_rows(w->pre[1], group->bed);
        for (size_t j = 0; j < mask->count; j++) {
            if (!length && (int)mask->scheme[j] != scheme) continue;
            const double *share = fpti_rows(w->share, mask->share + j);
            FPTI_LANES(i) out[i] += one[i] * share[i];
        }
    }
}

static const double *gate_of(const fpt_plan_work *w, const fpti_gate *g,
                             int year)
{
    double *base = g->kind == FPTI_ON_PROJECT ? w->delivered
                   : g->kind == FPTI_ON_LINE  ? w->recruited
                                              : w->achieved;
    return fpti_rows(base, g->index * FPTI_YEARS + (size_t)year);
}

static void test_closure(fpt_plan_work *w, size_t item, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_bed_change *change = &plan->bed_change.at[item];
    const fpti_beds *beds = &plan->beds.at[change->beds];
    double *out = fpti_metric(w, FPT_PLAN_METRIC_CLOSURE, item, year);
    /* Opening beds needs no test; before its year there is nothing to test. */
    const bool due = change->number < 0.0 && year >= change->year &&
                     !w->scenario->no_schemes;
    FPTI_LANES(i) out[i] = due ? 0.0 : 1e6;
    if (!due || change->leg == 0) return;
    const double closed = -change->number;
    const double per_bed = DAYS_IN_YEAR * beds->occupancy / beds->peak;
    if (change->leg == 1) {
        const double *needed =
            fpti_metric(w, FPT_PLAN_METRIC_BEDS_NEEDED, change->beds, year);
        const double open = open_beds(w, change->beds, year);
        FPTI_LANES(i)
        {
            bool there = true;
            for (size_t k = 0; k < change->alternative.count; k++)
                there = there && gate_of(w, &change->alternative.at[k],
                                         year)[i] > 0.999999;
            out[i] = there && 0.001 * needed[i] <= open ? 1e6 : 0.0;
        }
        return;
    }
    double days[FPT_LANES];
    pool_days(w, change->beds, change->scheme, change->leg == 3, days);
    FPTI_LANES(i)
    {
        const bool covers = days[i] / per_bed >= closed;
        out[i] = covers && (change->leg == 2 || change->relative_use > 1.0)
                     ? 1e6
                     : 0.0;
    }
}

void fpti_run_beds(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    if (plan->beds.count == 0) return;
    fpt_lanes_apply(w->level, &c->pools, fpti_rows(w->stack, c->line.count),
                    w->pool_days);
    delays(w, year);
    for (size_t b = 0; b < plan->beds.count; b++) {
        const fpti_beds *beds = &plan->beds.at[b];
        const double open = open_beds(w, b, year);
        const double *days = fpti_rows(w->pool_days, b);
        const double *late = fpti_rows(w->delayed, b);
        double *row = fpti_metric(w, FPT_PLAN_METRIC_BEDS_OPEN, b, year);
        double *used = fpti_metric(w, FPT_PLAN_METRIC_BEDS_OCCUPIED, b, year);
        double *need = fpti_metric(w, FPT_PLAN_METRIC_BEDS_NEEDED, b, year);
        double *risk = fpti_metric(w, FPT_PLAN_METRIC_BEDS_SERVICE, b, year);
        double *lack = fpti_metric(w, FPT_PLAN_METRIC_BEDS_SHORT, b, year);
        double *wait = fpti_metric(w, FPT_PLAN_METRIC_DELAYED_DAYS, b, year);
        double *stack = fpti_rows(w->stack, 2 * c->line.count + b);
        FPTI_LANES(i)
        {
            const double mean = (days[i] + late[i]) / DAYS_IN_YEAR;
            const double peak = mean * beds->peak;
            const double target = ceil(peak / beds->occupancy - 1e-9);
            row[i] = fpt_lane_round(1000.0 * open);
            used[i] = fpt_lane_round(1000.0 * mean);
            need[i] = 1000.0 * target;
            risk[i] = 1000.0 * beds_at_risk(peak, beds->dispersion,
                                            plan->set.service_alpha);
            lack[i] = fmax(0.0, need[i] - row[i]);
            wait[i] = fpt_lane_round(1000.0 * late[i]);
            stack[i] = open;
        }
    }
    for (size_t k = 0; k < plan->bed_change.count; k++)
        test_closure(w, k, year);
}
