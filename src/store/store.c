/*
 * What is the same over every back end: opening, transactions, cursors.
 */
#include "store_i.h"

#include <stdlib.h>

fpt_store_options fpt_store_options_default(fpt_store_kind kind)
{
    return (fpt_store_options){.struct_size = sizeof(fpt_store_options),
                               .kind = kind};
}

fpt_status fpt_store_open(const char *path, const fpt_store_options *options,
                          fpt_store **out, fpt_error *err)
{
    fpt_arena arena;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_store *store = FPT_NEW(&arena, fpt_store, 1);
    const char *name =
        fpt_str_copy(&arena, fpt_str_from(path != NULL ? path : "memory"));
    if (store == NULL || name == NULL) {
        fpt_arena_clear(&arena);
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to open the store");
    }
    store->path = name;
    store->kind = options->kind;
    store->arena = arena;
    if (path != NULL && options->read_only &&
        fpt_file_kind_of(path) == FPT_FILE_NONE) {
        fpt_arena_clear(&arena);
        return fpt_fail(err, FPT_ERR_NOT_FOUND, "%s: there is no such file",
                        path);
    }
    fpt_status status = options->kind == FPT_WAREHOUSE
                            ? fpti_duckdb_open(store, path, options, err)
                            : fpti_sqlite_open(store, path, options, err);
    if (status == FPT_OK) status = fpti_schema_settle(store, options, err);
    if (status != FPT_OK) {
        fpt_store_close(store);
        return status;
    }
    *out = store;
    return FPT_OK;
}

void fpt_store_close(fpt_store *store)
{
    if (store == NULL) return;
    if (store->backend != NULL) {
        if (store->in_transaction) fpt_store_rollback(store);
        store->backend->close(store);
    }
    fpt_arena arena = store->arena;
    fpt_arena_clear(&arena);
}

fpt_status fpt_store_begin(fpt_store *store, fpt_error *err)
{
    FPT_REQUIRE(!store->in_transaction);
    FPT_TRY(fpt_store_run(store, store->backend->begin, 0, NULL, err));
    store->in_transaction = true;
    store->spoilt = false;
    return FPT_OK;
}

/* After a failure DuckDB drops the whole transaction, and yet reports success
 * for its COMMIT; SQLite would keep the half that went well. Neither is wanted. */
fpt_status fpt_store_commit(fpt_store *store, fpt_error *err)
{
    FPT_REQUIRE(store->in_transaction);
    if (store->spoilt) {
        fpt_store_rollback(store);
        return fpt_fail(err, FPT_ERR_STORE,
                        "%s: a statement of the transaction had failed, so "
                        "nothing of it was kept",
                        store->path);
    }
    const fpt_status status = fpt_store_run(store, "COMMIT", 0, NULL, err);
    if (status == FPT_OK)
        store->in_transaction = false;
    else
        fpt_store_rollback(store);
    return status;
}

void fpt_store_rollback(fpt_store *store)
{
    FPT_REQUIRE(store->in_transaction);
    /* A commit that failed may have ended the transaction already. */
    fpt_error ignored;
    const fpt_status settled = fpt_append_settle(store, &ignored);
    const fpt_status status =
        store->backend->run(store, "ROLLBACK", 0, NULL, &ignored);
    (void)settled;
    (void)status;
    store->in_transaction = false;
}

static fpt_status noted(fpt_store *store, fpt_status status)
{
    if (status != FPT_OK) store->spoilt = true;
    return status;
}

fpt_status fpt_store_run(fpt_store *store, const char *sql, size_t count,
                         const fpt_bind *binds, fpt_error *err)
{
    FPT_TRY(fpt_append_settle(store, err));
    return noted(store, store->backend->run(store, sql, count, binds, err));
}

fpt_status fpt_store_query(fpt_store *store, fpt_arena *arena, const char *sql,
                           size_t count, const fpt_bind *binds, fpt_rows *out,
                           fpt_error *err)
{
    FPT_TRY(fpt_append_settle(store, err));
    return noted(store, store->backend->query(store, arena, sql, count, binds,
                                              out, err));
}

bool fpt_rows_next(fpt_rows *rows)
{
    struct fpt_rows_state *state = rows->state;
    if (state->ended || state->status != FPT_OK) return false;
    if (state->store->backend->next(rows)) return true;
    state->ended = true;
    rows->count = 0;
    return false;
}

fpt_status fpt_rows_close(fpt_rows *rows, fpt_error *err)
{
    struct fpt_rows_state *state = rows->state;
    const fpt_status status = state->store->backend->end(rows, err);
    if (state->status != FPT_OK && err != NULL) *err = state->error;
    return noted(state->store,
                 state->status != FPT_OK ? state->status : status);
}

fpt_status fpt_store_ask_int(fpt_store *store, const char *sql, size_t count,
                             const fpt_bind *binds, int64_t otherwise,
                             int64_t *out, fpt_error *err)
{
    fpt_arena scratch = store->arena;
    fpt_rows rows;
    int64_t answer = otherwise;
    FPT_TRY(fpt_store_query(store, &scratch, sql, count, binds, &rows, err));
    if (fpt_rows_next(&rows)) {
        const fpt_cells *cells = &rows.column[0];
        FPT_REQUIRE(cells->type == FPT_TYPE_INT ||
                    cells->type == FPT_TYPE_DATE);
        if (!cells->null[0]) answer = cells->whole[0];
    }
    FPT_TRY(fpt_rows_close(&rows, err));
    *out = answer;
    return FPT_OK;
}

fpt_status fpti_rows_prepare(fpt_store *store, fpt_arena *arena, size_t columns,
                             const fpt_type *types, fpt_rows *out,
                             fpt_error *err)
{
    struct fpt_rows_state *s = FPT_NEW(arena, struct fpt_rows_state, 1);
    fpt_cells *cells = FPT_NEW(arena, fpt_cells, columns);
    bool good = s != NULL && cells != NULL;
    if (good) {
        *s = (struct fpt_rows_state){.store = store, .cells = cells};
        s->whole = FPT_NEW(arena, int64_t *, columns);
        s->real = FPT_NEW(arena, double *, columns);
        s->text = FPT_NEW(arena, fpt_str *, columns);
        s->null = FPT_NEW(arena, bool *, columns);
        good = s->whole != NULL && s->real != NULL && s->text != NULL &&
               s->null != NULL;
    }
    for (size_t c = 0; c < columns && good; c++) {
        cells[c].type = types[c];
        s->null[c] = FPT_NEW(arena, bool, FPTI_CHUNK_ROWS);
        cells[c].null = s->null[c];
        good = s->null[c] != NULL;
        if (!good) break;
        switch (types[c]) {
        case FPT_TYPE_INT:
        case FPT_TYPE_DATE:
            cells[c].whole = s->whole[c] =
                FPT_NEW(arena, int64_t, FPTI_CHUNK_ROWS);
            good = s->whole[c] != NULL;
            break;
        case FPT_TYPE_DOUBLE:
            cells[c].real = s->real[c] =
                FPT_NEW(arena, double, FPTI_CHUNK_ROWS);
            good = s->real[c] != NULL;
            break;
        case FPT_TYPE_TEXT:
        case FPT_TYPE_BLOB:
            cells[c].text = s->text[c] =
                FPT_NEW(arena, fpt_str, FPTI_CHUNK_ROWS);
            good = s->text[c] != NULL;
            break;
        }
    }
    if (!good) return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a query");
    *out = (fpt_rows){.columns = columns, .column = cells, .state = s};
    return FPT_OK;
}

/* ---- appending ---- */

fpt_status fpt_append_open(fpt_store *store, fpt_arena *arena,
                           const char *table, fpt_appender **out,
                           fpt_error *err)
{
    FPT_REQUIRE(store->in_transaction);
    fpt_appender *appender = FPT_NEW(arena, fpt_appender, 1);
    if (appender == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to append");
    *appender = (fpt_appender){
        .store = store, .arena = arena, .table = fpt_table_find(table)};
    FPT_REQUIRE(appender->table != NULL);
    FPT_TRY(noted(store, store->backend->append_open(appender, err)));
    *out = appender;
    return FPT_OK;
}

fpt_status fpt_append_rows(fpt_appender *appender, size_t rows, size_t columns,
                           const fpt_column *column, fpt_error *err)
{
    const fpt_table *table = appender->table;
    FPT_REQUIRE(columns == table->columns);
    for (size_t c = 0; c < columns; c++)
        FPT_REQUIRE(column[c].type == table->column[c].type);
    if (rows == 0) return FPT_OK;
    fpt_store *store = appender->store;
    return noted(store,
                 store->backend->append_rows(appender, rows, column, err));
}

fpt_status fpt_append_close(fpt_appender *appender, fpt_error *err)
{
    fpt_store *store = appender->store;
    return noted(store, store->backend->append_close(appender, err));
}

fpt_status fpt_append_settle(fpt_store *store, fpt_error *err)
{
    if (store->writer == NULL) return FPT_OK;
    return noted(store, store->backend->append_settle(store, err));
}
