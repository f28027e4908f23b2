/*
 * Spend beside outcome, place by place.
 */
#include "gains_i.h"

/* The variance that a figure's limits stand for: the wider side, so that a
 * skewed interval is not taken for a narrow one. */
static double variance_of(const fpt_figure *f, double confidence)
{
    const double z = fpt_normal_upper((1.0 - confidence) / 2.0);
    const double half = fmax(f->upper - f->value, f->value - f->lower) / z;
    return isnan(half) ? 0.0 : half * half;
}

static const fpt_figure *figure_of(size_t count, const fpt_figure *figure,
                                   fpt_str code, fpt_period period)
{
    for (size_t i = 0; i < count; i++)
        if (fpt_str_equal(figure[i].code, code) &&
            fpt_period_equal(figure[i].period, period))
            return &figure[i];
    return NULL;
}

static double unit_of(int scale)
{
    double unit = 1.0;
    for (int i = 0; i < scale; i++)
        unit *= 10.0;
    return unit;
}

static fpt_worth_plane no_plane(void)
{
    const double none = (double)NAN;
    return (fpt_worth_plane){none, none, none, none};
}

struct asked {
    const fpt_indicator *outcome, *spend;
    double nation_outcome, nation_spend, confidence, z;
};

/* Money over events: the events have the error of their own limits, which are
 * those of the value times events over value. */
static fpt_worth_ratio cost_of(const struct asked *a, const fpt_figure *o,
                               const fpt_figure *s)
{
    fpt_worth_ratio none = {(double)NAN, (double)NAN, (double)NAN};
    const double events = (double)o->numerator / unit_of(a->outcome->scale);
    const double money = (double)s->numerator / unit_of(a->spend->scale);
    if (events <= 0.0 || o->value == 0.0) return none;
    const double per = events / o->value;
    const fpt_worth worth = {.cost = money,
                             .effect = events,
                             .effect_variance =
                                 per * per * variance_of(o, a->confidence)};
    fpt_worth_ratio cost = fpt_worth_fieller(&worth, a->z);
    /* Without limits of its own its error is not known, not nought. */
    if (isnan(o->lower)) cost.lower = cost.upper = (double)NAN;
    return cost;
}

static fpt_worth_plane plane_of(const struct asked *a, const fpt_figure *o,
                                const fpt_figure *s)
{
    if (a->outcome->polarity == FPT_POLARITY_NONE || isnan(a->nation_outcome) ||
        isnan(a->nation_spend) || isnan(o->lower))
        return no_plane();
    const double sign =
        a->outcome->polarity == FPT_POLARITY_HIGHER ? 1.0 : -1.0;
    const fpt_worth worth = {.cost = s->value - a->nation_spend,
                             .effect = sign * (o->value - a->nation_outcome),
                             .cost_variance = variance_of(s, a->confidence),
                             .effect_variance = variance_of(o, a->confidence)};
    return fpt_worth_quarters(&worth);
}

static fpt_value_row row_of(const struct asked *a, const fpt_figure *o,
                            const fpt_figure *s)
{
    fpt_value_row row = {.code = o->code,
                         .name = o->name,
                         .outcome = o->value,
                         .outcome_lower = o->lower,
                         .outcome_upper = o->upper,
                         .nation_outcome = a->nation_outcome,
                         .nation_spend = a->nation_spend,
                         .spend = s != NULL ? s->value : (double)NAN,
                         .events = (double)NAN,
                         .cost = {(double)NAN, (double)NAN, (double)NAN},
                         .plane = no_plane(),
                         .status = FPT_STR("OK")};
    if (!o->has_numerator || isnan(o->value) || s == NULL ||
        !s->has_numerator || isnan(s->value)) {
        row.status = FPT_STR("MISSING");
        return row;
    }
    row.events = (double)o->numerator / unit_of(a->outcome->scale);
    row.cost = cost_of(a, o, s);
    row.plane = plane_of(a, o, s);
    if (isnan(o->lower))
        row.status = FPT_STR("NO_INTERVAL");
    else if (isnan(row.cost.upper))
        row.status = FPT_STR("UNBOUNDED");
    return row;
}

fpt_status fpt_rate_value(fpt_rate *rate, fpt_arena *arena,
                          const fpt_gain_ask *ask, const fpt_indicator *outcome,
                          const fpt_indicator *spend, size_t *count,
                          fpt_value_row **out, fpt_error *err)
{
    struct asked a = {.outcome = outcome,
                      .spend = spend,
                      .confidence =
                          ask->confidence > 0.0 ? ask->confidence : 0.95};
    size_t outcomes, spends, used = 0;
    fpt_figure *o, *s;
    a.z = fpt_normal_upper((1.0 - a.confidence) / 2.0);
    FPT_TRY(fpti_gain_figures(rate, arena, ask, outcome, ask->tier, false,
                              &outcomes, &o, err));
    FPT_TRY(fpti_gain_figures(rate, arena, ask, spend, ask->tier, false,
                              &spends, &s, err));
    FPT_TRY(
        fpti_gain_nation(rate, arena, ask, outcome, &a.nation_outcome, err));
    FPT_TRY(fpti_gain_nation(rate, arena, ask, spend, &a.nation_spend, err));
    fpt_value_row *row = FPT_NEW(arena, fpt_value_row, outcomes);
    if (row == NULL) return fpti_no_memory(err);
    for (size_t i = 0; i < outcomes; i++) {
        if (!fpt_period_equal(o[i].period, ask->period) ||
            fpt_str_equal(o[i].code, FPT_STR(FPT_UNASSIGNED)) ||
            (ask->place.len > 0 && !fpt_str_equal(ask->place, o[i].code)))
            continue;
        row[used++] =
            row_of(&a, &o[i], figure_of(spends, s, o[i].code, ask->period));
    }
    if (used == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "no place of the tier \"" FPT_STR_FMT
                        "\" has both figures for that period",
                        FPT_STR_ARG(ask->tier));
    *count = used;
    *out = row;
    return FPT_OK;
}
