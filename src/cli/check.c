/*
 * check: every rule that was applied to what was loaded, and how it went; then
 * what else was found, such as codes that no register knows.
 */
#include "cli.h"

enum { CELLS = 9, STATUS = 4 };

/* The rows of the question into the table; is any of them not as it should be? */
static fpt_status tell_rows(cli_call *call, fpt_rows *rows, cli_table *table,
                            fpt_error *err)
{
    const bool strict = cli_option(call, "strict") != NULL;
    for (size_t r = 0; r < rows->count; r++) {
        fpt_str cells[CELLS];
        for (size_t c = 0; c < CELLS; c++) {
            const fpt_cells *cell = &rows->column[c];
            cells[c] = cell->null[r] ? FPT_STR("")
                       : cell->type == FPT_TYPE_TEXT
                           ? cell->text[r]
                           : cli_int(call, cell->whole[r]);
        }
        const fpt_str status = cells[STATUS];
        if (fpt_str_equal(status, FPT_STR("fail")) ||
            (strict && !fpt_str_equal(status, FPT_STR("pass")) &&
             !fpt_str_equal(status, FPT_STR("n/a")) &&
             !fpt_str_equal(status, FPT_STR("note"))))
            call->found_wrong = true;
        FPT_TRY(cli_table_row(table, cells, err));
    }
    return FPT_OK;
}

static fpt_status tell_checks(cli_call *call, fpt_workspace *workspace,
                              fpt_error *err)
{
    static const char *const names[] = {"load",    "source",    "file",
                                        "check",   "status",    "failed",
                                        "checked", "tolerance", "text"};
    static const bool number[] = {true, false, false, false, false,
                                  true, true,  true,  false};
    cli_table table;
    fpt_rows rows;
    FPT_TRY(cli_table_open(call, CELLS, names, number, &table, err));
    FPT_TRY(fpt_store_query(
        workspace->warehouse, call->arena,
        "SELECT c.load, l.source, l.name, c.what, c.status, c.failed, "
        "c.checked, c.tolerance, c.text FROM (SELECT load, 0 AS rank, check_id "
        "AS what, status, failed, checked, tolerance, text FROM quality UNION "
        "ALL SELECT load, 1, code, severity, NULL, NULL, NULL, text FROM "
        "finding) c LEFT JOIN load l ON l.load = c.load ORDER BY c.load, "
        "c.rank, c.what, c.text",
        0, NULL, &rows, err));
    fpt_status status = FPT_OK;
    while (status == FPT_OK && fpt_rows_next(&rows))
        status = tell_rows(call, &rows, &table, err);
    const fpt_status closed =
        fpt_rows_close(&rows, status == FPT_OK ? err : NULL);
    if (status == FPT_OK) status = closed;
    if (status == FPT_OK) cli_table_close(&table);
    return status;
}

fpt_status run_check(cli_call *call, fpt_error *err)
{
    fpt_workspace workspace;
    FPT_TRY(cli_workspace(call, true, &workspace, err));
    const fpt_status status = tell_checks(call, &workspace, err);
    fpt_workspace_close(&workspace);
    return status;
}
