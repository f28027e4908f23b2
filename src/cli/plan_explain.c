/*
 * plan explain and plan report: what is gathered of a plan, as rows and as a
 * page.
 */
#include "fpt/plan_report.h"
#include "plan.h"

static fpt_status gather(cli_call *call, fpt_plan_results *out, fpt_error *err)
{
    const fpt_plan_files files = {.folder =
                                      cli_plan_folder(call, call->argument[0])};
    fpt_stress_options given;
    fpt_plan *plan;
    FPT_TRY(cli_plan_options(call, &given, err));
    if (given.draws > FPT_STRESS_ROWS_MOST)
        return fpt_fail(err, FPT_ERR_USAGE, "--draws is at most %d here",
                        FPT_STRESS_ROWS_MOST);
    FPT_TRY(cli_plan_open(call, call->argument[0], &plan, err));
    fpt_report_options options = fpt_report_options_default();
    options.draws = given.draws;
    options.seed = given.seed;
    options.threads = given.threads;
    return fpt_plan_results_make(call->arena, &files, &options, out, err);
}

/* ---- rows: section, item, what, value, unit ---- */

typedef struct rows {
    cli_call *call;
    cli_table table;
    fpt_error *err;
} rows;

static fpt_status add(rows *t, const char *section, fpt_str item,
                      const char *what, double value, const char *unit)
{
    const fpt_str cells[5] = {fpt_str_from(section), item, fpt_str_from(what),
                              cli_double(t->call, value), fpt_str_from(unit)};
    return cli_table_row(&t->table, cells, t->err);
}

static fpt_status add_assumption(rows *t, const fpt_report_assumption *a)
{
    const fpt_str name = a->about.name;
    const char *section = "assumption";
    FPT_TRY(add(t, section, name, "stated", a->about.stated, ""));
    FPT_TRY(add(t, section, name, "p10", a->about.p10, ""));
    FPT_TRY(add(t, section, name, "p90", a->about.p90, ""));
    FPT_TRY(add(t, section, name, "found_mean", a->history.found_mean, ""));
    if (a->history.known)
        FPT_TRY(add(t, section, name, "stated_percentile",
                    a->history.prediction.percentile, "fraction"));
    if (!a->used) return FPT_OK;
    FPT_TRY(add(t, section, name, "margin_at_p10", a->at_p10, "pounds"));
    FPT_TRY(add(t, section, name, "margin_at_p90", a->at_p90, "pounds"));
    FPT_TRY(add(t, section, name, "margin_as_stated", a->at_stated, "pounds"));
    FPT_TRY(add(t, section, name, "margin_as_found", a->at_found, "pounds"));
    FPT_TRY(add(t, section, name, "meets_at_p10", a->odds_p10.value,
                "probability"));
    FPT_TRY(add(t, section, name, "meets_at_p90", a->odds_p90.value,
                "probability"));
    for (size_t i = 0; a->has_even && i < a->even.found_50; i++)
        FPT_TRY(add(t, section, name, "even_odds_at", a->even.at_50[i], ""));
    for (size_t i = 0; a->has_even && i < a->even.found_80; i++)
        FPT_TRY(add(t, section, name, "odds_of_80_at", a->even.at_80[i], ""));
    return FPT_OK;
}

static fpt_status add_set(rows *t, const fpt_plan_results *r, const char *item,
                          const fpt_must_hold *m)
{
    FPT_TRY(add(t, "must_hold", fpt_str_from(item),
                m->found ? "probability_with_all" : "not_reached_but",
                m->met.value, "probability"));
    for (size_t i = 0; i < m->count; i++) {
        const fpt_plan_assumption a =
            fpt_plan_assumption_at(r->plan, m->assumption[i]);
        FPT_TRY(add(t, "must_hold", a.name, item, a.stated, "as stated"));
    }
    return FPT_OK;
}

static fpt_status add_all(rows *t, const fpt_plan_results *r)
{
    for (size_t i = 0; i < r->step_count; i++)
        FPT_TRY(add(t, "gap", fpt_str_from(r->step[i].name),
                    r->step[i].is_total ? "position" : "position_after",
                    r->step[i].after, "pounds"));
    for (size_t i = 0; i < r->assumption_count; i++)
        FPT_TRY(add_assumption(t, &r->assumption[i]));
    for (int i = 0; i < FPT_LADDER_RUNGS; i++) {
        const fpt_str name = fpt_str_from(r->rung[i].name);
        FPT_TRY(add(t, "ladder", name, "meets", r->rung[i].met.value,
                    "probability"));
        FPT_TRY(add(t, "ladder", name, "margin", r->rung[i].mean, "pounds"));
    }
    FPT_TRY(add_set(t, r, "odds_of_50", &r->even));
    FPT_TRY(add_set(t, r, "odds_of_80", &r->sure));
    for (size_t i = 0; i < r->scheme_count; i++) {
        const fpt_report_scheme *s = &r->scheme[i];
        FPT_TRY(add(t, "scheme", s->name, "claimed", s->claimed, "count"));
        FPT_TRY(add(t, "scheme", s->name, "credited", s->credited, "count"));
        FPT_TRY(
            add(t, "scheme", s->name, "days_saved", s->days_saved, "count"));
        FPT_TRY(add(t, "scheme", s->name, "cost", s->cost, "pounds"));
        FPT_TRY(add(t, "scheme", s->name, "worth", s->value, "pounds"));
    }
    for (size_t i = 0; i < r->winner_count; i++) {
        const fpt_report_winner *w = &r->winner[i];
        FPT_TRY(
            add(t, "payment", w->org, "by_activity", w->by_activity, "pounds"));
        FPT_TRY(add(t, "payment", w->org, "by_block", w->by_block, "pounds"));
        FPT_TRY(add(t, "payment", w->org, "block_is_better",
                    w->gains_by_block.value, "probability"));
    }
    return FPT_OK;
}

fpt_status run_plan_explain(cli_call *call, fpt_error *err)
{
    static const char *const names[] = {"section", "item", "what", "value",
                                        "unit"};
    static const bool number[] = {false, false, false, true, false};
    rows t = {call, {0}, err};
    fpt_plan_results results;
    FPT_TRY(cli_table_open(call, 5, names, number, &t.table, err));
    FPT_TRY(gather(call, &results, err));
    cli_say(call, "%s, %llu draws, seed %llu", results.last_year.data,
            (unsigned long long)results.draws,
            (unsigned long long)results.seed);
    FPT_TRY(add_all(&t, &results));
    cli_table_close(&t.table);
    return FPT_OK;
}

fpt_status run_plan_report(cli_call *call, fpt_error *err)
{
    const char *path = cli_option(call, "out");
    fpt_plan_results results;
    if (path == NULL)
        return fpt_fail(err, FPT_ERR_USAGE,
                        "plan report needs --out FILE.html: where to write");
    FPT_TRY(gather(call, &results, err));
    fpt_output page = fpt_output_memory(call->arena);
    fpt_plan_page_write(&results, &page);
    if (page.failed || page.text.failed)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the page");
    FPT_TRY(fpt_file_write(path, fpt_strbuf_view(&page.text), err));
    cli_say(call, "Wrote %s", path);
    return FPT_OK;
}
