/*
 * Positions against control totals, sustainability money, and the result. The
 * totals are tested before the money is added, so that nothing is circular.
 */
#include "run_i.h"

/* Exact as a double below this; above, sums would lose pence. */
#define PENCE_MOST 0x1p53

static void other_income(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    memset(w->income, 0, plan->org.count * FPT_LANES * sizeof *w->income);
    for (size_t k = 0; k < plan->income.count; k++) {
        const fpti_income *income = &plan->income.at[k];
        if (income->year != FPTI_NONE && income->year != year) continue;
        const double *pounds = fpti_at(w, income->pounds);
        const double *index = income->index == FPTI_NONE
                                  ? NULL
                                  : fpti_rows(w->index, (size_t)income->index);
        double *sum = fpti_rows(w->income, (size_t)income->org);
        double *once = fpti_rows(w->once, (size_t)income->org);
        FPTI_LANES(i)
        {
            const double pence = fpt_lane_round(
                100.0 * pounds[i] * (index != NULL ? index[i] : 1.0));
            sum[i] += pence;
            if (!income->recurrent) once[i] += pence;
        }
    }
    for (size_t o = 0; o < plan->org.count; o++) {
        const int64_t pence = plan->c.allocation[o * FPTI_YEARS + (size_t)year];
        double *sum = fpti_rows(w->income, o);
        FPTI_LANES(i) sum[i] += (double)pence;
    }
    for (size_t k = 0; k < plan->scheme.count; k++) {
        const fpti_scheme *s = &plan->scheme.at[k];
        if (s->type != FPTI_INCOME || s->null) continue;
        const double *pounds = fpti_at(w, s->pounds);
        const double *x = fpti_rows(w->effect, k);
        double *sum = fpti_rows(w->income, (size_t)s->org);
        FPTI_LANES(i) sum[i] += fpt_lane_round(100.0 * pounds[i] * x[i]);
    }
}

/* The control total before sustainability money, with agreed moves. */
static double total_of(const fpt_plan *plan, size_t o, int year, bool *given)
{
    double pence = 0.0;
    *given = false;
    for (size_t k = 0; k < plan->total.count; k++) {
        const fpti_total *t = &plan->total.at[k];
        if (t->org != (int)o || t->year != year) continue;
        *given = true;
        pence += (double)t->pence;
        for (size_t f = 0; f < plan->fund.count && t->with_money; f++)
            if (plan->fund.at[f].org == (int)o && plan->fund.at[f].year == year)
                pence -= (double)plan->fund.at[f].pence;
    }
    for (size_t k = 0; k < plan->move.count; k++)
        if (plan->move.at[k].org == (int)o && plan->move.at[k].year == year)
            pence += (double)plan->move.at[k].pence;
    return pence;
}

/* ---- sustainability money ---- */

static bool measure_met(const fpt_plan_work *w, size_t chance, int lane)
{
    const fpti_compiled *c = &w->plan->c;
    if (w->scenario->stated) return true;
    const double p = fpti_at(w, c->access[chance].met)[lane];
    if (p >= 1.0) return true;
    if (!(p > 0.0)) return false;
    return w->z[(c->first_access + chance) * FPT_LANES + (size_t)lane] <
           fpt_lane_normal_quantile(p);
}

static void earn(fpt_plan_work *w, size_t f, size_t first_chance,
                 const double *system_position, const double *system_total)
{
    const fpt_plan *plan = w->plan;
    const fpti_settings *set = &plan->set;
    const fpti_fund_row *row = &plan->fund.at[f];
    const double *position = fpti_rows(w->position, (size_t)row->org);
    const double *total = fpti_rows(w->total, (size_t)row->org);
    double *earned = fpti_rows(w->earned, (size_t)row->org);
    double *lost = fpti_rows(w->lost_money, (size_t)row->org);
    fpt_sustainability_year last = {0};
    fpt_sustainability_pay pay = {0};
    bool have = false;
    FPTI_LANES(i)
    {
        fpt_sustainability_year now;
        memset(&now, 0, sizeof now);
        for (int q = 0; q < FPT_QUARTERS; q++) {
            const double part = set->position_profile[q];
            const double due = set->total_profile[q];
            now.own_met[q] = position[i] * part >= total[i] * due;
            now.system_met[q] =
                system_position[i] * part >= system_total[i] * due;
            for (size_t m = 0; m < set->fund.measure_count; m++)
                now.measure_met[m][q] = measure_met(
                    w, first_chance + m * FPT_QUARTERS + (size_t)q, i);
        }
        now.above_pence =
            set->fund.bonus_ppm > 0 ? (int64_t)(position[i] - total[i]) : 0;
        /* Neighbouring lanes mostly end alike: work it out once. */
        if (!have || memcmp(&now, &last, sizeof now) != 0) {
            if (fpt_sustainability_earn(&set->fund, row->pence, &now, &pay) !=
                FPT_OK) {
                fpti_run_fail(w, "sustainability money cannot be worked out");
                return;
            }
            memcpy(&last, &now, sizeof now);
            have = true;
        }
        for (int q = 0; q < FPT_QUARTERS; q++)
            earned[i] += (double)pay.quarter_pence[q];
        earned[i] += (double)pay.bonus_pence;
        lost[i] += (double)(pay.lost_finance_pence + pay.lost_measures_pence);
    }
}

static void sustainability(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const size_t row = FPT_LANES * sizeof(double);
    memset(w->earned, 0, plan->org.count * row);
    memset(w->lost_money, 0, plan->org.count * row);
    double position[FPT_LANES] = {0}, total[FPT_LANES] = {0};
    for (size_t o = 0; o < plan->org.count; o++) {
        bool given = false;
        total_of(plan, o, year, &given);
        if (!given) continue;
        FPTI_LANES(i)
        {
            position[i] += fpti_rows(w->position, o)[i];
            total[i] += fpti_rows(w->total, o)[i];
        }
    }
    const size_t each = plan->set.fund.measure_count * FPT_QUARTERS;
    for (size_t f = 0; f < plan->fund.count; f++)
        if (plan->fund.at[f].year == year)
            earn(w, f, f * each, position, total);
}

/* ---- metrics ---- */

static void put(fpt_plan_work *w, fpt_plan_metric_kind kind, size_t item,
                int year, const double *row)
{
    double *own = fpti_metric(w, kind, item, year);
    double *all = fpti_metric(w, kind, w->plan->c.inside_count, year);
    FPTI_LANES(i)
    {
        own[i] = row[i];
        all[i] = item == 0 ? row[i] : all[i] + row[i];
    }
}

static void org_metrics(fpt_plan_work *w, size_t item, int year)
{
    const fpt_plan *plan = w->plan;
    const size_t o = (size_t)plan->c.inside[item];
    const double *net = fpti_rows(w->net, o);
    const double *other = fpti_rows(w->income, o);
    const double *position = fpti_rows(w->position, o);
    const double *earned = fpti_rows(w->earned, o);
    const double *shared = fpti_rows(w->shared, o);
    const double *once = fpti_rows(w->once, o);
    double income[FPT_LANES], cost[FPT_LANES], result[FPT_LANES];
    double underlying[FPT_LANES], margin[FPT_LANES];
    bool given;
    total_of(plan, o, year, &given);
    FPTI_LANES(i)
    {
        income[i] = net[i] + other[i];
        cost[i] = income[i] - position[i];
        result[i] = position[i] + earned[i] + shared[i];
        underlying[i] = position[i] - once[i];
        margin[i] = given ? position[i] - fpti_rows(w->total, o)[i] : 0.0;
        if (!(fabs(income[i]) < PENCE_MOST && fabs(cost[i]) < PENCE_MOST))
            fpti_run_fail(w,
                          "the money of %.*s is above what whole pence can "
                          "hold",
                          FPT_STR_ARG(plan->org.at[o].code));
    }
    put(w, FPT_PLAN_METRIC_INCOME, item, year, income);
    put(w, FPT_PLAN_METRIC_COST, item, year, cost);
    put(w, FPT_PLAN_METRIC_POSITION, item, year, position);
    put(w, FPT_PLAN_METRIC_TOTAL, item, year, fpti_rows(w->total, o));
    put(w, FPT_PLAN_METRIC_MARGIN, item, year, margin);
    put(w, FPT_PLAN_METRIC_EARNED, item, year, earned);
    put(w, FPT_PLAN_METRIC_LOST, item, year, fpti_rows(w->lost_money, o));
    put(w, FPT_PLAN_METRIC_SHARED, item, year, shared);
    put(w, FPT_PLAN_METRIC_RESULT, item, year, result);
    put(w, FPT_PLAN_METRIC_UNDERLYING, item, year, underlying);
    put(w, FPT_PLAN_METRIC_SAVED, item, year,
        fpti_metric(w, FPT_PLAN_METRIC_SAVED, item, year));
    put(w, FPT_PLAN_METRIC_SAVED_ONCE, item, year,
        fpti_metric(w, FPT_PLAN_METRIC_SAVED_ONCE, item, year));
    put(w, FPT_PLAN_METRIC_REFORM, item, year, fpti_rows(w->reform, o));
    put(w, FPT_PLAN_METRIC_CAPITAL_CHARGE, item, year,
        fpti_rows(w->charge, o * FPTI_YEARS + (size_t)year));
    put(w, FPT_PLAN_METRIC_STAFF_COST, item, year, fpti_rows(w->staff_cost, o));
}

void fpti_run_totals(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    other_income(w, year);
    for (size_t o = 0; o < plan->org.count; o++) {
        bool given;
        const double total = total_of(plan, o, year, &given);
        double *position = fpti_rows(w->position, o);
        const double *net = fpti_rows(w->net, o);
        const double *income = fpti_rows(w->income, o);
        const double *cost = fpti_rows(w->cost, o);
        const double *other = fpti_rows(w->other, o);
        const double *reform = fpti_rows(w->reform, o);
        FPTI_LANES(i)
        {
            position[i] = net[i] + income[i] - cost[i] - other[i] - reform[i];
            fpti_rows(w->total, o)[i] = given ? total : 0.0;
        }
    }
    sustainability(w, year);
    for (size_t item = 0; item < plan->c.inside_count; item++)
        org_metrics(w, item, year);
}
