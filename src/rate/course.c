/*
 * Trajectories of a framework: the base years of each place and of the nation out
 * of their series, and what the kernel makes of them.
 */
#include <stdio.h>

#include "rate_i.h"

enum { MOST_YEARS = 64, DRAWS = 10000 };

fpt_period fpti_target_period(const fpt_framework *f,
                              const fpt_framework_item *item)
{
    const int year = item->trajectory.target_year;
    return f->grain == FPT_GRAIN_FY ? fpt_fy(year) : fpt_calendar_year(year);
}

static int year_of(const fpt_framework *f, fpt_period period)
{
    int year, month, day;
    const fpt_grain grain =
        f->grain == FPT_GRAIN_FY ? FPT_GRAIN_FY : FPT_GRAIN_YEAR;
    if (fpt_period_grain(period) != grain) return 0;
    fpt_date_split(period.from, &year, &month, &day);
    return year;
}

/* The good figure of a place and year, or NaN. */
static double figure_in(const fpt_framework *f, const fpti_series *s,
                        fpt_str code, int year)
{
    double unit = 1.0;
    for (int i = 0; i < s->decimals; i++)
        unit *= 10.0;
    for (size_t i = 0; i < s->count; i++) {
        const fpt_figure *g = &s->figure[i];
        if (g->has_numerator && fpt_str_equal(g->status, FPT_STR("OK")) &&
            fpt_str_equal(g->code, code) && year_of(f, g->period) == year)
            return (double)g->numerator / unit;
    }
    return (double)NAN;
}

struct sides {
    const fpt_framework *f;
    const fpt_trajectory_rule *rule;
    const fpti_series *events, *people;
};

struct past {
    double year[MOST_YEARS], events[MOST_YEARS], people[MOST_YEARS];
};

/* Years without both figures are left out; how many are there is told. */
static fpt_past find_past(const struct sides *s, fpt_str code, struct past *p)
{
    fpt_past out = {0, p->year, p->events, p->people};
    for (int y = s->rule->base_from; y <= s->rule->base_to; y++) {
        const double x = figure_in(s->f, s->events, code, y);
        const double n = figure_in(s->f, s->people, code, y);
        if (isnan(x) || isnan(n)) continue;
        p->year[out.count] = y;
        p->events[out.count] = x;
        p->people[out.count++] = n;
    }
    return out;
}

/* People of the years ahead: projected where they are loaded, else as in the year
 * before. */
static size_t find_ahead(const struct sides *s, fpt_str code,
                         const fpt_past *past, double *people)
{
    const int last = (int)past->year[past->count - 1];
    const int years = s->rule->target_year - last;
    double now = past->people[past->count - 1];
    for (int k = 1; k <= years; k++) {
        const double ahead = figure_in(s->f, s->people, code, last + k);
        if (!isnan(ahead)) now = ahead;
        people[k - 1] = now;
    }
    return (size_t)years;
}

static bool tell(fpti_case *c, const fpt_framework_item *item, size_t bases,
                 const fpt_trajectory *t, fpt_str *out)
{
    const fpt_trajectory_rule *r = &item->trajectory;
    char announced[64] = "";
    if (!isnan(r->published))
        snprintf(announced, sizeof announced, "; announced were %.10g (%.*s)",
                 r->published, FPT_STR_ARG(r->published_is));
    *out = fpt_str_print(
        c->arena,
        "%zu base years; in %d %.4g against the nation's %.4g for one person; "
        "in that year alone %.0f (%.0f to %.0f), from the base on %.0f (%.0f "
        "to %.0f)%s; chance of getting there %.0f %%",
        bases, r->target_year, t->local, t->nation, t->final_year.value,
        t->final_year.lower, t->final_year.upper, t->cumulative.value,
        t->cumulative.lower, t->cumulative.upper, announced, 100.0 * t->chance);
    return out->data != NULL;
}

static fpt_status fill_place(fpti_case *c, const fpt_framework_item *item,
                             const struct sides *s, const fpt_past *nation,
                             size_t p, double *work, fpti_column *column,
                             fpt_error *err)
{
    struct past mine;
    double people[256];
    fpt_trajectory t;
    const fpt_past local = find_past(s, c->places.code[p], &mine);
    if (local.count == 0) return FPT_OK;
    column->state[p] = FPT_RATING_MISSING;
    const size_t years = find_ahead(s, c->places.code[p], &local, people);
    const fpt_trajectory_options options = {
        .log_scale = item->trajectory.log_scale,
        .better = item->better == FPT_POLARITY_HIGHER ? 1 : -1,
        .course = item->trajectory.course,
        .draws = DRAWS,
        .seed = c->ask->seed,
        .entity = (uint32_t)p,
        .confidence = c->ask->confidence > 0.0 ? c->ask->confidence : 0.95};
    if (fpt_trajectory_find(&local, nation, years, people, &options, work,
                            &t) != FPT_OK) {
        column->text[p] = fpt_str_print(
            c->arena,
            "%zu base years here and %zu of the nation: three of each with "
            "events in every one are needed",
            local.count, nation->count);
        return column->text[p].data != NULL ? FPT_OK : fpti_no_memory(err);
    }
    const fpt_avoided *shown =
        fpt_str_equal(item->trajectory.published_is, FPT_STR("cumulative"))
            ? &t.cumulative
            : &t.final_year;
    column->state[p] = FPT_RATING_OK;
    column->value[p] = column->shown[p] = shown->value;
    column->lower[p] = shown->lower;
    column->upper[p] = shown->upper;
    column->course[p] = (int)t.state + 1;
    column->chance[p] = t.chance;
    return tell(c, item, local.count, &t, &column->text[p])
               ? FPT_OK
               : fpti_no_memory(err);
}

fpt_status fpti_fill_trajectory(fpti_case *c, const fpt_framework_item *item,
                                fpti_column *column, fpt_error *err)
{
    struct sides s = {.f = c->framework, .rule = &item->trajectory};
    struct past past;
    if (!fpt_period_equal(c->period, fpti_target_period(c->framework, item)))
        return FPT_OK;
    FPT_TRY(fpti_series_get(c->rate, item->trajectory.events, &s.events, err));
    FPT_TRY(fpti_series_get(c->rate, item->trajectory.people, &s.people, err));
    if (s.events->count == 0) return FPT_OK;
    column->course = FPT_NEW(c->arena, int, c->places.count);
    column->chance = FPT_NEW(c->arena, double, c->places.count);
    double *work = FPT_NEW(c->arena, double, 2 * DRAWS);
    if (column->course == NULL || column->chance == NULL || work == NULL)
        return fpti_no_memory(err);
    const fpt_past nation = find_past(&s, c->rate->tiers->nation_code, &past);
    column->from =
        fpt_str_print(c->arena, "series " FPT_STR_FMT " over " FPT_STR_FMT,
                      FPT_STR_ARG(item->trajectory.events),
                      FPT_STR_ARG(item->trajectory.people));
    if (column->from.data == NULL) return fpti_no_memory(err);
    column->period = c->period;
    for (size_t p = 0; p < c->places.count; p++)
        FPT_TRY(fill_place(c, item, &s, &nation, p, work, column, err));
    return FPT_OK;
}
