/*
 * Appending to the warehouse. The caller's columns are copied into chunks of
 * DuckDB's; a thread of the store's own, the writer, hands these on, in their
 * order, while the caller gathers the next ones. DuckDB works through a group of
 * rows at a time (statistics, compression, writing), so a hand-over takes either
 * no time or long: enough chunks may wait for the caller not to.
 *
 * While there is a writer DuckDB has no threads beside it. It would give the
 * whole of a hand-over to one of them, and spin until that is done.
 *
 * What fails behind the caller's back is told by whatever is asked of the store
 * next; nothing is handed on from there.
 */
#include <duckdb.h>
#include <pthread.h>
#include <stdio.h>

#include "fpt/behind.h"
#include "store_i.h"

enum {
    WAITING = 128, /* chunks that may wait */
    GROUP = 60     /* chunks that make a group of rows, of 122,880 */
};

struct fpti_writer {
    fpt_arena arena; /* of what is behind it; while there is an appender */
    fpt_behind *behind;
    size_t appenders; /* open ones */
};

/* Chunks that are filled and emptied in turn. */
struct fpti_chunks {
    size_t handed;        /* on; the writer's */
    pthread_mutex_t lock; /* guards what follows */
    size_t count;
    void *spare[WAITING + 1];
};

/* ---- the writer ---- */

/* The appender is made with its first rows. */
static fpt_status make_handle(fpt_appender *appender, fpt_error *err)
{
    duckdb_appender handle = NULL;
    const duckdb_state made = duckdb_appender_create(
        appender->store->connection, NULL, appender->table->name, &handle);
    appender->handle = handle;
    if (made == DuckDBSuccess) return FPT_OK;
    return fpti_duckdb_fail(appender->store, duckdb_appender_error(handle),
                            err);
}

static fpt_status hand_on(fpt_appender *appender, duckdb_data_chunk chunk,
                          fpt_error *err)
{
    if (appender->handle == NULL) FPT_TRY(make_handle(appender, err));
    if (duckdb_append_data_chunk(appender->handle, chunk) == DuckDBSuccess &&
        (++appender->chunks->handed % GROUP != 0 ||
         duckdb_appender_flush(appender->handle) == DuckDBSuccess))
        return FPT_OK;
    return fpti_duckdb_fail(appender->store,
                            duckdb_appender_error(appender->handle), err);
}

static void put_back(struct fpti_chunks *chunks, duckdb_data_chunk chunk)
{
    pthread_mutex_lock(&chunks->lock);
    chunks->spare[chunks->count++] = chunk;
    pthread_mutex_unlock(&chunks->lock);
}

static fpt_status write_chunk(void *owner, void *item, bool wanted,
                              fpt_error *err)
{
    fpt_appender *appender = owner;
    const fpt_status status = wanted ? hand_on(appender, item, err) : FPT_OK;
    put_back(appender->chunks, item);
    return status;
}

/* By a connection of its own: a transaction that failed takes no statement. */
static fpt_status set_threads(fpt_store *store, unsigned threads,
                              fpt_error *err)
{
    char sql[40];
    duckdb_connection connection = NULL;
    duckdb_result result = {0};
    snprintf(sql, sizeof sql, "SET threads = %u", threads);
    if (duckdb_connect(store->database, &connection) != DuckDBSuccess)
        return fpti_duckdb_fail(store, "cannot connect", err);
    fpt_status status = FPT_OK;
    if (duckdb_query(connection, sql, &result) != DuckDBSuccess)
        status = fpti_duckdb_fail(store, duckdb_result_error(&result), err);
    duckdb_destroy_result(&result);
    duckdb_disconnect(&connection);
    return status;
}

static fpt_status begin_writer(fpt_store *store, fpt_error *err)
{
    struct fpti_writer *w = store->writer;
    if (w->appenders++ > 0) return FPT_OK;
    FPT_TRY(fpt_arena_init(&w->arena, NULL));
    if (fpt_behind_open(&w->arena, WAITING, store->threads, &w->behind) !=
        FPT_OK)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to append");
    return fpt_behind_runs(w->behind) ? set_threads(store, 1, err) : FPT_OK;
}

static fpt_status end_writer(fpt_store *store, fpt_error *err)
{
    struct fpti_writer *w = store->writer;
    if (--w->appenders > 0) return FPT_OK;
    const bool ran = w->behind != NULL && fpt_behind_runs(w->behind);
    fpt_behind_close(w->behind);
    w->behind = NULL;
    fpt_arena_clear(&w->arena);
    return ran ? set_threads(store, store->threads, err) : FPT_OK;
}

fpt_status fpti_duckdb_settle(fpt_store *store, fpt_error *err)
{
    fpt_behind *behind = store->writer->behind;
    return behind != NULL ? fpt_behind_settle(behind, err) : FPT_OK;
}

/* ---- the caller's side ---- */

static void *make_chunk(const fpt_table *table)
{
    static const duckdb_type type_of_column[] = {
        DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_DOUBLE, DUCKDB_TYPE_VARCHAR,
        DUCKDB_TYPE_DATE, DUCKDB_TYPE_BLOB};
    duckdb_logical_type types[64];
    FPT_REQUIRE(table->columns <= 64);
    for (size_t c = 0; c < table->columns; c++)
        types[c] =
            duckdb_create_logical_type(type_of_column[table->column[c].type]);
    duckdb_data_chunk chunk = duckdb_create_data_chunk(types, table->columns);
    for (size_t c = 0; c < table->columns; c++)
        duckdb_destroy_logical_type(&types[c]);
    return chunk;
}

fpt_status fpti_duckdb_append_open(fpt_appender *appender, fpt_error *err)
{
    fpt_store *store = appender->store;
    struct fpti_chunks *chunks =
        FPT_NEW(appender->arena, struct fpti_chunks, 1);
    if (store->writer == NULL)
        store->writer = FPT_NEW(&store->arena, struct fpti_writer, 1);
    if (chunks == NULL || store->writer == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to append");
    const fpt_status status = begin_writer(store, err);
    if (status != FPT_OK) {
        fpt_error ignored;
        const fpt_status ended = end_writer(store, &ignored);
        (void)ended;
        return status;
    }
    pthread_mutex_init(&chunks->lock, NULL);
    appender->chunks = chunks;
    return FPT_OK;
}

static bool is_null(const fpt_column *column, size_t row)
{
    if (!fpti_is_valid(column->valid, row)) return true;
    switch (column->type) {
    case FPT_TYPE_DATE:
        return column->whole[row] <= FPT_DATE_MIN_DAYS ||
               column->whole[row] >= FPT_DATE_MAX_DAYS;
    case FPT_TYPE_DOUBLE:
        return column->real[row] != column->real[row];
    case FPT_TYPE_TEXT:
    case FPT_TYPE_BLOB:
        return column->text[row].data == NULL;
    case FPT_TYPE_INT:
        break;
    }
    return false;
}

/* Rows first .. first + rows - 1 of a column into a vector. */
static void fill_vector(const fpt_column *column, size_t first, size_t rows,
                        duckdb_vector vector)
{
    void *data = duckdb_vector_get_data(vector);
    uint64_t *validity = NULL;
    if (column->type == FPT_TYPE_INT && column->valid == NULL) {
        memcpy(data, column->whole + first, rows * sizeof *column->whole);
        return;
    }
    for (size_t r = 0; r < rows; r++) {
        const size_t row = first + r;
        if (is_null(column, row)) {
            if (validity == NULL) {
                duckdb_vector_ensure_validity_writable(vector);
                validity = duckdb_vector_get_validity(vector);
            }
            duckdb_validity_set_row_invalid(validity, r);
            continue;
        }
        switch (column->type) {
        case FPT_TYPE_INT:
            ((int64_t *)data)[r] = column->whole[row];
            break;
        case FPT_TYPE_DATE:
            ((duckdb_date *)data)[r].days = (int32_t)column->whole[row];
            break;
        case FPT_TYPE_DOUBLE:
            ((double *)data)[r] = column->real[row];
            break;
        case FPT_TYPE_TEXT:
        case FPT_TYPE_BLOB:
            duckdb_vector_assign_string_element_len(
                vector, r, column->text[row].data, column->text[row].len);
            break;
        }
    }
}

static duckdb_data_chunk take_chunk(fpt_appender *appender)
{
    struct fpti_chunks *chunks = appender->chunks;
    pthread_mutex_lock(&chunks->lock);
    duckdb_data_chunk chunk =
        chunks->count > 0 ? chunks->spare[--chunks->count] : NULL;
    pthread_mutex_unlock(&chunks->lock);
    if (chunk == NULL) return make_chunk(appender->table);
    duckdb_data_chunk_reset(chunk);
    return chunk;
}

fpt_status fpti_duckdb_append_rows(fpt_appender *appender, size_t rows,
                                   const fpt_column *column, fpt_error *err)
{
    for (size_t first = 0; first < rows; first += FPTI_CHUNK_ROWS) {
        const size_t count =
            rows - first < FPTI_CHUNK_ROWS ? rows - first : FPTI_CHUNK_ROWS;
        duckdb_data_chunk chunk = take_chunk(appender);
        for (size_t c = 0; c < appender->table->columns; c++)
            fill_vector(&column[c], first, count,
                        duckdb_data_chunk_get_vector(chunk, c));
        duckdb_data_chunk_set_size(chunk, count);
        FPT_TRY(fpt_behind_give(appender->store->writer->behind, write_chunk,
                                appender, chunk, err));
    }
    return FPT_OK;
}

/* What is left in DuckDB's own buffer is handed over by the caller. */
fpt_status fpti_duckdb_append_close(fpt_appender *appender, fpt_error *err)
{
    fpt_store *store = appender->store;
    fpt_status status = fpti_duckdb_settle(store, err);
    duckdb_appender handle = appender->handle;
    if (handle != NULL) {
        if (duckdb_appender_close(handle) != DuckDBSuccess && status == FPT_OK)
            status =
                fpti_duckdb_fail(store, duckdb_appender_error(handle), err);
        duckdb_appender_destroy(&handle);
    }
    struct fpti_chunks *chunks = appender->chunks;
    for (size_t i = 0; i < chunks->count; i++) {
        duckdb_data_chunk chunk = chunks->spare[i];
        duckdb_destroy_data_chunk(&chunk);
    }
    pthread_mutex_destroy(&chunks->lock);
    fpt_error why;
    const fpt_status ended = end_writer(store, &why);
    if (status == FPT_OK && ended != FPT_OK && err != NULL) *err = why;
    return status != FPT_OK ? status : ended;
}
