/*
 * check: what loads found wrong, worst first, and areas of unusual size.
 */
#include "cli.h"
#include "fpt/ingest.h"

enum { COLUMNS = 11 };

struct tally {
    size_t of_state[FPT_DATA_NOT_ASKED + 1];
};

/* Those of the states from `first` to `last`. */
static fpt_status put_checks(cli_call *call, cli_table *table, size_t count,
                             const fpt_data_check *list, fpt_data_state first,
                             fpt_data_state last, struct tally *tally,
                             fpt_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const fpt_data_check *c = &list[i];
        if (c->state < first || c->state > last) continue;
        const fpt_str cells[COLUMNS] = {
            fpt_str_from(fpt_data_state_text(c->state)),
            c->rule,
            c->load > 0 ? cli_int(call, c->load) : FPT_STR(""),
            c->source,
            c->vintage,
            c->file.len > 0 ? fpt_str_from(fpt_path_name(c->file.data))
                            : FPT_STR(""),
            c->line > 0 ? cli_int(call, c->line) : FPT_STR(""),
            cli_int(call, c->count),
            c->of >= 0 ? cli_int(call, c->of) : FPT_STR(""),
            c->tolerance >= 0 ? cli_int(call, c->tolerance) : FPT_STR(""),
            c->text};
        FPT_TRY(cli_table_row(table, cells, err));
        tally->of_state[c->state]++;
    }
    return FPT_OK;
}

static fpt_status put_sizes(cli_call *call, cli_table *table,
                            const cli_place *place, struct tally *tally,
                            fpt_error *err)
{
    size_t count;
    fpt_size_remark *list;
    FPT_TRY(fpt_reg_size_remarks(place->registry, &place->tiers, place->on,
                                 call->arena, &count, &list, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_str rule = fpt_str_print(call->arena, "tier-size/%.*s",
                                           FPT_STR_ARG(list[i].tier)),
                      text = fpt_str_print(call->arena, "%.*s (%.*s): %.*s",
                                           FPT_STR_ARG(list[i].name),
                                           FPT_STR_ARG(list[i].code),
                                           FPT_STR_ARG(list[i].text));
        if (rule.data == NULL || text.data == NULL)
            return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
        const fpt_str cells[COLUMNS] = {
            fpt_str_from(fpt_data_state_text(FPT_DATA_NOTE)),
            rule,
            FPT_STR(""),
            FPT_STR(""),
            FPT_STR(""),
            FPT_STR(""),
            FPT_STR(""),
            cli_int(call, list[i].people),
            FPT_STR(""),
            FPT_STR(""),
            text};
        FPT_TRY(cli_table_row(table, cells, err));
    }
    tally->of_state[FPT_DATA_NOTE] += count;
    return FPT_OK;
}

static fpt_status check(cli_call *call, const cli_place *place, fpt_error *err)
{
    static const char *const names[COLUMNS] = {
        "severity", "rule",  "load", "source",    "vintage", "file",
        "line",     "count", "of",   "tolerance", "text"};
    static const bool number[COLUMNS] = {
        false, false, true, false, false, false, true, true, true, true, false};
    struct tally tally = {{0}};
    size_t count;
    fpt_data_check *list;
    cli_table table;
    FPT_TRY(cli_table_open(call, COLUMNS, names, number, &table, err));
    FPT_TRY(fpt_data_checks(place->workspace.warehouse, call->arena, &count,
                            &list, err));
    FPT_TRY(put_checks(call, &table, count, list, FPT_DATA_FAULT, FPT_DATA_NOTE,
                       &tally, err));
    FPT_TRY(put_sizes(call, &table, place, &tally, err));
    FPT_TRY(put_checks(call, &table, count, list, FPT_DATA_PASS,
                       FPT_DATA_NOT_ASKED, &tally, err));
    cli_table_close(&table);
    cli_say(call, "Faults: %zu; warnings: %zu; notes: %zu; rules passed: %zu.",
            tally.of_state[FPT_DATA_FAULT], tally.of_state[FPT_DATA_WARNING],
            tally.of_state[FPT_DATA_NOTE], tally.of_state[FPT_DATA_PASS]);
    call->found_wrong = tally.of_state[FPT_DATA_FAULT] > 0 ||
                        (cli_option(call, "strict") != NULL &&
                         tally.of_state[FPT_DATA_WARNING] > 0);
    return FPT_OK;
}

fpt_status run_check(cli_call *call, fpt_error *err)
{
    cli_place place;
    FPT_TRY(cli_place_open(call, true, &place, err));
    const fpt_status status = check(call, &place, err);
    cli_place_close(&place);
    return status;
}
