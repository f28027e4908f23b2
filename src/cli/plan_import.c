/*
 * plan import-nhp: parameters and tables of the New Hospital Programme's demand
 * model, run by its own rules.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fpt/nhp.h"
#include "fpt/store.h"
#include "plan.h"

static void say_findings(const cli_call *call, const char *folder,
                         const fpt_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const fpt_finding *f = &report->finding[i];
        if (f->severity != FPT_FAULT && call->quiet) continue;
        fprintf(stderr, "%s: %s/" FPT_STR_FMT, fpt_severity_text(f->severity),
                folder, FPT_STR_ARG(f->source));
        if (f->line > 0) fprintf(stderr, ":%lld", (long long)f->line);
        fprintf(stderr, ": " FPT_STR_FMT " [" FPT_STR_FMT "]\n",
                FPT_STR_ARG(f->text), FPT_STR_ARG(f->code));
    }
}

/* Parquet files are written as CSV, one at a time, to a folder that is taken
 * away again. */
typedef struct converted {
    cli_call *call;
    char folder[64];
    char csv[96];
} converted;

static fpt_status convert(void *context, const char *parquet, const char **csv,
                          fpt_error *err)
{
    converted *c = context;
    if (c->folder[0] == '\0') {
        snprintf(c->folder, sizeof c->folder, "/tmp/footprint-XXXXXX");
        if (mkdtemp(c->folder) == NULL) {
            c->folder[0] = '\0';
            return fpt_fail(err, FPT_ERR_IO,
                            "/tmp: no folder can be made there");
        }
    }
    snprintf(c->csv, sizeof c->csv, "%s/table.csv", c->folder);
    *csv = c->csv;
    return fpt_parquet_to_csv(*c->call->arena, parquet, c->csv, err);
}

static fpt_status read_model(cli_call *call, const char *folder,
                             fpt_str parameters, fpt_report *report,
                             fpt_nhp **out, fpt_error *err)
{
    converted c = {.call = call};
    const fpt_nhp_files files = {.folder = folder,
                                 .by = cli_option(call, "by"),
                                 .convert = convert,
                                 .context = &c};
    const fpt_status status = fpt_nhp_read(
        call->arena, call->argument[0], parameters, &files, report, out, err);
    if (c.folder[0] != '\0') {
        const fpt_status gone = fpt_folder_remove(c.folder, err);
        if (status == FPT_OK) return gone;
    }
    return status;
}

static fpt_status open_model(cli_call *call, fpt_nhp **out, fpt_error *err)
{
    const char *folder = call->argument[1];
    fpt_report report = fpt_report_make(call->arena);
    fpt_str parameters;
    FPT_TRY(fpt_file_read(call->arena, call->argument[0], SIZE_MAX, &parameters,
                          err));
    FPT_TRY(read_model(call, folder, parameters, &report, out, err));
    say_findings(call, folder, &report);
    if (fpt_nhp_is_runnable(*out)) return FPT_OK;
    return fpt_fail(err, FPT_ERR_INPUT, "%zu fault%s: nothing is run",
                    report.of_severity[FPT_FAULT],
                    report.of_severity[FPT_FAULT] == 1 ? "" : "s");
}

fpt_status run_plan_import_nhp(cli_call *call, fpt_error *err)
{
    enum { KEY = 3, COLUMNS = 10 };
    const char *names[COLUMNS] = {"pod",  "site", "measure", "key", "baseline",
                                  "mean", "sd",   "p10",     "p50", "p90"};
    bool number[COLUMNS] = {false, false, false, false, true,
                            true,  true,  true,  true,  true};
    /* Without --by there is no key. */
    const bool by = cli_option(call, "by") != NULL;
    const size_t gone = by ? 0 : 1;
    for (size_t c = KEY; c + gone < COLUMNS && !by; c++) {
        names[c] = names[c + 1];
        number[c] = number[c + 1];
    }
    fpt_stress_options draws;
    fpt_nhp *nhp;
    fpt_nhp_result *result;
    size_t count;
    cli_table table;
    FPT_TRY(cli_plan_options(call, &draws, err));
    FPT_TRY(cli_table_open(call, COLUMNS - gone, names, number, &table, err));
    FPT_TRY(open_model(call, &nhp, err));
    fpt_nhp_options options = fpt_nhp_options_default();
    if (draws.draws > 1u << 20)
        return fpt_fail(err, FPT_ERR_USAGE, "--draws is at most 2^20 here");
    options.runs = (uint32_t)draws.draws;
    options.seed = draws.seed;
    options.threads = draws.threads;
    FPT_TRY(fpt_nhp_run(call->arena, nhp, &options, &result, &count, err));
    const fpt_nhp_facts facts = fpt_nhp_facts_of(nhp);
    cli_say(call,
            "%zu rows in %zu cells, %d to %d; intervals clipped and "
            "independent, as that model has them; agrees with it in "
            "distribution, not run by run",
            facts.rows, facts.cells, facts.start_year, facts.end_year);
    for (size_t i = 0; i < count; i++) {
        const fpt_nhp_result *r = &result[i];
        fpt_str cells[COLUMNS];
        size_t c = 0;
        cells[c++] = r->pod;
        cells[c++] = r->site;
        cells[c++] = r->measure;
        if (by) cells[c++] = r->key;
        cells[c++] = cli_int(call, r->baseline);
        cells[c++] = cli_double(call, r->mean);
        cells[c++] = cli_double(call, r->sd);
        cells[c++] = cli_double(call, r->p10);
        cells[c++] = cli_double(call, r->p50);
        cells[c++] = cli_double(call, r->p90);
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}
