/*
 * What organisations spend: fixed, by the unit and by the step, at the prices
 * of the year; staff; savings; schemes; capital.
 */
#include "money_i.h"

/* ---- prices of the year ---- */

static void pay_index(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_settings *set = &plan->set;
    double *level = fpti_rows(w->index, (size_t)set->pay_index);
    const double *cap = fpti_at(w, set->pay_cap);
    const double *market = fpti_at(w, set->pay_market);
    const double *chance = fpti_at(w, set->pay_break);
    const double *back = fpti_at(w, set->pay_catch_up);
    const bool drawn = plan->c.first_break != SIZE_MAX && !w->scenario->stated;
    FPTI_LANES(i)
    {
        bool breaks = w->scenario->pay_break;
        if (drawn && chance[i] > 0.0)
            breaks = breaks || chance[i] >= 1.0 ||
                     w->z[(plan->c.first_break + (size_t)year - 1) * FPT_LANES +
                          (size_t)i] < fpt_lane_normal_quantile(chance[i]);
        const bool was = w->broken[i] > 0.0;
        if (!was && breaks) {
            /* Part of the ground lost so far is made up at once. */
            level[i] *= 1.0 + back[i] * (w->market[i] / level[i] - 1.0);
            w->broken[i] = 1.0;
        }
        w->market[i] *= 1.0 + market[i];
        level[i] *= 1.0 + (w->broken[i] > 0.0 ? market[i] : cap[i]);
    }
}

void fpti_run_indices(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    if (year == 0) {
        for (size_t k = 0; k < plan->index.count; k++)
            FPTI_LANES(i) fpti_rows(w->index, k)[i] = 1.0;
        FPTI_LANES(i)
        {
            w->market[i] = w->deflator[i] = 1.0;
            w->broken[i] = 0.0;
        }
    } else if (!w->scenario->frozen_prices) {
        for (size_t k = 0; k < plan->index.count; k++) {
            const fpti_index *index = &plan->index.at[k];
            if (index->pay) {
                pay_index(w, year);
                continue;
            }
            const double *growth = fpti_at(w, index->growth[year]);
            double *level = fpti_rows(w->index, k);
            FPTI_LANES(i) level[i] *= 1.0 + growth[i];
        }
        if (plan->set.deflator != FPTI_NO_ROW) {
            const double *growth = fpti_at(w, plan->set.deflator);
            FPTI_LANES(i) w->deflator[i] *= 1.0 + growth[i];
        }
    }
    double *metric = fpti_metric(w, FPT_PLAN_METRIC_DEFLATOR, 0, year);
    FPTI_LANES(i) metric[i] = fpt_lane_round(1e6 * w->deflator[i]);
}

/* ---- costs.csv ---- */

/* Steps held: a step is given back only when it was not needed for some years. */
static const double *steps_held(fpt_plan_work *w, size_t k, int year,
                                const double *volume, double *held)
{
    const fpti_cost *cost = &w->plan->cost.at[k];
    if (!(cost->step_units > 0.0)) return w->none;
    double *steps = fpti_rows(w->steps, k * FPTI_YEARS + (size_t)year);
    FPTI_LANES(i)
    {
        steps[i] = ceil(volume[i] / cost->step_units - 1e-9);
        held[i] = steps[i];
    }
    for (int before = 1; before <= cost->lag && before <= year; before++) {
        const double *earlier =
            fpti_rows(w->steps, k * FPTI_YEARS + (size_t)(year - before));
        FPTI_LANES(i) held[i] = fmax(held[i], earlier[i]);
    }
    return held;
}

static void one_cost(fpt_plan_work *w, size_t k, int year)
{
    const fpti_cost *cost = &w->plan->cost.at[k];
    double held[FPT_LANES];
    const double *volume = fpti_rows(w->volume, k);
    const fpti_money_cost row = {.fixed = fpti_at(w, cost->fixed),
                                 .unit = fpti_at(w, cost->unit),
                                 .volume = volume,
                                 .step = fpti_at(w, cost->step_pounds),
                                 .held = steps_held(w, k, year, volume, held),
                                 .level = fpti_level(w, cost->index)};
    FPTI_MONEY(
        w, cost, &row,
        fpti_rows(cost->category == FPTI_COST_REFORM ? w->reform : w->cost,
                  (size_t)cost->org));
}

/* ---- schemes ---- */

/* Variable cost of one event (and its days) of a line, in pence. */
static void avoidable(fpt_plan_work *w, size_t line, bool days, double *out)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const uint32_t column = (uint32_t)(days ? c->line.count + line : line);
    FPTI_LANES(i) out[i] = 0.0;
    for (size_t k = 0; k < plan->cost.count; k++) {
        for (uint32_t e = c->volume.start[k]; e < c->volume.start[k + 1]; e++) {
            if (c->volume.column[e] != column) continue;
            const fpti_cost *cost = &plan->cost.at[k];
            const double *unit = fpti_at(w, cost->unit);
            const double *level =
                cost->index == FPTI_NONE
                    ? NULL
                    : fpti_rows(w->index, (size_t)cost->index);
            FPTI_LANES(i)
            out[i] += 100.0 * unit[i] * (level != NULL ? level[i] : 1.0);
        }
    }
}

/* What would have been spent on what schemes avoid: at avoidable cost, never
 * at tariff. */
static void scheme_values(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    memset(w->scheme_value, 0,
           plan->scheme.count * FPT_LANES * sizeof *w->scheme_value);
    uint32_t last = UINT32_MAX;
    double event[FPT_LANES] = {0}, day[FPT_LANES] = {0};
    for (size_t r = 0; r < c->removal.count; r++) {
        const fpti_removal *removal = &c->removal.at[r];
        if (removal->scheme >= plan->scheme.count) continue;
        const uint32_t line = c->group.at[removal->group].line;
        if (line != last) {
            avoidable(w, line, false, event);
            avoidable(w, line, true, day);
            last = line;
        }
        const double *gone = fpti_rows(w->removed, r);
        const double *days = fpti_rows(w->removed_days, r);
        double *sum = fpti_rows(w->scheme_value, removal->scheme);
        FPTI_LANES(i) sum[i] += gone[i] * event[i] + days[i] * day[i];
    }
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if (group->length == FPTI_NO_ROW || group->bed == FPTI_NO_ROW) continue;
        avoidable(w, group->line, true, day);
        const fpti_mask *mask = &c->mask.at[group->length];
        const double *one = fpti_rows(w->pre[1], group->bed);
        const double *pre = fpti_rows(w->pre[0], g);
        const double *kept = fpti_rows(w->kept, g);
        for (size_t j = 0; j < mask->count; j++) {
            const double *share = fpti_rows(w->share, mask->share + j);
            double *sum = fpti_rows(w->scheme_value, mask->scheme[j]);
            FPTI_LANES(i)
            sum[i] += pre[i] > 0.0
                          ? one[i] * share[i] * (kept[i] / pre[i]) * day[i]
                          : 0.0;
        }
    }
}

static void scheme_costs(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const bool off = w->scenario->no_schemes;
    scheme_values(w);
    for (size_t k = 0; k < plan->scheme.count; k++) {
        const fpti_scheme *s = &plan->scheme.at[k];
        double *sum = fpti_rows(w->scheme_cost, k);
        const double *achieved =
            fpti_rows(w->achieved, k * FPTI_YEARS + (size_t)year);
        const double *units = fpti_at(w, s->units);
        const double *each = fpti_at(w, s->unit_pounds);
        const double *running = fpti_at(w, s->running_pounds);
        const double *set_up = fpti_at(w, s->set_up_pounds);
        const double *twice = fpti_at(w, s->double_running);
        const double *gone = fpti_rows(w->scheme_removed, k);
        const double *value = fpti_rows(w->scheme_value, k);
        const bool starts = (double)year == s->start && year > 0;
        const bool runs = (double)year >= s->start && year > 0 && !s->null &&
                          (double)year <= s->ends;
        FPTI_LANES(i)
        {
            double pounds = 0.0;
            if (runs && !off)
                pounds = gone[i] * units[i] * each[i] + running[i] +
                         (starts ? set_up[i] : 0.0);
            double pence = 100.0 * pounds * w->deflator[i];
            /* While it ramps the old capacity is not yet given back. */
            if (runs && achieved[i] > 0.0 && achieved[i] < 1.0)
                pence += twice[i] * value[i] * (1.0 / achieved[i] - 1.0);
            sum[i] = fpt_lane_round(pence);
        }
        if (s->pays != FPTI_NONE) {
            double *other = fpti_rows(w->other, (size_t)s->pays);
            FPTI_LANES(i) other[i] += sum[i];
        }
        double *cost = fpti_metric(w, FPT_PLAN_METRIC_SCHEME_COST, k, year);
        double *worth = fpti_metric(w, FPT_PLAN_METRIC_SCHEME_VALUE, k, year);
        FPTI_LANES(i)
        {
            cost[i] = sum[i];
            worth[i] = fpt_lane_round(value[i]) - sum[i];
        }
    }
}

/* ---- savings ---- */

static inline double above_zero(double x)
{
    return x > 0.0 ? x : 0.0;
}

/* What an organisation's own cost schemes save this year. */
static void cost_schemes(const fpt_plan_work *w, size_t o, int year,
                         fpti_money_saved *all)
{
    const fpt_plan *plan = w->plan;
    for (size_t k = 0; k < plan->scheme.count; k++) {
        const fpti_scheme *s = &plan->scheme.at[k];
        if (s->type != FPTI_COST || s->org != (int)o || s->null) continue;
        const double *x = fpti_rows(w->effect, k);
        const double *pounds = fpti_at(w, s->pounds);
        const double *achieved =
            fpti_rows(w->achieved, k * FPTI_YEARS + (size_t)year);
        const double *real = fpti_at(w, s->realisation);
        FPTI_LANES(i)
        {
            all->share[i] += x[i];
            all->level[i] +=
                100.0 * above_zero(real[i]) * pounds[i] * achieved[i];
        }
    }
}

static void savings(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const size_t row = FPT_LANES * sizeof(double);
    fpti_money_saved all;
    for (size_t o = 0; o < plan->org.count; o++) {
        /* Rows of an organisation that saves nothing were never written. */
        if (!c->saves[o]) continue;
        all.keep = fpti_rows(w->saving_keep, o);
        all.pence = fpti_rows(w->saving_pence, o);
        FPTI_MONEY(w, begin, &all, year == 0);
        for (size_t k = c->first_saving[o * FPTI_YEARS + (size_t)year];
             k < c->first_saving[o * FPTI_YEARS + (size_t)year + 1] &&
             !w->scenario->no_savings;
             k++) {
            const fpti_saving *s = &plan->saving.at[c->saving[k]];
            const fpti_money_saving one = {
                fpti_at(w, s->fraction), fpti_at(w, s->pounds),
                fpti_at(w, s->realisation), fpti_at(w, s->recurrent)};
            FPTI_MONEY(w, saving, &one, &all);
        }
        cost_schemes(w, o, year, &all);
        double *once = fpti_rows(w->once, o);
        FPTI_MONEY(w, saved, &all, fpti_rows(w->cost, o),
                   fpti_rows(w->saved, o), once);
        memcpy(fpti_rows(w->saved_once, o), once, row);
    }
}

void fpti_run_costs(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const size_t row = FPT_LANES * sizeof(double);
    memset(w->cost, 0, plan->org.count * row);
    memset(w->other, 0, plan->org.count * row);
    memset(w->once, 0, plan->org.count * row);
    memset(w->reform, 0, plan->org.count * row);
    fpt_lanes_apply(w->level, &plan->c.volume, w->stack, w->volume);
    for (size_t k = 0; k < plan->cost.count; k++)
        one_cost(w, k, year);
    for (size_t o = 0; o < plan->org.count; o++) {
        double *cost = fpti_rows(w->cost, o);
        double *other = fpti_rows(w->other, o);
        const double *staff = fpti_rows(w->staff_cost, o);
        const double *charge =
            fpti_rows(w->charge, o * FPTI_YEARS + (size_t)year);
        FPTI_LANES(i)
        {
            cost[i] += staff[i];
            other[i] += charge[i];
        }
    }
    /* Days beyond those of the baseline, which its costs hold already. */
    for (size_t d = 0; d < plan->delay.count; d++) {
        const fpti_delay *delay = &plan->delay.at[d];
        const fpti_beds *beds = &plan->beds.at[delay->beds];
        const double *now =
            fpti_metric(w, FPT_PLAN_METRIC_DELAYED_DAYS, delay->beds, year);
        const double *then =
            fpti_metric(w, FPT_PLAN_METRIC_DELAYED_DAYS, delay->beds, 0);
        if (beds->org == FPTI_NONE) continue;
        double *other = fpti_rows(w->other, (size_t)beds->org);
        FPTI_LANES(i)
        other[i] += fpt_lane_round(0.001 * (now[i] - then[i]) *
                                   delay->day_pence * w->deflator[i]);
    }
    savings(w, year);
    scheme_costs(w, year);
}
