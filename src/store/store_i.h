/* Shared inside store only: what a back end does. */
#ifndef FPT_STORE_I_H
#define FPT_STORE_I_H

#include "fpt/store.h"

/** Rows handed over at once. */
enum { FPTI_CHUNK_ROWS = 2048 };

/** One database product. Each function has the contract of its namesake. */
typedef struct fpti_backend {
    void (*close)(fpt_store *store);
    /* Is there no table schema_version yet? */
    fpt_status (*is_fresh)(fpt_store *store, bool *out, fpt_error *err);
    fpt_status (*run)(fpt_store *store, const char *sql, size_t count,
                      const fpt_bind *binds, fpt_error *err);
    fpt_status (*query)(fpt_store *store, fpt_arena *arena, const char *sql,
                        size_t count, const fpt_bind *binds, fpt_rows *out,
                        fpt_error *err);
    bool (*next)(fpt_rows *rows);
    fpt_status (*end)(fpt_rows *rows, fpt_error *err);
    fpt_status (*append_open)(fpt_appender *appender, fpt_error *err);
    fpt_status (*append_rows)(fpt_appender *appender, size_t rows,
                              const fpt_column *column, fpt_error *err);
    fpt_status (*append_close)(fpt_appender *appender, fpt_error *err);
    fpt_status (*append_settle)(fpt_store *store, fpt_error *err);
    const char *type_name[FPT_TYPE_BLOB + 1]; /**< of the columns, in DDL */
    const char *begin; /**< the statement that begins a transaction */
} fpti_backend;

struct fpt_store {
    const fpti_backend *backend;
    fpt_arena arena;
    const char *path; /**< for messages */
    fpt_store_kind kind;
    bool old; /* a warehouse with the tables of an earlier version */
    bool in_transaction;
    bool spoilt;                 /* something failed inside the transaction */
    unsigned threads;            /**< that it may use */
    void *database, *connection; /**< the product's own handles */
    struct fpti_writer *writer; /**< of duckdb_append.c; NULL: not needed yet */
};

struct fpt_rows_state {
    fpt_store *store;
    fpt_cells *cells; /**< what fpt_rows.column points at */
    int64_t **whole;  /**< buffers of FPTI_CHUNK_ROWS a column, by its type */
    double **real;
    fpt_str **text;
    bool **null;
    void *handle, *chunk; /**< the product's own */
    fpt_status status;
    fpt_error error;
    bool ended;
};

struct fpt_appender {
    fpt_store *store;
    fpt_arena *arena;
    const fpt_table *table;
    void *handle, *chunk;       /**< the product's own */
    struct fpti_chunks *chunks; /**< of duckdb_append.c */
};

/** Buffers for a cursor over columns of these types. */
fpt_status fpti_rows_prepare(fpt_store *store, fpt_arena *arena, size_t columns,
                             const fpt_type *types, fpt_rows *out,
                             fpt_error *err);

fpt_status fpti_duckdb_open(fpt_store *store, const char *path,
                            const fpt_store_options *options, fpt_error *err);
/** A message of DuckDB's, told as ours. */
fpt_status fpti_duckdb_fail(const fpt_store *store, const char *message,
                            fpt_error *err);
fpt_status fpti_duckdb_append_open(fpt_appender *appender, fpt_error *err);
fpt_status fpti_duckdb_append_rows(fpt_appender *appender, size_t rows,
                                   const fpt_column *column, fpt_error *err);
fpt_status fpti_duckdb_append_close(fpt_appender *appender, fpt_error *err);
fpt_status fpti_duckdb_settle(fpt_store *store, fpt_error *err);
fpt_status fpti_sqlite_open(fpt_store *store, const char *path,
                            const fpt_store_options *options, fpt_error *err);

/** The numbers of the tables of tables.def. Each goes up by one whenever its
 *  tables change; the ledger's with a step in schema.c. */
enum { FPTI_WAREHOUSE_SCHEMA = 2, FPTI_LEDGER_SCHEMA = 2 };

static inline int fpti_schema_number(fpt_store_kind kind)
{
    return kind == FPT_WAREHOUSE ? FPTI_WAREHOUSE_SCHEMA : FPTI_LEDGER_SCHEMA;
}

/** Make the tables of a fresh store, or see that they are those that we know. */
fpt_status fpti_schema_settle(fpt_store *store,
                              const fpt_store_options *options, fpt_error *err);

/** Is the bit of a row set? No bits: all are. */
static inline bool fpti_is_valid(const uint8_t *valid, size_t row)
{
    return valid == NULL || (valid[row / 8] >> (row % 8) & 1) != 0;
}

#endif /* FPT_STORE_I_H */
