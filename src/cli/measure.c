/*
 * measure list, run, show and placed: figures.
 */
#include <stdio.h>

#include "cli_measure.h"

fpt_status cli_parse_period(const char *text, fpt_period *out, fpt_error *err)
{
    const fpt_str view = fpt_str_from(text);
    /* Seven characters whose years follow are a financial year, also with a
     * hyphen; 2016-04 is a month. */
    if (fpt_period_parse(view, out) || fpt_fy_parse(view, out)) return FPT_OK;
    return fpt_fail(err, FPT_ERR_USAGE,
                    "\"%s\" is no period; expected 2016/17, 2017-03 or "
                    "2016-04..2019-03",
                    text);
}

/* A confidence is a fraction or a per cent; the point is moved in the text, so
 * that 99.8 and 0.998 are the same number. */
fpt_status cli_confidence_option(cli_call *call, double *out, fpt_error *err)
{
    const char *text = cli_option(call, "confidence");
    int64_t millionths;
    *out = 0.95;
    if (text == NULL) return FPT_OK;
    if (fpt_parse_decimal(fpt_str_from(text), 10, &millionths)) {
        const int64_t one = INT64_C(10000000000);
        if (millionths > 0 && millionths < one) {
            *out = (double)millionths / (double)one;
            return FPT_OK;
        }
        if (millionths >= 50 * one && millionths < 100 * one) {
            *out = (double)millionths / (double)(100 * one);
            return FPT_OK;
        }
    }
    return fpt_fail(err, FPT_ERR_USAGE,
                    "--confidence is a fraction below 1 or a per cent from 50 "
                    "to below 100, not \"%s\"",
                    text);
}

fpt_status cli_measure_steps(cli_call *call, int *out, fpt_error *err)
{
    const char *text = cli_option(call, "steps");
    int64_t steps;
    *out = 0;
    if (text == NULL) return FPT_OK;
    if (!fpt_parse_int64(fpt_str_from(text), &steps) || steps < 1 || steps > 99)
        return fpt_fail(err, FPT_ERR_USAGE, "--steps is 1 or more, not \"%s\"",
                        text);
    *out = (int)steps;
    return FPT_OK;
}

fpt_status cli_measure_period(const char *text, fpt_measure_ask *ask,
                              fpt_error *err)
{
    const fpt_indicator *in = ask->indicator;
    ask->any_grain = text == NULL;
    if (text == NULL) return FPT_OK;
    FPT_TRY(cli_parse_period(text, &ask->period, err));
    ask->has_period = true;
    ask->grain = fpt_indicator_grain(in, ask->period);
    if (ask->grain != FPT_GRAIN_OTHER) return FPT_OK;
    ask->grain = in->month     ? FPT_GRAIN_MONTH
                 : in->quarter ? FPT_GRAIN_QUARTER
                 : in->fy      ? FPT_GRAIN_FY
                               : FPT_GRAIN_OTHER;
    return FPT_OK;
}

fpt_status cli_measure_open(cli_call *call, bool read_only, cli_measure *w,
                            fpt_error *err)
{
    FPT_TRY(cli_packs(call, &w->packs, err));
    FPT_TRY(cli_place_open(call, read_only, &w->place, err));
    const fpt_status status =
        fpt_measure_open(w->place.workspace.warehouse, w->place.registry,
                         &w->place.tiers, &w->packs, &w->measure, err);
    if (status != FPT_OK) cli_place_close(&w->place);
    return status;
}

void cli_measure_close(cli_measure *w)
{
    fpt_measure_close(w->measure);
    cli_place_close(&w->place);
}

/* ---- measure show ---- */

static fpt_status show_figures(cli_call *call, cli_measure *w, fpt_error *err)
{
    static const char *const names[] = {
        "area_code", "area_name", "period", "numerator", "denominator",
        "value",     "lower",     "upper",  "status",    "estimated",
        "unit",      "measure",   "version"};
    static const bool number[] = {false, false, false, true,  true,  true, true,
                                  true,  false, true,  false, false, false};
    fpt_indicator in;
    size_t count;
    fpt_figure *f;
    cli_table table;
    FPT_TRY(fpt_indicator_open(call->arena, &w->packs,
                               fpt_str_from(call->argument[0]), &in, err));
    const char *tier = cli_option(call, "tier");
    const char *on = cli_option(call, "on");
    fpt_measure_ask ask = {.indicator = &in,
                           .tier = fpt_str_from(tier != NULL ? tier : "system"),
                           .then = on == NULL || strcmp(on, "then") == 0,
                           .on = w->place.on};
    FPT_TRY(cli_measure_period(cli_option(call, "period"), &ask, err));
    FPT_TRY(cli_confidence_option(call, &ask.confidence, err));
    FPT_TRY(cli_measure_steps(call, &ask.most_step, err));
    FPT_TRY(cli_table_open(call, 13, names, number, &table, err));
    FPT_TRY(
        fpt_measure_figures(w->measure, call->arena, &ask, &count, &f, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_str none = FPT_STR("");
        const fpt_str cells[] = {
            f[i].code,
            f[i].name,
            cli_period(call, f[i].period),
            f[i].has_numerator ? cli_int(call, f[i].numerator) : none,
            f[i].has_denominator ? cli_int(call, f[i].denominator) : none,
            cli_double(call, f[i].value),
            cli_double(call, f[i].lower),
            cli_double(call, f[i].upper),
            f[i].status,
            cli_int(call, f[i].estimated),
            in.unit,
            in.id,
            in.version};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_measure_show(cli_call *call, fpt_error *err)
{
    cli_measure w;
    FPT_TRY(cli_measure_open(call, true, &w, err));
    const fpt_status status = show_figures(call, &w, err);
    cli_measure_close(&w);
    return status;
}

/* ---- measure list ---- */

static fpt_status list_indicators(cli_call *call, cli_measure *w,
                                  fpt_error *err)
{
    static const char *const names[] = {"measure", "version", "title",
                                        "unit",    "basis",   "has_data"};
    static const bool number[] = {false, false, false, false, false, false};
    size_t count;
    fpt_indicator *list;
    cli_table table;
    FPT_TRY(fpt_indicator_list(call->arena, &w->packs, &count, &list, err));
    FPT_TRY(cli_table_open(call, 6, names, number, &table, err));
    for (size_t i = 0; i < count; i++) {
        fpt_error ignored;
        size_t loads;
        int64_t *load;
        const bool has = fpt_measure_loads(w->measure, call->arena, &list[i],
                                           &loads, &load, &ignored) == FPT_OK;
        const fpt_str cells[] = {
            list[i].id,    list[i].version,
            list[i].title, list[i].unit,
            list[i].basis, has ? FPT_STR("yes") : FPT_STR("no")};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_measure_list(cli_call *call, fpt_error *err)
{
    cli_measure w;
    FPT_TRY(cli_measure_open(call, true, &w, err));
    const fpt_status status = list_indicators(call, &w, err);
    cli_measure_close(&w);
    return status;
}

/* ---- measure run ---- */

/* The days on which figures are restated: where a tier of areas begins anew, if
 * the lookups for it are loaded. */
static fpt_status find_views(cli_call *call, cli_measure *w, size_t *count,
                             fpt_date **out, fpt_error *err)
{
    const fpt_tier *tier = fpt_tier_find(&w->place.tiers, FPT_STR("system"));
    *count = 0;
    *out = FPT_NEW(call->arena, fpt_date, tier != NULL ? tier->kinds : 0);
    if (*out == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    for (size_t i = 1; tier != NULL && i < tier->kinds; i++) {
        const fpt_partition *p;
        FPT_TRY(fpt_reg_partition(w->place.registry, tier->kind[i].kind,
                                  tier->kind[i].from, &p, err));
        if (p->objects > 0) (*out)[(*count)++] = tier->kind[i].from;
    }
    return FPT_OK;
}

static fpt_status run_all(cli_call *call, cli_measure *w, fpt_error *err)
{
    static const char *const names[] = {"measure", "figures"};
    static const bool number[] = {false, true};
    size_t count, views;
    fpt_indicator *list;
    fpt_date *view;
    cli_table table;
    const bool dry = cli_option(call, "dry-run") != NULL;
    fpt_store *warehouse = w->place.workspace.warehouse;
    FPT_TRY(fpt_indicator_list(call->arena, &w->packs, &count, &list, err));
    FPT_TRY(find_views(call, w, &views, &view, err));
    FPT_TRY(cli_table_open(call, 2, names, number, &table, err));
    for (size_t i = 0; i < count; i++) {
        fpt_error why = {0};
        size_t loads;
        int64_t *load, stored;
        const fpt_status has = fpt_measure_loads(w->measure, call->arena,
                                                 &list[i], &loads, &load, &why);
        if (has == FPT_ERR_NOT_FOUND) {
            cli_say(call, FPT_STR_FMT ": left out: %s", FPT_STR_ARG(list[i].id),
                    why.text);
            continue;
        }
        if (has != FPT_OK) {
            if (err != NULL) *err = why;
            return has;
        }
        FPT_TRY(fpt_store_begin(warehouse, err));
        const fpt_status status =
            fpt_measure_store(w->measure, &list[i], views, view, &stored, &why);
        if (status != FPT_OK) {
            fpt_store_rollback(warehouse);
            if (status != FPT_ERR_NOT_FOUND) {
                if (err != NULL) *err = why;
                return status;
            }
            cli_say(call, FPT_STR_FMT ": left out: %s", FPT_STR_ARG(list[i].id),
                    why.text);
            continue;
        }
        if (dry)
            fpt_store_rollback(warehouse);
        else
            FPT_TRY(fpt_store_commit(warehouse, err));
        const fpt_str cells[] = {list[i].id, cli_int(call, stored)};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    if (dry) cli_say(call, "Nothing was kept.");
    return FPT_OK;
}

fpt_status run_measure_run(cli_call *call, fpt_error *err)
{
    cli_measure w;
    FPT_TRY(cli_measure_open(call, false, &w, err));
    const fpt_status status = run_all(call, &w, err);
    cli_measure_close(&w);
    return status;
}

/* ---- measure placed ---- */

static fpt_status tell_places(cli_call *call, cli_measure *w,
                              const fpt_figure *f, cli_table *table,
                              fpt_error *err)
{
    size_t count;
    fpt_placed *placed;
    FPT_TRY(fpt_measure_place(w->measure, call->arena, f->code, f->period,
                              &count, &placed, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_placed *p = &placed[i];
        const bool whole = p->share == FPT_SHARE_WHOLE || p->share == 0;
        const fpt_str cells[] = {
            p->org,
            p->name,
            cli_period(call, f->period),
            cli_int(call, f->numerator),
            p->step > 0 ? cli_int(call, p->step) : FPT_STR(""),
            p->how,
            fpt_body_is(p->area) ? fpt_reg_code(w->place.registry, p->area)
                                 : FPT_STR(FPT_UNASSIGNED),
            fpt_reg_name(w->place.registry, p->area, f->period.from),
            p->kind,
            whole ? FPT_STR("") : cli_double(call, (double)p->share / 1e12),
            fpt_reg_code(w->place.registry, p->via)};
        FPT_TRY(cli_table_row(table, cells, err));
    }
    return FPT_OK;
}

static fpt_status tell_placed(cli_call *call, cli_measure *w, fpt_error *err)
{
    static const char *const names[] = {
        "org_code",  "org_name",  "period",    "numerator",      "step", "how",
        "area_code", "area_name", "area_kind", "share_fraction", "via"};
    static const bool number[] = {false, false, false, true, true, false,
                                  false, false, false, true, false};
    fpt_indicator in;
    size_t count;
    fpt_figure *f;
    cli_table table;
    FPT_TRY(fpt_indicator_open(call->arena, &w->packs,
                               fpt_str_from(call->argument[0]), &in, err));
    if (!in.attributed)
        return fpt_fail(err, FPT_ERR_USAGE,
                        FPT_STR_FMT " is not of providers: nothing is "
                                    "attributed",
                        FPT_STR_ARG(in.id));
    fpt_measure_ask ask = {.indicator = &in, .tier = FPT_STR("organisation")};
    FPT_TRY(cli_measure_period(cli_option(call, "period"), &ask, err));
    FPT_TRY(
        fpt_measure_figures(w->measure, call->arena, &ask, &count, &f, err));
    FPT_TRY(cli_table_open(call, 11, names, number, &table, err));
    for (size_t i = 0; i < count; i++)
        FPT_TRY(tell_places(call, w, &f[i], &table, err));
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_measure_placed(cli_call *call, fpt_error *err)
{
    cli_measure w;
    FPT_TRY(cli_measure_open(call, true, &w, err));
    const fpt_status status = tell_placed(call, &w, err);
    cli_measure_close(&w);
    return status;
}
