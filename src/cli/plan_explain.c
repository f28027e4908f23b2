/*
 * plan explain and plan report: what is gathered of a plan, as rows and as a
 * page.
 */
#include "fpt/plan_report.h"
#include "plan.h"

/* --part a,b: those parts; none given: all. */
static fpt_status parts_of_call(cli_call *call, fpt_report_parts *out,
                                fpt_error *err)
{
    const char *text =
        cli_takes(call->command, "part") ? cli_option(call, "part") : NULL;
    *out = fpt_report_all_parts();
    if (text == NULL) return FPT_OK;
    *out = (fpt_report_parts){0};
    fpt_str rest = fpt_str_from(text);
    while (rest.data != NULL) {
        const fpt_str word = fpt_str_cut(&rest, ',');
        if (fpt_report_add_part(out, word)) continue;
#define WORD(field, word, about) " " word
        return fpt_fail(err, FPT_ERR_USAGE,
                        "--part is one or several, with commas between, "
                        "of:" FPT_REPORT_PART_LIST(WORD) "; not \"%.*s\"",
                        FPT_STR_ARG(word));
#undef WORD
    }
    return FPT_OK;
}

/* --about ORG and --period 2018/19: which total. */
static fpt_status target_of_call(cli_call *call, const fpt_plan *plan,
                                 fpt_report_options *out, fpt_error *err)
{
    const char *period =
        cli_takes(call->command, "period") ? cli_option(call, "period") : NULL;
    const char *about =
        cli_takes(call->command, "about") ? cli_option(call, "about") : NULL;
    if (about != NULL) out->about = fpt_str_from(about);
    const int years = fpt_plan_facts_of(plan).years;
    for (int year = 1; year <= years && period != NULL; year++) {
        char text[16];
        if (!fpt_str_equal(fpt_plan_year(plan, year, text),
                           fpt_str_from(period)))
            continue;
        out->year = year;
        return FPT_OK;
    }
    if (period == NULL) return FPT_OK;
    return fpt_fail(err, FPT_ERR_USAGE,
                    "--period is a planned year, as 2018/19; the plan has no "
                    "\"%s\"",
                    period);
}

static fpt_status gather(cli_call *call, fpt_plan_results *out, fpt_error *err)
{
    const fpt_plan_files files = {.folder =
                                      cli_plan_folder(call, call->argument[0])};
    const fpt_log log = cli_log(call);
    fpt_report_parts parts;
    fpt_stress_options given;
    fpt_plan *plan;
    FPT_TRY(cli_plan_options(call, &given, err));
    FPT_TRY(parts_of_call(call, &parts, err));
    if (given.draws > FPT_STRESS_ROWS_MOST)
        return fpt_fail(err, FPT_ERR_USAGE, "--draws is at most %d here",
                        FPT_STRESS_ROWS_MOST);
    FPT_TRY(cli_plan_open(call, call->argument[0], &plan, err));
    fpt_report_options options = fpt_report_options_default();
    options.draws = given.draws;
    options.seed = given.seed;
    options.threads = given.threads;
    options.parts = &parts;
    options.log = &log;
    FPT_TRY(target_of_call(call, plan, &options, err));
    return fpt_plan_results_make(call->arena, &files, &options, out, err);
}

fpt_status run_plan_explain(cli_call *call, fpt_error *err)
{
    static const char *const names[CLI_EXPLAIN_COLUMNS] = {
        "section",  "item",           "what", "value", "lower_95",
        "upper_95", "standard_error", "unit", "note"};
    static const bool number[CLI_EXPLAIN_COLUMNS] = {
        false, false, false, true, true, true, true, false, false};
    cli_explain t = {call, {0}, err};
    fpt_plan_results results;
    FPT_TRY(cli_table_open(call, CLI_EXPLAIN_COLUMNS, names, number, &t.table,
                           err));
    FPT_TRY(gather(call, &results, err));
    cli_say(call, "%.*s in %.*s, %llu draws, seed %llu",
            FPT_STR_ARG(results.target), FPT_STR_ARG(results.target_year),
            (unsigned long long)results.draws,
            (unsigned long long)results.seed);
    FPT_TRY(cli_explain_plan(&t, &results));
    FPT_TRY(cli_explain_decides(&t, &results));
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
