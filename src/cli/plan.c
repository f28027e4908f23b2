/*
 * plan check and run: a plan judged, and carried through its years as it is
 * stated.
 */
#include <stdio.h>

#include "plan.h"

const char *cli_plan_folder(cli_call *call, const char *path)
{
    const char *inner = fpt_path_join(call->arena, path, "plan");
    const char *file = fpt_path_join(call->arena, path, "plan.yaml");
    if (inner == NULL || file == NULL) return path;
    const char *deeper = fpt_path_join(call->arena, inner, "plan.yaml");
    if (fpt_file_kind_of(file) == FPT_FILE_NONE && deeper != NULL &&
        fpt_file_kind_of(deeper) == FPT_FILE_REGULAR)
        return inner;
    return path;
}

static fpt_status read_plan(cli_call *call, const char *folder,
                            fpt_report *report, fpt_plan **out, fpt_error *err)
{
    const fpt_plan_files files = {.folder = folder};
    *report = fpt_report_make(call->arena);
    return fpt_plan_read(call->arena, &files, NULL, report, out, err);
}

static void say_findings(const cli_call *call, const char *folder,
                         const fpt_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const fpt_finding *f = &report->finding[i];
        if (f->severity == FPT_NOTE ||
            (f->severity == FPT_WARNING && call->quiet))
            continue;
        fprintf(stderr, "%s: %s/" FPT_STR_FMT, fpt_severity_text(f->severity),
                folder, FPT_STR_ARG(f->source));
        if (f->line > 0) fprintf(stderr, ":%lld", (long long)f->line);
        if (f->column > 0) fprintf(stderr, ":%lld", (long long)f->column);
        fprintf(stderr, ": " FPT_STR_FMT " [" FPT_STR_FMT "]\n",
                FPT_STR_ARG(f->text), FPT_STR_ARG(f->code));
    }
}

fpt_status cli_plan_open(cli_call *call, const char *path, fpt_plan **out,
                         fpt_error *err)
{
    const char *folder = cli_plan_folder(call, path);
    fpt_report report;
    FPT_TRY(read_plan(call, folder, &report, out, err));
    say_findings(call, folder, &report);
    if (fpt_plan_is_runnable(*out)) return FPT_OK;
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s has %zu fault%s: nothing is drawn from it", folder,
                    report.of_severity[FPT_FAULT],
                    report.of_severity[FPT_FAULT] == 1 ? "" : "s");
}

fpt_str cli_plan_year(cli_call *call, const fpt_plan *plan, int year)
{
    char text[16];
    return fpt_str_keep(call->arena, fpt_plan_year(plan, year, text));
}

fpt_str cli_plan_number(cli_call *call, fpt_plan_unit unit, double value)
{
    return cli_double(call, fpt_plan_in_units(unit, value));
}

/* ---- plan check ---- */

static fpt_status add_finding(cli_call *call, cli_table *table,
                              const fpt_finding *f, fpt_error *err)
{
    const fpt_str cells[] = {fpt_str_from(fpt_severity_text(f->severity)),
                             f->code,
                             f->source,
                             f->line > 0 ? cli_int(call, f->line) : FPT_STR(""),
                             f->column > 0 ? cli_int(call, f->column)
                                           : FPT_STR(""),
                             f->text};
    return cli_table_row(table, cells, err);
}

static fpt_status add_checks(cli_call *call, cli_table *table,
                             const fpt_plan *plan, fpt_error *err)
{
    size_t count;
    fpt_plan_check *checks;
    FPT_TRY(fpt_plan_checks(call->arena, plan, &count, &checks, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_str cells[] = {checks[i].pass ? FPT_STR("pass")
                                                : FPT_STR("fail"),
                                 fpt_str_from(checks[i].code),
                                 FPT_STR(""),
                                 FPT_STR(""),
                                 FPT_STR(""),
                                 checks[i].text};
        call->found_wrong = call->found_wrong || !checks[i].pass;
        FPT_TRY(cli_table_row(table, cells, err));
    }
    return FPT_OK;
}

fpt_status run_plan_check(cli_call *call, fpt_error *err)
{
    static const char *const names[] = {"status", "code",   "file",
                                        "line",   "column", "text"};
    static const bool number[] = {false, false, false, true, true, false};
    fpt_plan *plan;
    fpt_report report;
    cli_table table;
    FPT_TRY(cli_table_open(call, 6, names, number, &table, err));
    FPT_TRY(read_plan(call, cli_plan_folder(call, call->argument[0]), &report,
                      &plan, err));
    for (size_t i = 0; i < report.count; i++)
        FPT_TRY(add_finding(call, &table, &report.finding[i], err));
    call->found_wrong = report.of_severity[FPT_FAULT] > 0;
    if (fpt_plan_is_runnable(plan))
        FPT_TRY(add_checks(call, &table, plan, err));
    else
        cli_say(call, "Whether it adds up is judged when it has no faults.");
    cli_table_close(&table);
    return FPT_OK;
}

/* ---- plan run ---- */

fpt_status run_plan_run(cli_call *call, fpt_error *err)
{
    static const char *const names[] = {"year", "measure", "item",
                                        "unit", "stated",  "do_nothing"};
    static const bool number[] = {false, false, false, false, true, true};
    fpt_plan *plan;
    cli_table table;
    FPT_TRY(cli_table_open(call, 6, names, number, &table, err));
    FPT_TRY(cli_plan_open(call, call->argument[0], &plan, err));
    const double *stated, *nothing;
    fpt_plan_scenario scenario = fpt_plan_scenario_default();
    scenario.stated = true;
    FPT_TRY(fpt_plan_once(call->arena, plan, &scenario, &stated, err));
    scenario.no_schemes = true;
    scenario.no_savings = true;
    FPT_TRY(fpt_plan_once(call->arena, plan, &scenario, &nothing, err));
    const size_t metrics = fpt_plan_facts_of(plan).metrics;
    for (size_t i = 0; i < metrics; i++) {
        const fpt_plan_metric m = fpt_plan_metric_at(plan, i);
        const fpt_str cells[] = {cli_plan_year(call, plan, m.year),
                                 fpt_str_from(m.word),
                                 m.name,
                                 fpt_str_from(fpt_plan_unit_word(m.unit)),
                                 cli_double(call, stated[i]),
                                 cli_double(call, nothing[i])};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    size_t count;
    fpt_plan_check *checks;
    FPT_TRY(fpt_plan_checks(call->arena, plan, &count, &checks, err));
    for (size_t i = 0; i < count; i++) {
        if (checks[i].pass) continue;
        call->found_wrong = true;
        cli_say(call, "does not add up: %s: " FPT_STR_FMT, checks[i].code,
                FPT_STR_ARG(checks[i].text));
    }
    return FPT_OK;
}
