/**
 * @file store.h
 * @brief One interface over every database: tables in, queries out.
 *
 * Two kinds of store stand behind it. The warehouse holds facts that can be made
 * again from kept files (DuckDB, columnar); the ledger holds what cannot (SQLite,
 * append-only). Callers write one dialect of SQL: plain SELECT, INSERT, DELETE,
 * with $1, $2 ... for values, sums of whole numbers cast back to BIGINT, and an
 * ORDER BY wherever order matters. No caller names a product, so that a third
 * back end can be put underneath.
 *
 * Whole numbers go in and come out as int64, dates as days from 1970-01-01.
 * Doubles are stored but never summed here: their order is not ours.
 */
#ifndef FPT_STORE_H
#define FPT_STORE_H

#include "fpt/io.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_store fpt_store;

typedef enum fpt_store_kind { FPT_WAREHOUSE, FPT_LEDGER } fpt_store_kind;

typedef struct fpt_store_options {
    size_t struct_size;
    fpt_store_kind kind;
    bool read_only;
    int64_t most_memory_bytes; /**< 0: 256 MiB; the rest goes to the disk */
    unsigned threads;          /**< 0: as many as the machine has */
    bool accept_old; /**< open also a warehouse whose tables are those of an
                          earlier version, so that it can be made again */
} fpt_store_options;

fpt_store_options fpt_store_options_default(fpt_store_kind kind);

/**
 * Open a store, making it and its tables when it is not there (unless
 * read_only). Path NULL keeps it in memory.
 *
 * Errors   FPT_ERR_LOCKED: another process holds it (the text says which);
 *          FPT_ERR_STORE: damaged, or made by a later version than this
 *          program, or a warehouse by an earlier one (an earlier ledger is
 *          brought up when it is opened to write);
 *          FPT_ERR_NOT_FOUND: read_only and not there; FPT_ERR_MEMORY.
 * Memory   the handle owns what it needs until fpt_store_close().
 * Threads  a store belongs to one thread.
 */
FPT_MUST_CHECK fpt_status fpt_store_open(const char *path,
                                         const fpt_store_options *options,
                                         fpt_store **out, fpt_error *err);
void fpt_store_close(fpt_store *store);

/** Has the warehouse the tables of an earlier version? Then only its closing
 *  is of use. */
bool fpt_store_is_old(const fpt_store *store);

/* ---- transactions ---- */

/* One at a time, not nested. A store that is closed inside one is as it was
 * before it, and so is one whose process was killed. A transaction in which
 * anything failed is not committed: that is FPT_ERR_STORE, and it is over. */
FPT_MUST_CHECK fpt_status fpt_store_begin(fpt_store *store, fpt_error *err);
FPT_MUST_CHECK fpt_status fpt_store_commit(fpt_store *store, fpt_error *err);
void fpt_store_rollback(fpt_store *store);

/* ---- statements ---- */

typedef enum fpt_type {
    FPT_TYPE_INT,    /**< int64_t */
    FPT_TYPE_DOUBLE, /**< double */
    FPT_TYPE_TEXT,   /**< fpt_str */
    FPT_TYPE_DATE,   /**< int64_t: days from 1970-01-01 */
    FPT_TYPE_BLOB    /**< fpt_str */
} fpt_type;

/** A value for a $n. */
typedef struct fpt_bind {
    fpt_type type;
    bool null;
    int64_t whole; /**< INT, DATE */
    double real;
    fpt_str text; /**< TEXT, BLOB */
} fpt_bind;

static inline fpt_bind fpt_bind_int(int64_t value)
{
    fpt_bind bind = {FPT_TYPE_INT, false, value, 0.0, {NULL, 0}};
    return bind;
}
static inline fpt_bind fpt_bind_text(fpt_str value)
{
    fpt_bind bind = {FPT_TYPE_TEXT, false, 0, 0.0, value};
    return bind;
}
static inline fpt_bind fpt_bind_date(fpt_date value)
{
    fpt_bind bind = {FPT_TYPE_DATE, false, value.days, 0.0, {NULL, 0}};
    bind.null =
        value.days == FPT_DATE_MIN_DAYS || value.days == FPT_DATE_MAX_DAYS;
    return bind;
}

/** A statement without rows. FPT_ERR_STORE, FPT_ERR_IO when the disk is full. */
FPT_MUST_CHECK fpt_status fpt_store_run(fpt_store *store, const char *sql,
                                        size_t count, const fpt_bind *binds,
                                        fpt_error *err);

/** Cells of one column of the rows at hand. */
typedef struct fpt_cells {
    fpt_type type;
    const int64_t *whole; /**< INT, DATE */
    const double *real;
    const fpt_str *text; /**< TEXT, BLOB; valid until the next rows */
    const bool *null;
} fpt_cells;

/** A cursor: some thousand rows at a time, column by column. */
typedef struct fpt_rows {
    size_t count; /**< rows at hand */
    size_t columns;
    const fpt_cells *column;
    struct fpt_rows_state *state;
} fpt_rows;

/**
 * Ask a question. Its rows come in the order that the SQL gives them.
 *
 * Memory   from the arena, a fixed amount whatever the number of rows.
 */
FPT_MUST_CHECK fpt_status fpt_store_query(fpt_store *store, fpt_arena *arena,
                                          const char *sql, size_t count,
                                          const fpt_bind *binds, fpt_rows *out,
                                          fpt_error *err);

/** The next rows, or false at the end or on a failure. */
bool fpt_rows_next(fpt_rows *rows);

/** Close the cursor, read to its end or not, and tell how it went. */
FPT_MUST_CHECK fpt_status fpt_rows_close(fpt_rows *rows, fpt_error *err);

/** A question whose answer is one whole number (NULL or no row: `otherwise`). */
FPT_MUST_CHECK fpt_status fpt_store_ask_int(fpt_store *store, const char *sql,
                                            size_t count, const fpt_bind *binds,
                                            int64_t otherwise, int64_t *out,
                                            fpt_error *err);

/* ---- appending by columns ---- */

/** A column to append: values, and a bit a row that is 1 where there is one. */
typedef struct fpt_column {
    fpt_type type;
    const int64_t
        *whole;          /**< INT, DATE; a DATE at either end of time is null */
    const double *real;  /**< DOUBLE; NaN is null */
    const fpt_str *text; /**< TEXT, BLOB; data NULL is null */
    const uint8_t *valid; /**< bits, least first; NULL: all are */
} fpt_column;

typedef struct fpt_appender fpt_appender;

/** Begin to append to a table of tables.def, inside a transaction. */
FPT_MUST_CHECK fpt_status fpt_append_open(fpt_store *store, fpt_arena *arena,
                                          const char *table, fpt_appender **out,
                                          fpt_error *err);

/**
 * `rows` rows; `columns` as the table has them, in its order.
 *
 * Errors   of these rows, or of earlier ones: what is appended may still be on
 *          its way to the store when this returns. Any statement waits for it,
 *          and tells what went wrong on the way.
 * Memory   the columns are the caller's again on return.
 */
FPT_MUST_CHECK fpt_status fpt_append_rows(fpt_appender *appender, size_t rows,
                                          size_t columns,
                                          const fpt_column *column,
                                          fpt_error *err);

/** Hand over what is buffered and end; always releases the appender. */
FPT_MUST_CHECK fpt_status fpt_append_close(fpt_appender *appender,
                                           fpt_error *err);

/** Wait until all that was appended has arrived. After a failure of another kind
 *  this tells whether one of these came first. */
FPT_MUST_CHECK fpt_status fpt_append_settle(fpt_store *store, fpt_error *err);

/* ---- Parquet ---- */

/**
 * Write a Parquet file as CSV with the same columns and the order of its rows;
 * nested columns are left out. Whole numbers in a column of doubles are written
 * without a point.
 *
 * Errors   FPT_ERR_NOT_FOUND; FPT_ERR_INPUT: it is no Parquet file, or the CSV
 *          cannot be written (*err says why); FPT_ERR_STORE; FPT_ERR_MEMORY.
 */
FPT_MUST_CHECK fpt_status fpt_parquet_to_csv(fpt_arena scratch,
                                             const char *parquet,
                                             const char *csv, fpt_error *err);

/* ---- the schema, as data ---- */

typedef struct fpt_table_column {
    const char *name;
    fpt_type type;
    bool required; /**< NOT NULL */
    const char *about;
} fpt_table_column;

typedef struct fpt_table {
    const char *name;
    fpt_store_kind kind;
    const char *about;
    size_t columns;
    const fpt_table_column *column;
} fpt_table;

/** All tables of tables.def, in its order. */
const fpt_table *fpt_tables(size_t *count);
const fpt_table *fpt_table_find(const char *name);

#ifdef __cplusplus
}
#endif
#endif /* FPT_STORE_H */
