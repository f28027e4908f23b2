/*
 * The do-nothing case: people, growth beyond them, health at an age, and lists
 * to be cleared. Four factors a class of cells, and their product.
 */
#include "run_i.h"

static void choose_variant(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    size_t likely = 0;
    for (size_t v = 1; v < plan->variant.count; v++)
        if (plan->variant_probability[v] > plan->variant_probability[likely])
            likely = v;
    FPTI_LANES(i) w->variant[i] = (int)likely;
    if (w->scenario->stated || plan->c.variant == SIZE_MAX) return;
    const double *z = w->z + plan->c.variant * FPT_LANES;
    FPTI_LANES(i)
    {
        double sum = 0.0;
        int v = 0;
        const int last = (int)plan->variant.count - 1;
        for (; v < last; v++) {
            sum += plan->variant_probability[v];
            if (sum >= 1.0 ||
                (sum > 0.0 && z[i] < fpt_lane_normal_quantile(sum)))
                break;
        }
        w->variant[i] = v;
    }
}

void fpti_run_begin(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    choose_variant(w);
    memset(w->log_growth, 0,
           plan->growth.count * FPT_LANES * sizeof *w->log_growth);
    for (size_t g = 0; g < plan->growth.count; g++) {
        const fpti_growth *growth = &plan->growth.at[g];
        double *shock = fpti_rows(w->shock, g);
        const double *sigma = fpti_at(w, growth->sigma);
        const bool drawn = growth->input != SIZE_MAX && !w->scenario->stated;
        FPTI_LANES(i)
        shock[i] = drawn
                       ? sigma[i] * w->z[growth->input * FPT_LANES + (size_t)i]
                       : 0.0;
    }
    for (size_t k = 0; k < plan->waiting.count; k++) {
        const fpti_waiting *q = &plan->waiting.at[k];
        const double *growth = fpti_at(w, q->growth);
        double *list = fpti_rows(w->list, k), *extra = fpti_rows(w->extra, k);
        double *completed = fpti_rows(w->completed, k);
        const double keep = 1.0 - q->removal;
        FPTI_LANES(i)
        {
            list[i] = q->waiting;
            completed[i] = q->completed;
            extra[i] = 0.0;
            if (isnan(q->target)) continue;
            /* The list at the target year is linear in the extra work. */
            double end = q->waiting, weight = 0.0, referrals = q->referrals;
            for (int t = 1; t <= q->target_year; t++) {
                referrals *= 1.0 + growth[i];
                end = end * keep + referrals - q->completed;
                weight = weight * keep + 1.0;
            }
            extra[i] = fmax(0.0, (end - q->target) / weight);
        }
    }
    memset(w->lost, 0, plan->org.count * FPT_LANES * sizeof *w->lost);
    memset(w->lost_next, 0, plan->org.count * FPT_LANES * sizeof *w->lost);
}

static void step_waiting(fpt_plan_work *w, size_t k, int year)
{
    const fpti_waiting *q = &w->plan->waiting.at[k];
    const double *growth = fpti_at(w, q->growth);
    double *list = fpti_rows(w->list, k), *extra = fpti_rows(w->extra, k);
    double *completed = fpti_rows(w->completed, k);
    FPTI_LANES(i)
    {
        const double referrals =
            q->referrals *
            fpt_lane_exp((double)year * fpt_lane_log(1.0 + growth[i]));
        const double there = list[i] * (1.0 - q->removal) + referrals;
        double done = q->completed + extra[i];
        /* Once the target is reached the list is held there. */
        if (!isnan(q->target) && year > q->target_year && extra[i] > 0.0)
            done = fmax(0.0, there - q->target);
        done = fmin(done, there);
        completed[i] = done;
        list[i] = there - done;
    }
}

static void step_growth(fpt_plan_work *w, size_t g, int year)
{
    const fpti_growth *growth = &w->plan->growth.at[g];
    double *sum = fpti_rows(w->log_growth, g);
    double *shock = fpti_rows(w->shock, g);
    const double *rate = fpti_at(w, growth->rate);
    const double *sigma = fpti_at(w, growth->sigma);
    const double rest = sqrt(1.0 - growth->persistence * growth->persistence);
    const bool drawn = growth->input != SIZE_MAX && !w->scenario->stated;
    const double *z =
        drawn ? w->z + (growth->input + (size_t)year) * FPT_LANES : NULL;
    FPTI_LANES(i)
    {
        shock[i] = drawn
                       ? growth->persistence * shock[i] + rest * sigma[i] * z[i]
                       : 0.0;
        sum[i] += fpt_lane_log(fmax(1e-6, 1.0 + rate[i])) + shock[i];
    }
}

static double rate_at(const fpti_health_class *h, double age)
{
    const double held = fmin(120.0, fmax(0.0, age));
    const int whole = (int)held;
    if (whole >= 120) return h->rate[120];
    return h->rate[whole] +
           (held - whole) * (h->rate[whole + 1] - h->rate[whole]);
}

static void factors_of(fpt_plan_work *w, size_t g, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_growth_class *class = &plan->c.growth_class.at[g];
    const fpt_plan_scenario *s = w->scenario;
    double *people = fpti_rows(w->factor, 4 * g);
    double *growth = people + FPT_LANES, *health = growth + FPT_LANES;
    double *waiting = health + FPT_LANES;
    FPTI_LANES(i) people[i] = growth[i] = health[i] = waiting[i] = 1.0;
    if (class->people != FPTI_NO_ROW && !s->no_demography) {
        const fpti_people *p = &plan->people.at[class->people];
        FPTI_LANES(i)
        {
            const double *at = p->at + w->variant[i] * FPTI_YEARS;
            people[i] = at[0] > 0.0 ? at[year] / at[0] : 0.0;
        }
    }
    if (class->growth != FPTI_NO_ROW && !s->no_growth) {
        const double *sum = fpti_rows(w->log_growth, class->growth);
        FPTI_LANES(i) growth[i] = fpt_lane_exp(sum[i]);
    }
    if (class->health != FPTI_NO_ROW && !s->no_health) {
        const fpti_health_class *h = &plan->c.health_class.at[class->health];
        const double *part = fpti_at(w, plan->set.health_share);
        const double now = rate_at(h, h->age);
        FPTI_LANES(i)
        health[i] =
            now > 0.0
                ? fmax(0.0, rate_at(h, h->age - part[i] * h->gain[year]) / now)
                : 1.0;
    }
    if (class->waiting != FPTI_NO_ROW && !s->no_waiting) {
        const double *done = fpti_rows(w->completed, class->waiting);
        const double first = plan->waiting.at[class->waiting].completed;
        FPTI_LANES(i) waiting[i] = done[i] / first;
    }
}

void fpti_run_growth(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    if (year > 0) {
        for (size_t g = 0; g < plan->growth.count; g++)
            step_growth(w, g, year);
        for (size_t k = 0; k < plan->waiting.count; k++)
            step_waiting(w, k, year);
    }
    for (size_t g = 0; g < plan->c.growth_class.count; g++) {
        factors_of(w, g, year);
        const double *f = fpti_rows(w->factor, 4 * g);
        double *row = fpti_rows(w->grow, g);
        FPTI_LANES(i)
        row[i] = ((f[i] * f[FPT_LANES + i]) * f[2 * FPT_LANES + i]) *
                 f[3 * FPT_LANES + i];
    }
}
