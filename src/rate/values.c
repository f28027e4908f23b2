/*
 * The values of one period: what each indicator says of each place.
 *
 * Of several sources of an indicator the first counts that has any data for the
 * period, for all places alike: a column is never put together from two. The
 * next source that has data is shown beside it.
 */
#include "rate_i.h"

#define NONE ((double)NAN)

/* ---- columns ---- */

bool fpti_column_make(fpt_arena *arena, size_t places, fpti_column *out)
{
    *out = (fpti_column){.value = FPT_NEW(arena, double, places),
                         .shown = FPT_NEW(arena, double, places),
                         .lower = FPT_NEW(arena, double, places),
                         .upper = FPT_NEW(arena, double, places),
                         .top = FPT_NEW(arena, double, places),
                         .bottom = FPT_NEW(arena, double, places),
                         .state = FPT_NEW(arena, fpt_rating_state, places),
                         .text = FPT_NEW(arena, fpt_str, places),
                         .from = {"", 0},
                         .nation = NONE,
                         .multiplier = 1.0};
    if (out->value == NULL || out->shown == NULL || out->lower == NULL ||
        out->upper == NULL || out->top == NULL || out->bottom == NULL ||
        out->state == NULL || out->text == NULL)
        return false;
    for (size_t p = 0; p < places; p++) {
        out->value[p] = out->shown[p] = out->lower[p] = out->upper[p] = NONE;
        out->top[p] = out->bottom[p] = NONE;
        out->state[p] = FPT_RATING_NOT_LOADED;
        out->text[p] = (fpt_str){"", 0};
    }
    return true;
}

static double unit_of(int decimals)
{
    double unit = 1.0;
    for (int i = 0; i < decimals; i++)
        unit *= 10.0;
    return unit;
}

/* The last period of the figures that an item looks at, or one that none has. */
static fpt_period period_of(const fpti_case *c, const fpt_framework_item *item,
                            size_t count, const fpt_figure *figure)
{
    fpt_period best = {fpt_date_open(), fpt_date_open()};
    if (item == NULL || item->figure_of == FPT_FIGURE_SAME) return c->period;
    const fpt_date oldest =
        fpt_date_add_months(c->period.to, -item->within_months);
    for (size_t i = 0; i < count; i++) {
        const fpt_period p = figure[i].period;
        if (p.to.days > c->period.to.days || p.to.days <= oldest.days) continue;
        if (best.to.days == FPT_DATE_MAX_DAYS || p.to.days > best.to.days ||
            (p.to.days == best.to.days && p.from.days < best.from.days))
            best = p;
    }
    return best;
}

static fpt_rating_state state_of(fpt_str word)
{
    fpt_rating_state state = FPT_RATING_MISSING;
    if (!fpt_rating_state_find(word, &state)) state = FPT_RATING_MISSING;
    return state;
}

static fpt_status fill_series(fpti_case *c, const fpt_framework_item *item,
                              const fpt_value_from *from, fpti_column *column,
                              bool *any, fpt_error *err)
{
    const fpti_series *s;
    FPT_TRY(fpti_series_get(c->rate, from->name, &s, err));
    const double unit = unit_of(s->decimals);
    const fpt_period period = period_of(c, item, s->count, s->figure);
    for (size_t i = 0; i < s->count; i++) {
        const fpt_figure *f = &s->figure[i];
        const size_t p = fpti_place_of(&c->places, f->code);
        if (p == SIZE_MAX || !fpt_period_equal(f->period, period)) continue;
        *any = true;
        if (!c->ask->then) {
            column->state[p] = FPT_RATING_NOT_RESTATED;
            continue;
        }
        const double value = (double)f->numerator * from->multiplier / unit;
        column->state[p] =
            f->status.len == 0 || fpt_str_equal(f->status, FPT_STR("OK"))
                ? FPT_RATING_OK
                : state_of(f->status);
        if (column->state[p] == FPT_RATING_OK) column->value[p] = value;
        if (column->state[p] == FPT_RATING_OK ||
            column->state[p] == FPT_RATING_SUSPECT)
            column->shown[p] = value;
    }
    column->period = period;
    column->from =
        fpt_str_print(c->arena, "series " FPT_STR_FMT, FPT_STR_ARG(from->name));
    return column->from.data != NULL ? FPT_OK : fpti_no_memory(err);
}

static fpt_measure_ask ask_indicator(const fpti_case *c,
                                     const fpt_framework_item *item,
                                     const fpt_indicator *indicator,
                                     fpt_str tier)
{
    const bool latest = item != NULL && item->figure_of == FPT_FIGURE_LATEST;
    fpt_measure_ask ask = {.indicator = indicator,
                           .tier = tier,
                           .then = c->ask->then,
                           .on = c->ask->on,
                           .any_grain = latest,
                           .grain = fpt_period_grain(c->period),
                           .has_period = true,
                           .period = c->period,
                           .confidence = c->ask->confidence};
    if (latest)
        ask.period.from =
            fpt_date_add_months(c->period.to, -item->within_months - 12);
    return ask;
}

/* What is not loaded is no failure here: another source may be. */
static fpt_status figures_of(fpti_case *c, const fpt_measure_ask *ask,
                             size_t *count, fpt_figure **figures,
                             fpt_error *err)
{
    fpt_error why = {0};
    *count = 0;
    const fpt_status status = fpt_measure_figures(c->rate->measure, c->arena,
                                                  ask, count, figures, &why);
    if (status == FPT_OK) return FPT_OK;
    *count = 0;
    if (status == FPT_ERR_NOT_FOUND) return FPT_OK;
    if (err != NULL) *err = why;
    return status;
}

static void take_figure(fpti_column *column, size_t p, const fpt_figure *f)
{
    column->state[p] = fpt_str_equal(f->status, FPT_STR("OK"))
                           ? FPT_RATING_OK
                           : state_of(f->status);
    column->text[p] = column->state[p] == FPT_RATING_MISSING &&
                              !fpt_str_equal(f->status, FPT_STR("MISSING"))
                          ? f->status
                          : (fpt_str){"", 0};
    if (column->state[p] != FPT_RATING_OK) return;
    column->value[p] = column->shown[p] = f->value;
    column->lower[p] = f->lower;
    column->upper[p] = f->upper;
    if (f->has_numerator) column->top[p] = (double)f->numerator;
    if (f->has_denominator) column->bottom[p] = (double)f->denominator;
}

static fpt_status fill_indicator(fpti_case *c, const fpt_framework_item *item,
                                 const fpt_value_from *from,
                                 fpti_column *column, bool *any, fpt_error *err)
{
    fpt_indicator indicator;
    size_t count;
    fpt_figure *f = NULL;
    FPT_TRY(fpt_indicator_open(c->arena, c->rate->packs, from->name, &indicator,
                               err));
    fpt_measure_ask ask =
        ask_indicator(c, item, &indicator, c->framework->tier);
    FPT_TRY(figures_of(c, &ask, &count, &f, err));
    const fpt_period period = period_of(c, item, count, f);
    for (size_t i = 0; i < count; i++) {
        const size_t p = fpti_place_of(&c->places, f[i].code);
        if (p == SIZE_MAX || !fpt_period_equal(f[i].period, period)) continue;
        if (f[i].has_numerator) *any = true;
        take_figure(column, p, &f[i]);
    }
    column->period = period;
    column->multiplier = indicator.multiplier;
    column->is_proportion = indicator.wilson;
    column->is_rate = indicator.byar;
    column->from = fpt_str_print(
        c->arena, "indicator " FPT_STR_FMT ", version " FPT_STR_FMT,
        FPT_STR_ARG(indicator.id), FPT_STR_ARG(indicator.version));
    if (column->from.data == NULL) return fpti_no_memory(err);
    for (size_t t = 0; t < indicator.tiers; t++) {
        if (!fpt_str_equal(indicator.tier[t], FPT_STR("nation"))) continue;
        ask.tier = indicator.tier[t];
        FPT_TRY(figures_of(c, &ask, &count, &f, err));
        for (size_t i = 0; i < count; i++)
            if (fpt_period_equal(f[i].period, period))
                column->nation = f[i].value;
    }
    return FPT_OK;
}

static fpt_status fill_judgement(fpti_case *c, fpt_str id, fpti_column *column,
                                 bool *any, fpt_error *err)
{
    for (size_t i = 0; i < c->rate->judgements; i++) {
        const fpti_judgement *j = &c->rate->judgement[i];
        const size_t p = fpti_place_of(&c->places, j->place);
        char day[FPT_DATE_BYTES];
        if (p == SIZE_MAX || !fpt_period_equal(j->period, c->period) ||
            !fpt_str_equal(j->framework, c->framework->name) ||
            !fpt_str_equal(j->item, id))
            continue;
        *any = true;
        fpt_date_print(j->on, day);
        column->state[p] = FPT_RATING_OK;
        column->value[p] = column->shown[p] = j->value;
        column->text[p] = fpt_str_print(
            c->arena,
            "judged by " FPT_STR_FMT " on %s: " FPT_STR_FMT " (entry %lld)",
            FPT_STR_ARG(j->author), day, FPT_STR_ARG(j->because),
            (long long)j->entry);
        if (column->text[p].data == NULL) return fpti_no_memory(err);
    }
    column->from = FPT_STR("judgement");
    return FPT_OK;
}

static double taken(const fpt_rating *row, fpt_take take)
{
    switch (take) {
    case FPT_TAKE_SCORE:
        return row->score;
    case FPT_TAKE_CATEGORY:
        return row->category_number > 0 ? (double)row->category_number : NONE;
    case FPT_TAKE_VALUE:
        break;
    }
    return row->value;
}

static fpt_status fill_framework(fpti_case *c, const fpt_value_from *from,
                                 fpti_column *column, bool *any, fpt_error *err)
{
    fpt_framework other;
    fpt_ratings ratings;
    fpt_error why = {0};
    FPT_TRY(fpt_framework_open(c->arena, c->rate->packs, from->name,
                               (fpt_str){0}, &other, err));
    const fpt_rate_ask ask = {.framework = &other,
                              .then = c->ask->then,
                              .on = c->ask->on,
                              .has_period = true,
                              .period = c->period,
                              .confidence = c->ask->confidence};
    const fpt_status status =
        fpt_rate_run(c->rate, c->arena, &ask, &ratings, &why);
    if (status == FPT_ERR_NOT_FOUND) return FPT_OK;
    if (status != FPT_OK) {
        if (err != NULL) *err = why;
        return status;
    }
    for (size_t i = 0; i < ratings.count; i++) {
        const fpt_rating *row = &ratings.rating[i];
        const size_t p = fpti_place_of(&c->places, row->place);
        if (p == SIZE_MAX || !fpt_str_equal(row->item, from->item)) continue;
        const double value = taken(row, from->take);
        const fpt_rating_state state =
            state_of(from->take == FPT_TAKE_CATEGORY ? row->category_status
                                                     : row->status);
        column->value[p] = column->shown[p] = value;
        column->state[p] = !isnan(value)            ? FPT_RATING_OK
                           : state != FPT_RATING_OK ? state
                                                    : FPT_RATING_MISSING;
        column->text[p] = row->text;
        if (!isnan(value)) *any = true;
    }
    column->from = fpt_str_print(
        c->arena, "framework " FPT_STR_FMT ", version " FPT_STR_FMT,
        FPT_STR_ARG(other.name), FPT_STR_ARG(other.version));
    return column->from.data != NULL ? FPT_OK : fpti_no_memory(err);
}

fpt_status fpti_fill(fpti_case *c, fpt_str id, const fpt_framework_item *item,
                     const fpt_value_from *from, fpti_column *column, bool *any,
                     fpt_error *err)
{
    *any = false;
    switch (from->origin) {
    case FPT_ORIGIN_SERIES:
        return fill_series(c, item, from, column, any, err);
    case FPT_ORIGIN_INDICATOR:
        return fill_indicator(c, item, from, column, any, err);
    case FPT_ORIGIN_JUDGEMENT:
        return fill_judgement(c, id, column, any, err);
    case FPT_ORIGIN_FRAMEWORK:
        return fill_framework(c, from, column, any, err);
    case FPT_ORIGIN_MEMBERS:
        return fpti_fill_members(c, from, column, any, err);
    }
    return FPT_OK;
}
