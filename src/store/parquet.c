/*
 * A Parquet file as CSV, by way of the columnar store: it reads such files
 * itself. The handle is one of its own, in memory, that may open files but
 * fetches nothing; the warehouse never may.
 */
#include <duckdb.h>

#include "fpt/store.h"

/* A name between double quotes, or a path between single ones. */
static void add_quoted(fpt_strbuf *sql, const char *text, char quote)
{
    fpt_strbuf_add_char(sql, quote);
    for (; *text != '\0'; text++) {
        if (*text == quote) fpt_strbuf_add_char(sql, quote);
        fpt_strbuf_add_char(sql, *text);
    }
    fpt_strbuf_add_char(sql, quote);
}

typedef struct reader {
    duckdb_connection connection;
    const char *path;
} reader;

static fpt_status ask(const reader *r, const fpt_strbuf *sql,
                      duckdb_result *result, fpt_error *err)
{
    if (sql->failed) return FPT_ERR_MEMORY;
    if (duckdb_query(r->connection, sql->data, result) == DuckDBSuccess)
        return FPT_OK;
    const char *text = duckdb_result_error(result);
    fpt_fail(err, FPT_ERR_INPUT, "%s: cannot be read as Parquet: %.200s",
             r->path, text != NULL ? text : "no reason given");
    duckdb_destroy_result(result);
    return FPT_ERR_INPUT;
}

/* Whole numbers that stand in a column of doubles, because some are missing,
 * are written as whole numbers are. */
static void add_column(fpt_strbuf *sql, const char *name, bool is_double)
{
    if (!is_double) {
        add_quoted(sql, name, '"');
        return;
    }
    fpt_strbuf_add(sql, FPT_STR("CASE WHEN "));
    add_quoted(sql, name, '"');
    fpt_strbuf_add(sql, FPT_STR(" = trunc("));
    add_quoted(sql, name, '"');
    fpt_strbuf_add(sql, FPT_STR(") AND abs("));
    add_quoted(sql, name, '"');
    fpt_strbuf_add(sql, FPT_STR(") < 1e15 THEN CAST(CAST("));
    add_quoted(sql, name, '"');
    fpt_strbuf_add(sql, FPT_STR(" AS BIGINT) AS VARCHAR) ELSE CAST("));
    add_quoted(sql, name, '"');
    fpt_strbuf_add(sql, FPT_STR(" AS VARCHAR) END AS "));
    add_quoted(sql, name, '"');
}

static fpt_status copy(fpt_arena *arena, const reader *r, const char *csv,
                       fpt_error *err)
{
    duckdb_result columns, done;
    fpt_strbuf sql = fpt_strbuf_make(arena);
    fpt_strbuf_add(&sql, FPT_STR("SELECT name, type FROM parquet_schema("));
    add_quoted(&sql, r->path, '\'');
    fpt_strbuf_add(&sql, FPT_STR(") WHERE num_children IS NULL"));
    FPT_TRY(ask(r, &sql, &columns, err));
    const idx_t count = duckdb_row_count(&columns);
    sql = fpt_strbuf_make(arena);
    fpt_strbuf_add(&sql, FPT_STR("COPY (SELECT "));
    for (idx_t i = 0; i < count; i++) {
        char *name = duckdb_value_varchar(&columns, 0, i);
        char *type = duckdb_value_varchar(&columns, 1, i);
        const bool is_double = type != NULL && (strcmp(type, "DOUBLE") == 0 ||
                                                strcmp(type, "FLOAT") == 0);
        if (i > 0) fpt_strbuf_add(&sql, FPT_STR(", "));
        if (name != NULL) add_column(&sql, name, is_double);
        duckdb_free(name);
        duckdb_free(type);
    }
    duckdb_destroy_result(&columns);
    fpt_strbuf_add(&sql, FPT_STR(" FROM read_parquet("));
    add_quoted(&sql, r->path, '\'');
    fpt_strbuf_add(&sql, FPT_STR(", hive_partitioning = false)) TO "));
    add_quoted(&sql, csv, '\'');
    fpt_strbuf_add(&sql, FPT_STR(" (FORMAT csv, HEADER true)"));
    FPT_TRY(ask(r, &sql, &done, err));
    duckdb_destroy_result(&done);
    return FPT_OK;
}

static bool configure(duckdb_config config)
{
    return duckdb_set_config(config, "autoinstall_known_extensions", "false") ==
               DuckDBSuccess &&
           duckdb_set_config(config, "autoload_known_extensions", "false") ==
               DuckDBSuccess &&
           duckdb_set_config(config, "preserve_insertion_order", "true") ==
               DuckDBSuccess &&
           duckdb_set_config(config, "max_memory", "512MiB") == DuckDBSuccess;
}

fpt_status fpt_parquet_to_csv(fpt_arena scratch, const char *parquet,
                              const char *csv, fpt_error *err)
{
    duckdb_config config;
    duckdb_database database = NULL;
    reader r = {.path = parquet};
    if (fpt_file_kind_of(parquet) != FPT_FILE_REGULAR)
        return fpt_fail(err, FPT_ERR_NOT_FOUND, "%s: there is no such file",
                        parquet);
    if (duckdb_create_config(&config) != DuckDBSuccess) return FPT_ERR_MEMORY;
    char *message = NULL;
    const bool open =
        configure(config) &&
        duckdb_open_ext(NULL, &database, config, &message) == DuckDBSuccess &&
        duckdb_connect(database, &r.connection) == DuckDBSuccess;
    fpt_status status = FPT_ERR_STORE;
    if (open)
        status = copy(&scratch, &r, csv, err);
    else
        status =
            fpt_fail(err, status,
                     "%s: the reader of Parquet does not "
                     "open: %.200s",
                     parquet, message != NULL ? message : "no reason given");
    if (message != NULL) duckdb_free(message);
    if (r.connection != NULL) duckdb_disconnect(&r.connection);
    if (database != NULL) duckdb_close(&database);
    duckdb_destroy_config(&config);
    if (status == FPT_ERR_MEMORY)
        return fpt_fail(err, status, "no memory to read %s", parquet);
    return status;
}
