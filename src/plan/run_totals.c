/*
 * Positions against control totals, sustainability money, and the result. The
 * totals are tested before the money is added, so that nothing is circular.
 */
#include "money_i.h"

static void other_income(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    memset(w->income, 0, plan->org.count * FPT_LANES * sizeof *w->income);
    for (size_t k = 0; k < plan->income.count; k++) {
        const fpti_income *income = &plan->income.at[k];
        if (income->year != FPTI_NONE && income->year != year) continue;
        const double *pounds = fpti_at(w, income->pounds);
        const double *level = fpti_level(w, income->index);
        FPTI_MONEY(w, add, pounds, level,
                   fpti_rows(w->income, (size_t)income->org));
        if (!income->recurrent)
            FPTI_MONEY(w, add, pounds, level,
                       fpti_rows(w->once, (size_t)income->org));
    }
    for (size_t o = 0; o < plan->org.count; o++) {
        const int64_t pence = plan->c.allocation[o * FPTI_YEARS + (size_t)year];
        if (pence == 0) continue;
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

/* Of a plan without such money these rows were never written: they are 0. */
static void sustainability(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const size_t row = FPT_LANES * sizeof(double);
    if (plan->fund.count == 0) return;
    memset(w->earned, 0, plan->org.count * row);
    memset(w->lost_money, 0, plan->org.count * row);
    double position[FPT_LANES] = {0}, total[FPT_LANES] = {0};
    for (size_t o = 0; o < plan->org.count; o++) {
        if (isnan(plan->c.control[o * FPTI_YEARS + (size_t)year])) continue;
        const double *own = fpti_rows(w->position, o);
        const double *due = fpti_rows(w->total, o);
        FPTI_LANES(i)
        {
            position[i] += own[i];
            total[i] += due[i];
        }
    }
    const size_t each = plan->set.fund.measure_count * FPT_QUARTERS;
    for (size_t f = 0; f < plan->fund.count; f++)
        if (plan->fund.at[f].year == year)
            earn(w, f, f * each, position, total);
}

/* ---- metrics ---- */

/* A metric of an organisation, and its part of the system's. Rows that nobody
 * looks at, or that can only be 0, are left as they are. */
static void put(fpt_plan_work *w, fpt_plan_metric_kind kind, size_t item,
                int year, const double *row)
{
    const fpti_compiled *c = &w->plan->c;
    const size_t years = (size_t)w->plan->set.years + 1;
    const size_t first = c->metric_first[kind] + (size_t)year;
    const size_t at = first + item * years,
                 of_all = first + c->inside_count * years;
    if (!w->want[kind] || c->is_zero[of_all]) return;
    double *all = fpti_rows(w->metric, of_all);
    if (item == 0) memset(all, 0, FPT_LANES * sizeof *all);
    if (!c->is_zero[at]) FPTI_MONEY(w, put, row, fpti_rows(w->metric, at), all);
}

/* Pence are whole in a double below 2^53; above, sums would lose some. */
static void check_size(fpt_plan_work *w, size_t o, const double *income,
                       const double *position)
{
    if (FPTI_MONEY(w, beyond, income, position) != 0)
        fpti_run_fail(w, "the money of %.*s is above what whole pence can hold",
                      FPT_STR_ARG(w->plan->org.at[o].code));
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
    const double total = plan->c.control[o * FPTI_YEARS + (size_t)year];
    double income[FPT_LANES], x[FPT_LANES];
    FPTI_LANES(i) income[i] = net[i] + other[i];
    check_size(w, o, income, position);
    put(w, FPT_PLAN_METRIC_INCOME, item, year, income);
    if (w->want[FPT_PLAN_METRIC_COST]) {
        FPTI_LANES(i) x[i] = income[i] - position[i];
        put(w, FPT_PLAN_METRIC_COST, item, year, x);
    }
    put(w, FPT_PLAN_METRIC_POSITION, item, year, position);
    put(w, FPT_PLAN_METRIC_TOTAL, item, year, fpti_rows(w->total, o));
    FPTI_LANES(i) x[i] = isnan(total) ? 0.0 : position[i] - total;
    put(w, FPT_PLAN_METRIC_MARGIN, item, year, x);
    put(w, FPT_PLAN_METRIC_EARNED, item, year, earned);
    put(w, FPT_PLAN_METRIC_LOST, item, year, fpti_rows(w->lost_money, o));
    put(w, FPT_PLAN_METRIC_SHARED, item, year, shared);
    if (w->want[FPT_PLAN_METRIC_RESULT]) {
        FPTI_LANES(i) x[i] = position[i] + earned[i] + shared[i];
        put(w, FPT_PLAN_METRIC_RESULT, item, year, x);
    }
    if (w->want[FPT_PLAN_METRIC_UNDERLYING]) {
        FPTI_LANES(i) x[i] = position[i] - once[i];
        put(w, FPT_PLAN_METRIC_UNDERLYING, item, year, x);
    }
    put(w, FPT_PLAN_METRIC_SAVED, item, year, fpti_rows(w->saved, o));
    put(w, FPT_PLAN_METRIC_SAVED_ONCE, item, year, fpti_rows(w->saved_once, o));
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
        const fpti_money_org org = {.net = fpti_rows(w->net, o),
                                    .income = fpti_rows(w->income, o),
                                    .cost = fpti_rows(w->cost, o),
                                    .other = fpti_rows(w->other, o),
                                    .reform = fpti_rows(w->reform, o)};
        FPTI_MONEY(w, sum, &org, plan->c.control[o * FPTI_YEARS + (size_t)year],
                   fpti_rows(w->position, o), fpti_rows(w->total, o));
    }
    sustainability(w, year);
    for (size_t item = 0; item < plan->c.inside_count; item++)
        org_metrics(w, item, year);
}
