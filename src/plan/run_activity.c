/*
 * A year's activity: cells grown, moved, avoided, shifted and shortened, summed
 * into lines. In expectation with the moments of what chance adds, or drawn
 * spell by spell.
 */
#include <stdarg.h>
#include <stdio.h>

#include "run_i.h"

void fpti_run_fail(fpt_plan_work *w, const char *format, ...)
{
    if (w->status != FPT_OK) return;
    w->status = FPT_ERR_RANGE;
    w->error.code = FPT_ERR_RANGE;
    va_list args;
    va_start(args, format);
    vsnprintf(w->error.text, sizeof w->error.text, format, args);
    va_end(args);
}

/* ---- where patients go ---- */

static void flow_shares(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    for (size_t f = 0; f < plan->flow.count; f++) {
        const fpti_flow *flow = &plan->flow.at[f];
        const double ramp =
            w->scenario->no_flows || year == 0
                ? 0.0
                : fpti_ramp_at(&flow->ramp, (double)year - flow->start);
        const double *share = fpti_at(w, flow->share);
        double *row = fpti_rows(w->flow, f);
        FPTI_LANES(i) row[i] = ramp * share[i];
    }
    for (size_t s = 0; s < c->stay.count; s++) {
        double *row = fpti_rows(w->flow, plan->flow.count + s);
        FPTI_LANES(i) row[i] = 1.0;
        for (size_t k = 0; k < c->stay.at[s].count; k++) {
            const double *gone = fpti_rows(w->flow, c->stay.at[s].scheme[k]);
            FPTI_LANES(i) row[i] -= gone[i];
        }
        FPTI_LANES(i)
        {
            if (row[i] < -1e-9)
                fpti_run_fail(
                    w,
                    "flows take more than all patients of one "
                    "place; the first of them is \"%.*s\"",
                    FPT_STR_ARG(plan->flow.at[c->stay.at[s].scheme[0]].name));
            row[i] = fmax(0.0, row[i]);
        }
    }
}

/* ---- in expectation ---- */

static void masses(fpt_plan_work *w)
{
    const fpti_compiled *c = &w->plan->c;
    for (int m = 0; m < 3; m++)
        fpt_lanes_apply(w->level, &c->mass[m], w->grow, w->mass[m]);
    fpt_lanes_multiply(w->level, c->group.count, c->pre_group, w->mass[0],
                       c->pre_flow, w->flow, w->pre[0]);
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if (group->bed == FPTI_NO_ROW) continue;
        for (int m = 1; m < 3; m++) {
            const double *from = fpti_rows(w->mass[m], group->bed);
            double *to = fpti_rows(w->pre[m], group->bed);
            if (group->flow == FPTI_NO_ROW) {
                FPTI_LANES(i) to[i] = from[i];
            } else {
                const double *share = fpti_rows(w->flow, group->flow);
                FPTI_LANES(i) to[i] = from[i] * share[i];
            }
        }
    }
    fpt_lanes_multiply(w->level, c->group.count, c->pre_group, w->pre[0],
                       c->post_mask, w->keep, w->kept);
}

/* Days of lines, and what chance does to them: per event c + l q days. */
static void line_days(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const double offset = plan->set.day_offset;
    double *days = fpti_rows(w->stack, c->line.count);
    memset(days, 0, c->line.count * FPT_LANES * sizeof *days);
    memset(w->moment[1], 0, c->line.count * FPT_LANES * sizeof *days);
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if (group->bed == FPTI_NO_ROW) continue;
        const double *kept = fpti_rows(w->kept, g);
        const double *one = fpti_rows(w->pre[1], group->bed);
        const double *two = fpti_rows(w->pre[2], group->bed);
        const double *pre = fpti_rows(w->pre[0], g);
        const double *q = group->length != FPTI_NO_ROW
                              ? fpti_rows(w->keep, group->length)
                              : NULL;
        double *to = fpti_rows(days, group->line);
        double *square = fpti_rows(w->moment[1], group->line);
        FPTI_LANES(i)
        {
            const double share = pre[i] > 0.0 ? kept[i] / pre[i] : 0.0;
            const double y1 = one[i] * share, y2 = two[i] * share;
            const double stay = q != NULL ? q[i] : 1.0;
            to[i] += offset * kept[i] + stay * y1;
            square[i] += stay * (1.0 - stay) * y1 + offset * offset * kept[i] +
                         2.0 * offset * stay * y1 + stay * stay * y2;
        }
    }
}

/* What each scheme takes from each group, and what arrives for it. */
static void removals(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    double *days = fpti_rows(w->stack, c->line.count);
    for (size_t r = 0; r < c->removal.count; r++) {
        const fpti_removal *removal = &c->removal.at[r];
        const fpti_group *group = &c->group.at[removal->group];
        const double *pre = fpti_rows(w->pre[0], removal->group);
        const double *share = fpti_rows(w->share, removal->slot);
        double *out = fpti_rows(w->removed, r);
        double *out_days = fpti_rows(w->removed_days, r);
        FPTI_LANES(i) out[i] = pre[i] * share[i];
        if (group->bed != FPTI_NO_ROW) {
            const double *one = fpti_rows(w->pre[1], group->bed);
            const double offset = plan->set.day_offset;
            FPTI_LANES(i) out_days[i] = offset * out[i] + one[i] * share[i];
        } else {
            FPTI_LANES(i) out_days[i] = 0.0;
        }
        if (removal->to_line == FPTI_NO_ROW) continue;
        const fpti_scheme *s = &plan->scheme.at[removal->scheme];
        const double *units = fpti_at(w, s->units);
        double *there = fpti_rows(w->stack, removal->to_line);
        double *variance = fpti_rows(w->moment[0], removal->to_line);
        FPTI_LANES(i)
        {
            there[i] += units[i] * out[i];
            variance[i] += units[i] * units[i] * out[i];
        }
        const fpti_output *line = &c->line.at[removal->to_line];
        if (!line->uses_beds) continue;
        double *to = fpti_rows(days, removal->to_line);
        double *square = fpti_rows(w->moment[1], removal->to_line);
        if (s->type == FPTI_MOVE && group->bed != FPTI_NO_ROW) {
            const double *two = fpti_rows(w->pre[2], group->bed);
            const double offset = plan->set.day_offset;
            FPTI_LANES(i)
            {
                to[i] += out_days[i];
                square[i] += 2.0 * offset * out_days[i] -
                             offset * offset * out[i] + two[i] * share[i];
            }
        } else {
            /* A setting with beds and no stay known: the day of each event. */
            const double offset = plan->set.day_offset;
            FPTI_LANES(i)
            {
                to[i] += offset * units[i] * out[i];
                square[i] += offset * offset * units[i] * out[i];
            }
        }
    }
}

/* ---- chance of the right moments ---- */

/* A Poisson count at a uniform, for means up to 30. */
static double poisson_at(double mean, double u)
{
    double p = fpt_lane_exp(-mean), sum = p, k = 0.0;
    while (u > sum && k < 200.0) {
        k += 1.0;
        p *= mean / k;
        sum += p;
    }
    return k;
}

/* A positive number with this mean and variance, at a normal score. */
static double lognormal_at(double mean, double variance, double z)
{
    if (!(mean > 0.0)) return 0.0;
    const double s2 = fpt_lane_log(1.0 + variance / (mean * mean));
    return mean * fpt_lane_exp(sqrt(s2) * z - 0.5 * s2);
}

static void add_chance(fpt_plan_work *w, int year)
{
    const fpti_compiled *c = &w->plan->c;
    for (size_t l = 0; l < c->line.count; l++) {
        const fpti_output *line = &c->line.at[l];
        double *n = fpti_rows(w->stack, l);
        double *b = fpti_rows(w->stack, c->line.count + l);
        const double *variance = fpti_rows(w->moment[0], l);
        const double *square = fpti_rows(w->moment[1], l);
        double u[FPT_LANES], z[FPT_LANES] = {0};
        fpt_lanes_uniform(w->level, w->seed, line->stream, 2 * (uint32_t)year,
                          w->row, u);
        if (line->uses_beds)
            fpt_lanes_normal(w->level, w->seed, line->stream,
                             2 * (uint32_t)year + 1, w->row, z);
        FPTI_LANES(i)
        {
            const double mean = n[i];
            if (!(mean > 0.0)) {
                n[i] = b[i] = 0.0;
                continue;
            }
            const double day = b[i] / mean;
            const double day_variance = fmax(0.0, square[i] / mean - day * day);
            const bool plain = fabs(variance[i] - mean) < 1e-9 * mean;
            if (plain && mean < 30.0)
                n[i] = poisson_at(mean, u[i]);
            else if (plain)
                n[i] = fmax(0.0,
                            mean + sqrt(mean) * fpt_lane_normal_quantile(u[i]));
            else
                n[i] = lognormal_at(mean, variance[i],
                                    fpt_lane_normal_quantile(u[i]));
            b[i] = line->uses_beds
                       ? lognormal_at(n[i] * day, n[i] * day_variance, z[i])
                       : 0.0;
        }
    }
}

/* ---- spell by spell ---- */

/* Share out whole removals of a group among the schemes of its mask. Days are
 * bed days: patients who lie in no bed have none. */
static void split_removed(fpt_plan_work *w, size_t first, size_t count,
                          const int32_t *events, const int32_t *days)
{
    int64_t weight[FPTI_MASK_MOST], part[FPTI_MASK_MOST];
    uint64_t rest[FPTI_MASK_MOST];
    const fpti_compiled *c = &w->plan->c;
    const bool in_bed =
        c->group.at[c->removal.at[first].group].bed != FPTI_NO_ROW;
    FPTI_LANES(i)
    {
        int64_t sum = 0;
        for (size_t k = 0; k < count; k++) {
            const fpti_removal *r = &c->removal.at[first + k];
            weight[k] =
                (int64_t)(fpti_rows(w->share, r->slot)[i] * 0x1p40 + 0.5);
            sum += weight[k];
        }
        for (int measure = 0; measure < 2; measure++) {
            double *out = measure == 0 ? w->removed : w->removed_days;
            const int64_t whole = measure == 0 ? events[i]
                                  : in_bed     ? days[i]
                                               : 0;
            if (sum == 0 || whole == 0 ||
                fpt_apportion(whole, count, weight, part, rest) != FPT_OK)
                memset(part, 0, sizeof part);
            for (size_t k = 0; k < count; k++)
                fpti_rows(out, first + k)[i] = (double)part[k];
        }
    }
}

static void draw_spells(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    const fpt_activity_model *m = &c->spell;
    for (size_t g = 0; g < m->growth_count; g++) {
        const double *grow = fpti_rows(w->grow, c->spell_class[g]);
        double *row = fpti_rows(w->spell_growth, g);
        if (c->spell_flow[g] == FPTI_NO_ROW) {
            FPTI_LANES(i) row[i] = grow[i];
        } else {
            const double *share = fpti_rows(w->flow, c->spell_flow[g]);
            FPTI_LANES(i) row[i] = grow[i] * share[i];
        }
    }
    const fpt_activity_rates rates = {w->spell_growth, w->keep};
    const fpt_activity_counts counts = {w->spell_output, w->spell_tally};
    if (fpt_activity_sample(w->level, m, &rates, w->seed, (uint32_t)year,
                            w->row, &counts, w->spell_work) != FPT_OK) {
        fpti_run_fail(w, "there are too many events to draw them one by one");
        return;
    }
    for (size_t l = 0; l < c->line.count; l++) {
        double *n = fpti_rows(w->stack, l);
        double *b = fpti_rows(w->stack, c->line.count + l);
        FPTI_LANES(i)
        {
            n[i] = w->spell_output[2 * l * FPT_LANES + (size_t)i];
            b[i] = w->spell_output[(2 * l + 1) * FPT_LANES + (size_t)i];
        }
    }
}

static void spell_removals(fpt_plan_work *w)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    for (size_t r = 0; r < c->removal.count;) {
        const uint32_t group = c->removal.at[r].group;
        size_t count = 1;
        while (r + count < c->removal.count &&
               c->removal.at[r + count].group == group)
            count++;
        const int32_t *tally =
            w->spell_tally + (size_t)group * FPT_ACTIVITY_MEASURES * FPT_LANES;
        split_removed(w, r, count, tally + FPT_ACTIVITY_AVOIDED * FPT_LANES,
                      tally + FPT_ACTIVITY_AVOIDED_DAYS * FPT_LANES);
        r += count;
    }
    for (size_t r = 0; r < c->removal.count; r++) {
        const fpti_removal *removal = &c->removal.at[r];
        if (removal->to_line == FPTI_NO_ROW) continue;
        const fpti_scheme *s = &plan->scheme.at[removal->scheme];
        const double *units = fpti_at(w, s->units);
        const double *gone = fpti_rows(w->removed, r);
        const double *gone_days = fpti_rows(w->removed_days, r);
        double *n = fpti_rows(w->stack, removal->to_line);
        double *b = fpti_rows(w->stack, c->line.count + removal->to_line);
        const bool beds = c->line.at[removal->to_line].uses_beds;
        const double offset = plan->set.day_offset;
        FPTI_LANES(i)
        {
            const double arrive = fpt_lane_round(units[i] * gone[i]);
            n[i] += arrive;
            if (beds)
                b[i] += s->type == FPTI_MOVE ? gone_days[i] : offset * arrive;
        }
    }
}

/* ---- the year ---- */

static void combine(fpt_plan_work *w)
{
    const fpti_compiled *c = &w->plan->c;
    for (size_t m = 0; m < c->mask.count; m++) {
        const fpti_mask *mask = &c->mask.at[m];
        fpti_mask_shares(w->plan, mask, w->effect, fpti_rows(w->keep, m),
                         fpti_rows(w->share, mask->share), w->scratch);
    }
}

static void scheme_metrics(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    fpt_lanes_apply(w->level, &c->scheme_removed, w->removed,
                    w->scheme_removed);
    for (size_t k = 0; k < plan->scheme.count; k++) {
        double *avoided = fpti_metric(w, FPT_PLAN_METRIC_AVOIDED, k, year);
        const double *units = fpti_rows(w->scheme_removed, k);
        FPTI_LANES(i) avoided[i] = fpt_lane_round(1000.0 * units[i]);
        double *saved = fpti_metric(w, FPT_PLAN_METRIC_SAVED_DAYS, k, year);
        FPTI_LANES(i) saved[i] = 0.0;
    }
    /* Days saved by shorter stays, shared as the mask shares them; and those
     * of events that are taken away. */
    for (size_t g = 0; g < c->group.count; g++) {
        const fpti_group *group = &c->group.at[g];
        if (group->length == FPTI_NO_ROW || group->bed == FPTI_NO_ROW) continue;
        const fpti_mask *mask = &c->mask.at[group->length];
        const double *one = fpti_rows(w->pre[1], group->bed);
        const double *pre = fpti_rows(w->pre[0], g);
        const double *kept = fpti_rows(w->kept, g);
        for (size_t j = 0; j < mask->count; j++) {
            const double *share = fpti_rows(w->share, mask->share + j);
            double *saved = fpti_metric(w, FPT_PLAN_METRIC_SAVED_DAYS,
                                        mask->scheme[j], year);
            FPTI_LANES(i)
            saved[i] += pre[i] > 0.0
                            ? 1000.0 * one[i] * share[i] * (kept[i] / pre[i])
                            : 0.0;
        }
    }
    for (size_t r = 0; r < c->removal.count; r++) {
        const fpti_removal *removal = &c->removal.at[r];
        if (removal->scheme >= plan->scheme.count) continue;
        const double *days = fpti_rows(w->removed_days, r);
        double *saved =
            fpti_metric(w, FPT_PLAN_METRIC_SAVED_DAYS, removal->scheme, year);
        FPTI_LANES(i) saved[i] += 1000.0 * days[i];
    }
    for (size_t k = 0; k < plan->scheme.count; k++) {
        double *saved = fpti_metric(w, FPT_PLAN_METRIC_SAVED_DAYS, k, year);
        fpti_round_row(saved, saved);
    }
}

void fpti_round_row(const double *x, double *out)
{
    FPTI_LANES(i) out[i] = fpt_lane_round(x[i]);
}

void fpti_run_activity(fpt_plan_work *w, int year)
{
    const fpt_plan *plan = w->plan;
    const fpti_compiled *c = &plan->c;
    flow_shares(w, year);
    combine(w);
    masses(w);
    fpt_lanes_apply(w->level, &c->lines, w->kept, w->stack);
    memcpy(w->moment[0], w->stack,
           c->line.count * FPT_LANES * sizeof *w->stack);
    line_days(w);
    removals(w);
    const bool chance = year > 0 && !w->scenario->stated;
    if (chance && w->scenario->noise == FPT_PLAN_NOISE_MOMENTS) {
        add_chance(w, year);
    } else if (chance && w->scenario->noise == FPT_PLAN_NOISE_INTEGERS) {
        if (!c->whole_counts) {
            fpti_run_fail(w, "counts of baseline.csv that are not whole cannot "
                             "be drawn one by one");
            return;
        }
        draw_spells(w, year);
        if (w->status == FPT_OK) spell_removals(w);
    }
    scheme_metrics(w, year);
    for (size_t l = 0; l < c->line.count && w->want[FPT_PLAN_METRIC_EVENTS];
         l++) {
        const double *n = fpti_rows(w->stack, l);
        const double *b = fpti_rows(w->stack, c->line.count + l);
        double *events = fpti_metric(w, FPT_PLAN_METRIC_EVENTS, l, year);
        double *days = fpti_metric(w, FPT_PLAN_METRIC_DAYS, l, year);
        FPTI_LANES(i)
        {
            events[i] = fpt_lane_round(1000.0 * n[i]);
            days[i] = fpt_lane_round(1000.0 * b[i]);
        }
    }
    for (size_t k = 0; k < c->inside_count && w->want[FPT_PLAN_METRIC_UNMET];
         k++) {
        const double *gone = fpti_rows(
            w->scheme_removed, plan->scheme.count + (size_t)c->inside[k]);
        double *unmet = fpti_metric(w, FPT_PLAN_METRIC_UNMET, k, year);
        double *all =
            fpti_metric(w, FPT_PLAN_METRIC_UNMET, c->inside_count, year);
        FPTI_LANES(i)
        {
            unmet[i] = fpt_lane_round(1000.0 * gone[i]);
            all[i] = k == 0 ? unmet[i] : all[i] + unmet[i];
        }
    }
}
