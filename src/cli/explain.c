/*
 * explain: where a number came from. All of it is rows on standard output: the
 * figure, its formula, its parts, and the files that it stands on; the page of
 * the number (publish/where_page.c) has the same, from the same functions.
 */
#include <stdio.h>

#include "cli_measure.h"

struct told {
    cli_call *call;
    cli_table table;
};

static fpt_status tell(struct told *t, const char *term, fpt_str code,
                       fpt_str name, fpt_str how, fpt_error *err)
{
    const fpt_str none = FPT_STR("");
    const fpt_str cells[] = {
        fpt_str_from(term), code, name, none, none, none, how};
    return cli_table_row(&t->table, cells, err);
}

/* "89.05 per cent" */
static fpt_str with_unit(cli_call *call, double value, const fpt_indicator *in)
{
    return fpt_str_print(call->arena, FPT_STR_FMT " " FPT_STR_FMT,
                         FPT_STR_ARG(cli_double(call, value)),
                         FPT_STR_ARG(in->unit));
}

static fpt_status tell_figure(struct told *t, const fpt_indicator *in,
                              const fpt_figure *f, const char *view,
                              fpt_error *err)
{
    cli_call *call = t->call;
    char period[FPT_DATE_BYTES];
    fpt_str formula;
    fpt_period_print(f->period, period);
    const fpt_str what = fpt_str_print(
        call->arena,
        FPT_STR_FMT " (" FPT_STR_FMT ", version " FPT_STR_FMT "), %s, %s%s",
        FPT_STR_ARG(in->title), FPT_STR_ARG(in->id), FPT_STR_ARG(in->version),
        period, view[0] == 't' ? "as it was " : "on the footprints of ", view);
    if (what.data == NULL ||
        fpt_figure_formula(call->arena, in, f, &formula) != FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    FPT_TRY(tell(t, "figure", f->code, f->name, what, err));
    FPT_TRY(tell(t, "formula", f->code, f->name, formula, err));
    FPT_TRY(tell(t, "value", f->code, f->name,
                 isnan(f->value) ? f->status : with_unit(call, f->value, in),
                 err));
    if (!isnan(f->lower)) {
        FPT_TRY(tell(t, "lower", f->code, f->name,
                     with_unit(call, f->lower, in), err));
        FPT_TRY(tell(t, "upper", f->code, f->name,
                     with_unit(call, f->upper, in), err));
    }
    if (f->estimated == 0) return FPT_OK;
    return tell(t, "shared out", f->code, f->name,
                fpt_str_print(call->arena,
                              "%lld of the numerator, not placed by a code",
                              (long long)f->estimated),
                err);
}

static fpt_status tell_files(struct told *t, cli_measure *w,
                             const fpt_indicator *in, fpt_error *err)
{
    cli_call *call = t->call;
    size_t loads;
    int64_t *load;
    FPT_TRY(fpt_measure_loads(w->measure, call->arena, in, &loads, &load, err));
    for (size_t i = 0; i < loads; i++) {
        fpt_rows rows;
        fpt_str name = FPT_STR(""), how = FPT_STR("");
        const fpt_bind bind = fpt_bind_int(load[i]);
        FPT_TRY(fpt_store_query(w->place.workspace.warehouse, call->arena,
                                "SELECT source, source_version, name, sha256 "
                                "FROM load WHERE load = $1",
                                1, &bind, &rows, err));
        if (fpt_rows_next(&rows)) {
            name = fpt_str_keep(call->arena, rows.column[2].text[0]);
            how = fpt_str_print(call->arena,
                                "pack " FPT_STR_FMT ", version " FPT_STR_FMT
                                ", sha256 " FPT_STR_FMT,
                                FPT_STR_ARG(rows.column[0].text[0]),
                                FPT_STR_ARG(rows.column[1].text[0]),
                                FPT_STR_ARG(rows.column[3].text[0]));
        }
        FPT_TRY(fpt_rows_close(&rows, err));
        if (name.data == NULL || how.data == NULL)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
        FPT_TRY(tell(t, "file", cli_int(call, load[i]), name, how, err));
    }
    return FPT_OK;
}

/* ID/CODE/PERIOD[/VIEW]; a financial year may be written 2016/17 or 2016-17. */
static fpt_status read_figure(cli_call *call, cli_measure *w, fpt_indicator *in,
                              fpt_measure_ask *ask, fpt_str *code,
                              fpt_error *err)
{
    fpt_str rest = fpt_str_from(call->argument[0]);
    const fpt_str id = fpt_str_cut(&rest, '/');
    if (rest.data == NULL) goto wrong;
    *code = fpt_str_cut(&rest, '/');
    if (rest.data == NULL) goto wrong;
    fpt_str period = rest, view = {0};
    const size_t slash = fpt_str_find(rest, '/', 0);
    const bool fy =
        slash == 4 && rest.len >= 7 &&
        fpt_str_matches(fpt_str_slice(rest, 0, 7), FPT_STR("####/##"));
    const size_t end = fy ? fpt_str_find(rest, '/', 5) : slash;
    if (end != SIZE_MAX) {
        period = fpt_str_slice(rest, 0, end);
        view = fpt_str_slice(rest, end + 1, rest.len);
    }
    FPT_TRY(fpt_indicator_open(call->arena, &w->packs, id, in, err));
    char *text = fpt_str_copy(call->arena, period);
    if (text == NULL) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    *ask = (fpt_measure_ask){.indicator = in, .then = true, .on = w->place.on};
    FPT_TRY(cli_measure_period(text, ask, err));
    if (view.len > 0 && !fpt_str_equal(view, FPT_STR("then"))) {
        ask->then = false;
        if (!fpt_date_parse(view, FPT_DATE_ISO, &ask->on)) goto wrong;
    }
    FPT_TRY(cli_measure_steps(call, &ask->most_step, err));
    /* Of which tier the code is: the nation's, an area's, or an
     * organisation's. */
    ask->tier = FPT_STR("organisation");
    if (fpt_str_equal(*code, w->place.tiers.nation_code)) {
        ask->tier = FPT_STR("nation");
        return FPT_OK;
    }
    const fpt_date day = ask->then ? ask->period.from : ask->on;
    for (size_t t = 0; t < w->place.tiers.count; t++) {
        const fpt_tier *tier = &w->place.tiers.tier[t];
        const fpt_partition *p;
        const fpt_str kind = fpt_tier_kind_on(tier, day);
        if (fpt_str_equal(*code, FPT_STR(FPT_UNASSIGNED))) {
            ask->tier = FPT_STR("system");
            break;
        }
        if (kind.len == 0) continue;
        FPT_TRY(fpt_reg_partition(w->place.registry, kind, day, &p, err));
        for (size_t i = 0; i < p->objects; i++)
            if (fpt_str_equal(fpt_reg_code(w->place.registry, p->distinct[i]),
                              *code)) {
                ask->tier = tier->name;
                return FPT_OK;
            }
    }
    return FPT_OK;
wrong:
    return fpt_fail(err, FPT_ERR_USAGE,
                    "a figure is written ID/CODE/PERIOD or "
                    "ID/CODE/PERIOD/VIEW, as in ae_4h/E54000005/2016-17/then; "
                    "found \"%s\"",
                    call->argument[0]);
}

static fpt_status explain(cli_call *call, cli_measure *w, fpt_error *err)
{
    static const char *const names[] = {
        "term", "place_code", "place_name", "whole", "part", "step", "how"};
    static const bool number[] = {false, false, false, true, true, true, false};
    fpt_indicator in;
    fpt_measure_ask ask;
    fpt_figure figure;
    fpt_str code;
    size_t count;
    fpt_contribution *list;
    struct told t = {.call = call};
    char view[FPT_DATE_BYTES] = "then";
    FPT_TRY(read_figure(call, w, &in, &ask, &code, err));
    FPT_TRY(fpt_measure_explain(w->measure, call->arena, &ask, code, &figure,
                                &count, &list, err));
    if (!ask.then) fpt_date_print(ask.on, view);
    FPT_TRY(cli_table_open(call, 7, names, number, &t.table, err));
    FPT_TRY(tell_figure(&t, &in, &figure, view, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_str cells[] = {list[i].term,
                                 list[i].place,
                                 fpt_measure_part_name(w->measure, &list[i]),
                                 cli_int(call, list[i].whole),
                                 cli_int(call, list[i].part),
                                 list[i].step > 0 ? cli_int(call, list[i].step)
                                                  : FPT_STR(""),
                                 list[i].how};
        FPT_TRY(cli_table_row(&t.table, cells, err));
    }
    FPT_TRY(tell_files(&t, w, &in, err));
    cli_table_close(&t.table);
    return FPT_OK;
}

fpt_status run_explain(cli_call *call, fpt_error *err)
{
    cli_measure w;
    FPT_TRY(cli_measure_open(call, true, &w, err));
    const fpt_status status = explain(call, &w, err);
    cli_measure_close(&w);
    return status;
}
