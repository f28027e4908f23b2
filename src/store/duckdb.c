/*
 * The warehouse's back end: DuckDB through its C interface. Results are fetched
 * a chunk at a time; whole numbers of every width become int64, and a HUGEINT
 * (what DuckDB makes of a sum) becomes int64 or an error, never a double.
 */
#include <duckdb.h>
#include <stdio.h>

#include "store_i.h"

enum { DEFAULT_MEMORY_MIB = 256 };

/* A message of DuckDB's, told as ours. */
fpt_status fpti_duckdb_fail(const fpt_store *store, const char *message,
                            fpt_error *err)
{
    const char *text = message != NULL ? message : "no reason given";
    fpt_status status = FPT_ERR_STORE;
    if (strstr(text, "Conflicting lock") != NULL ||
        strstr(text, "Could not set lock") != NULL) {
        const char *holder = strstr(text, "PID");
        char pid[32] = "";
        if (holder != NULL)
            snprintf(pid, sizeof pid, " (%.*s)", (int)strcspn(holder, ")"),
                     holder);
        return fpt_fail(err, FPT_ERR_LOCKED,
                        "%s: another process holds it%s; wait for it "
                        "to end, then try again",
                        store->path, pid);
    }
    if (strstr(text, "No space left") != NULL) status = FPT_ERR_IO;
    if (strstr(text, "Out of Memory") != NULL) status = FPT_ERR_MEMORY;
    return fpt_fail(err, status, "%s: %s", store->path, text);
}

static bool set_option(duckdb_config config, const char *name,
                       const char *value)
{
    return duckdb_set_config(config, name, value) == DuckDBSuccess;
}

static bool configure(duckdb_config config, const fpt_store *store,
                      const fpt_store_options *options)
{
    char memory[32], threads[16];
    const int64_t mib = options->most_memory_bytes > 0
                            ? options->most_memory_bytes / (1 << 20)
                            : DEFAULT_MEMORY_MIB;
    snprintf(memory, sizeof memory, "%lldMiB", (long long)(mib > 0 ? mib : 1));
    snprintf(threads, sizeof threads, "%u", store->threads);
    /* Nothing is ever fetched, and no file but its own is opened. Earlier
     * versions of DuckDB need not read it: texts are kept in the way that later
     * ones know. Runs are found by the packing of bits as well, so that they are
     * not looked for twice. */
    return set_option(config, "storage_compatibility_version", "latest") &&
           set_option(config, "disabled_compression_methods", "rle") &&
           set_option(config, "autoinstall_known_extensions", "false") &&
           set_option(config, "autoload_known_extensions", "false") &&
           set_option(config, "enable_external_access", "false") &&
           set_option(config, "max_memory", memory) &&
           set_option(config, "threads", threads) &&
           set_option(config, "access_mode",
                      options->read_only ? "READ_ONLY" : "READ_WRITE");
}

static void duckdb_backend_close(fpt_store *store)
{
    duckdb_connection connection = store->connection;
    duckdb_database database = store->database;
    if (connection != NULL) duckdb_disconnect(&connection);
    if (database != NULL) duckdb_close(&database);
    store->connection = NULL;
    store->database = NULL;
}

/* Asked of the catalogue itself: a question in SQL that lists the tables takes
 * longer than to open the file. */
static fpt_status duckdb_backend_is_fresh(fpt_store *store, bool *out,
                                          fpt_error *err)
{
    (void)err;
    duckdb_table_description table = NULL;
    *out = duckdb_table_description_create(store->connection, NULL,
                                           "schema_version",
                                           &table) != DuckDBSuccess;
    duckdb_table_description_destroy(&table);
    return FPT_OK;
}

/* ---- statements ---- */

static fpt_status bind_all(fpt_store *store, duckdb_prepared_statement prepared,
                           size_t count, const fpt_bind *binds, fpt_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const fpt_bind *b = &binds[i];
        const idx_t at = i + 1;
        duckdb_state state = DuckDBError;
        if (b->null) {
            state = duckdb_bind_null(prepared, at);
        } else {
            switch (b->type) {
            case FPT_TYPE_INT:
                state = duckdb_bind_int64(prepared, at, b->whole);
                break;
            case FPT_TYPE_DATE:
                state = duckdb_bind_date(prepared, at,
                                         (duckdb_date){(int32_t)b->whole});
                break;
            case FPT_TYPE_DOUBLE:
                state = duckdb_bind_double(prepared, at, b->real);
                break;
            case FPT_TYPE_TEXT:
                state = duckdb_bind_varchar_length(prepared, at, b->text.data,
                                                   b->text.len);
                break;
            case FPT_TYPE_BLOB:
                state =
                    duckdb_bind_blob(prepared, at, b->text.data, b->text.len);
                break;
            }
        }
        if (state != DuckDBSuccess)
            return fpti_duckdb_fail(store, duckdb_prepare_error(prepared), err);
    }
    return FPT_OK;
}

static fpt_status execute(fpt_store *store, const char *sql, size_t count,
                          const fpt_bind *binds, duckdb_result *result,
                          fpt_error *err)
{
    duckdb_prepared_statement prepared = NULL;
    fpt_status status = FPT_OK;
    if (duckdb_prepare(store->connection, sql, &prepared) != DuckDBSuccess)
        status = fpti_duckdb_fail(store, duckdb_prepare_error(prepared), err);
    if (status == FPT_OK) status = bind_all(store, prepared, count, binds, err);
    if (status == FPT_OK &&
        duckdb_execute_prepared(prepared, result) != DuckDBSuccess) {
        status = fpti_duckdb_fail(store, duckdb_result_error(result), err);
        duckdb_destroy_result(result);
    }
    duckdb_destroy_prepare(&prepared);
    return status;
}

static fpt_status duckdb_backend_run(fpt_store *store, const char *sql,
                                     size_t count, const fpt_bind *binds,
                                     fpt_error *err)
{
    duckdb_result result;
    FPT_TRY(execute(store, sql, count, binds, &result, err));
    duckdb_destroy_result(&result);
    return FPT_OK;
}

static bool type_of(duckdb_type type, fpt_type *out)
{
    switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_TINYINT:
    case DUCKDB_TYPE_SMALLINT:
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_HUGEINT:
        *out = FPT_TYPE_INT;
        return true;
    case DUCKDB_TYPE_DOUBLE:
        *out = FPT_TYPE_DOUBLE;
        return true;
    case DUCKDB_TYPE_DATE:
        *out = FPT_TYPE_DATE;
        return true;
    case DUCKDB_TYPE_VARCHAR:
        *out = FPT_TYPE_TEXT;
        return true;
    case DUCKDB_TYPE_BLOB:
        *out = FPT_TYPE_BLOB;
        return true;
    default:
        return false;
    }
}

static fpt_status prepare_rows(fpt_store *store, fpt_arena *arena,
                               duckdb_result *result, fpt_rows *out,
                               fpt_error *err)
{
    const size_t columns = (size_t)duckdb_column_count(result);
    fpt_type *types = FPT_NEW(arena, fpt_type, columns);
    duckdb_result *kept = FPT_NEW(arena, duckdb_result, 1);
    if (types == NULL || kept == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for a query");
    for (size_t c = 0; c < columns; c++)
        if (!type_of(duckdb_column_type(result, c), &types[c]))
            return fpt_fail(err, FPT_ERR_STORE,
                            "%s: column %zu of a query has a type that is not "
                            "ours: cast it",
                            store->path, c + 1);
    FPT_TRY(fpti_rows_prepare(store, arena, columns, types, out, err));
    *kept = *result;
    out->state->handle = kept;
    return FPT_OK;
}

static fpt_status duckdb_backend_query(fpt_store *store, fpt_arena *arena,
                                       const char *sql, size_t count,
                                       const fpt_bind *binds, fpt_rows *out,
                                       fpt_error *err)
{
    duckdb_result result;
    FPT_TRY(execute(store, sql, count, binds, &result, err));
    const fpt_status status = prepare_rows(store, arena, &result, out, err);
    if (status != FPT_OK) duckdb_destroy_result(&result);
    return status;
}

/* Whole numbers of any width into int64. False: one does not fit. */
static bool widen(duckdb_type type, const void *data, size_t rows,
                  const bool *null, int64_t *out)
{
    for (size_t r = 0; r < rows; r++) {
        if (null[r]) {
            out[r] = 0;
            continue;
        }
        switch (type) {
        case DUCKDB_TYPE_BOOLEAN:
            out[r] = ((const bool *)data)[r];
            break;
        case DUCKDB_TYPE_TINYINT:
            out[r] = ((const int8_t *)data)[r];
            break;
        case DUCKDB_TYPE_SMALLINT:
            out[r] = ((const int16_t *)data)[r];
            break;
        case DUCKDB_TYPE_INTEGER:
            out[r] = ((const int32_t *)data)[r];
            break;
        case DUCKDB_TYPE_DATE:
            out[r] = ((const duckdb_date *)data)[r].days;
            break;
        case DUCKDB_TYPE_BIGINT:
            out[r] = ((const int64_t *)data)[r];
            break;
        default: {
            const duckdb_hugeint huge = ((const duckdb_hugeint *)data)[r];
            const int64_t low = (int64_t)huge.lower;
            if (huge.upper != (low < 0 ? -1 : 0)) return false;
            out[r] = low;
        }
        }
    }
    return true;
}

static void view_texts(const void *data, size_t rows, const bool *null,
                       fpt_str *out)
{
    const duckdb_string_t *text = data;
    for (size_t r = 0; r < rows; r++) {
        /* duckdb_string_t_data wants a pointer that it may not write to. */
        duckdb_string_t *one = (duckdb_string_t *)(uintptr_t)&text[r];
        out[r] = null[r] ? (fpt_str){"", 0}
                         : (fpt_str){duckdb_string_t_data(one),
                                     duckdb_string_t_length(*one)};
    }
}

static bool take_column(fpt_rows *rows, size_t c, duckdb_type type,
                        duckdb_vector vector)
{
    struct fpt_rows_state *s = rows->state;
    const void *data = duckdb_vector_get_data(vector);
    uint64_t *validity = duckdb_vector_get_validity(vector);
    for (size_t r = 0; r < rows->count; r++)
        s->null[c][r] =
            validity != NULL && !duckdb_validity_row_is_valid(validity, r);
    switch (rows->column[c].type) {
    case FPT_TYPE_INT:
    case FPT_TYPE_DATE:
        return widen(type, data, rows->count, s->null[c], s->whole[c]);
    case FPT_TYPE_DOUBLE:
        memcpy(s->real[c], data, rows->count * sizeof(double));
        return true;
    case FPT_TYPE_TEXT:
    case FPT_TYPE_BLOB:
        view_texts(data, rows->count, s->null[c], s->text[c]);
        return true;
    }
    return false;
}

static bool duckdb_backend_next(fpt_rows *rows)
{
    struct fpt_rows_state *s = rows->state;
    duckdb_result *result = s->handle;
    duckdb_data_chunk old = s->chunk;
    if (old != NULL) duckdb_destroy_data_chunk(&old);
    duckdb_data_chunk chunk = duckdb_fetch_chunk(*result);
    s->chunk = chunk;
    if (chunk == NULL) return false;
    rows->count = (size_t)duckdb_data_chunk_get_size(chunk);
    FPT_REQUIRE(rows->count <= FPTI_CHUNK_ROWS);
    for (size_t c = 0; c < rows->columns; c++) {
        if (take_column(rows, c, duckdb_column_type(result, c),
                        duckdb_data_chunk_get_vector(chunk, c)))
            continue;
        s->status = fpt_fail(&s->error, FPT_ERR_STORE,
                             "%s: a sum in column %zu of a query does not fit "
                             "in 64 bits",
                             s->store->path, c + 1);
        return false;
    }
    return rows->count > 0;
}

static fpt_status duckdb_backend_end(fpt_rows *rows, fpt_error *err)
{
    struct fpt_rows_state *s = rows->state;
    (void)err;
    duckdb_data_chunk chunk = s->chunk;
    if (chunk != NULL) duckdb_destroy_data_chunk(&chunk);
    if (s->handle != NULL) duckdb_destroy_result(s->handle);
    s->chunk = NULL;
    s->handle = NULL;
    return FPT_OK;
}

static const fpti_backend duckdb_backend = {
    .close = duckdb_backend_close,
    .is_fresh = duckdb_backend_is_fresh,
    .run = duckdb_backend_run,
    .query = duckdb_backend_query,
    .next = duckdb_backend_next,
    .end = duckdb_backend_end,
    .append_open = fpti_duckdb_append_open,
    .append_rows = fpti_duckdb_append_rows,
    .append_close = fpti_duckdb_append_close,
    .append_settle = fpti_duckdb_settle,
    .type_name = {"BIGINT", "DOUBLE", "VARCHAR", "DATE", "BLOB"},
    .begin = "BEGIN TRANSACTION",
};

fpt_status fpti_duckdb_open(fpt_store *store, const char *path,
                            const fpt_store_options *options, fpt_error *err)
{
    duckdb_config config;
    if (duckdb_create_config(&config) != DuckDBSuccess)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the warehouse");
    fpt_status status = FPT_OK;
    char *message = NULL;
    duckdb_database database = NULL;
    duckdb_connection connection = NULL;
    store->threads =
        options->threads > 0 ? options->threads : fpt_parallel_processors();
    if (!configure(config, store, options))
        status =
            fpt_fail(err, FPT_ERR_STORE,
                     "%s: this DuckDB does not know our settings", store->path);
    else if (duckdb_open_ext(path, &database, config, &message) !=
             DuckDBSuccess)
        status = fpti_duckdb_fail(store, message, err);
    else if (duckdb_connect(database, &connection) != DuckDBSuccess)
        status =
            fpt_fail(err, FPT_ERR_STORE, "%s: cannot connect", store->path);
    if (message != NULL) duckdb_free(message);
    duckdb_destroy_config(&config);
    store->backend = &duckdb_backend;
    store->database = database;
    store->connection = connection;
    return status;
}
