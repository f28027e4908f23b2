/*
 * source list, show, loads: what can be read, and what was.
 */
#include <stdio.h>

#include "cli.h"
#include "fpt/ingest.h"

fpt_status run_source_list(cli_call *call, fpt_error *err)
{
    static const char *const names[] = {"source", "version", "publisher",
                                        "title"};
    static const bool number[] = {false, false, false, false};
    fpt_pack_path packs;
    size_t count;
    fpt_source_about *list;
    cli_table table;
    FPT_TRY(cli_packs(call, &packs, err));
    FPT_TRY(fpt_source_list(call->arena, &packs, &count, &list, err));
    FPT_TRY(cli_table_open(call, 4, names, number, &table, err));
    for (size_t i = 0; i < count; i++) {
        const fpt_str cells[] = {list[i].name, list[i].version,
                                 list[i].publisher, list[i].title};
        FPT_TRY(cli_table_row(&table, cells, err));
    }
    cli_table_close(&table);
    return FPT_OK;
}

fpt_status run_source_show(cli_call *call, fpt_error *err)
{
    static const char *const names[] = {"item", "value"};
    static const bool number[] = {false, false};
    const fpt_str wanted = fpt_str_from(call->argument[0]);
    fpt_pack_path packs;
    size_t count;
    fpt_source_about *list;
    cli_table table;
    FPT_TRY(cli_packs(call, &packs, err));
    FPT_TRY(fpt_source_list(call->arena, &packs, &count, &list, err));
    for (size_t i = 0; i < count; i++) {
        if (!fpt_str_equal(list[i].name, wanted)) continue;
        const fpt_str rows[][2] = {
            {FPT_STR("source"), list[i].name},
            {FPT_STR("version"), list[i].version},
            {FPT_STR("title"), list[i].title},
            {FPT_STR("publisher"), list[i].publisher},
            {FPT_STR("licence"), list[i].licence},
            {FPT_STR("about"), list[i].about},
            {FPT_STR("recognised_by"), list[i].recognised_by},
            {FPT_STR("columns_read"), cli_int(call, (int64_t)list[i].columns)},
            {FPT_STR("facts_per_record"),
             cli_int(call, (int64_t)list[i].facts)},
        };
        FPT_TRY(cli_table_open(call, 2, names, number, &table, err));
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            FPT_TRY(cli_table_row(&table, rows[r], err));
        cli_table_close(&table);
        return FPT_OK;
    }
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "there is no source \"%s\"; footprint source list shows "
                    "those that are known",
                    call->argument[0]);
}

static fpt_status tell_loads(cli_call *call, fpt_workspace *workspace,
                             fpt_error *err)
{
    static const char *const names[] = {
        "load",      "source",    "version",    "vintage",      "known_from",
        "loaded_on", "rows_read", "rows_taken", "rows_skipped", "rows_rejected",
        "bytes",     "file",      "sha256"};
    static const bool number[] = {true, false, false, false, false, false, true,
                                  true, true,  true,  true,  false, false};
    cli_table table;
    fpt_rows rows;
    FPT_TRY(cli_table_open(call, 13, names, number, &table, err));
    FPT_TRY(fpt_store_query(
        workspace->warehouse, call->arena,
        "SELECT load, source, source_version, vintage, known_from, loaded_on, "
        "rows_read, rows_taken, rows_skipped, rows_rejected, bytes, name, "
        "sha256 FROM load ORDER BY load",
        0, NULL, &rows, err));
    fpt_status status = FPT_OK;
    while (status == FPT_OK && fpt_rows_next(&rows))
        for (size_t r = 0; r < rows.count && status == FPT_OK; r++) {
            fpt_str cells[13];
            for (size_t c = 0; c < 13; c++) {
                const fpt_cells *cell = &rows.column[c];
                cells[c] =
                    cell->null[r]                 ? FPT_STR("")
                    : cell->type == FPT_TYPE_TEXT ? cell->text[r]
                    : cell->type == FPT_TYPE_DATE
                        ? cli_date(call, (fpt_date){(int32_t)cell->whole[r]})
                        : cli_int(call, cell->whole[r]);
            }
            status = cli_table_row(&table, cells, err);
        }
    const fpt_status closed = fpt_rows_close(&rows, err);
    if (status == FPT_OK) status = closed;
    if (status == FPT_OK) cli_table_close(&table);
    return status;
}

fpt_status run_source_loads(cli_call *call, fpt_error *err)
{
    fpt_workspace workspace;
    FPT_TRY(cli_workspace(call, true, &workspace, err));
    const fpt_status status = tell_loads(call, &workspace, err);
    fpt_workspace_close(&workspace);
    return status;
}
