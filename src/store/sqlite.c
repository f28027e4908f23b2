/*
 * The ledger's back end: SQLite in WAL mode with full synchronisation, so that
 * what was committed is on the disk. Only our own statements are run.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>

#include "store_i.h"

enum { WAIT_MILLISECONDS = 5000 };

/*
 * The process that holds SQLite's lock on writing, as the kernel tells: byte 120
 * of the -shm file (www.sqlite.org/walformat.html). The file itself is not
 * opened: closing it would let go our own locks. 0: not known.
 */
static long holder_of(const char *path)
{
    enum { WRITE_LOCK_BYTE = 120 };
    char name[4096], line[256];
    struct stat info;
    snprintf(name, sizeof name, "%s-shm", path);
    FILE *locks = stat(name, &info) == 0 ? fopen("/proc/locks", "re") : NULL;
    if (locks == NULL) return 0;
    long found = 0;
    while (found == 0 && fgets(line, sizeof line, locks) != NULL) {
        long pid;
        unsigned long inode;
        long long from, to;
        if (sscanf(line, "%*d: %*s %*s WRITE %ld %*x:%*x:%lu %lld %lld", &pid,
                   &inode, &from, &to) == 4 &&
            pid > 0 && inode == (unsigned long)info.st_ino &&
            from <= WRITE_LOCK_BYTE && WRITE_LOCK_BYTE <= to)
            found = pid;
    }
    fclose(locks);
    return found;
}

static fpt_status fail_locked(const fpt_store *store, fpt_error *err)
{
    char pid[32] = "";
    const long holder = holder_of(store->path);
    if (holder > 0) snprintf(pid, sizeof pid, " (PID %ld)", holder);
    return fpt_fail(err, FPT_ERR_LOCKED,
                    "%s: another process is writing to it%s; wait for it to "
                    "end, then try again",
                    store->path, pid);
}

static fpt_status fail_with(const fpt_store *store, fpt_error *err)
{
    sqlite3 *database = store->database;
    const int code =
        database != NULL ? sqlite3_errcode(database) : SQLITE_NOMEM;
    const char *text =
        database != NULL ? sqlite3_errmsg(database) : "no memory";
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail_locked(store, err);
    case SQLITE_FULL:
    case SQLITE_IOERR:
        return fpt_fail(err, FPT_ERR_IO, "%s: %s", store->path, text);
    case SQLITE_NOMEM:
        return fpt_fail(err, FPT_ERR_MEMORY, "%s: no memory", store->path);
    case SQLITE_CONSTRAINT:
        return fpt_fail(err, FPT_ERR_REFUSED, "%s: %s", store->path, text);
    default:
        return fpt_fail(err, FPT_ERR_STORE, "%s: %s", store->path, text);
    }
}

static void sqlite_backend_close(fpt_store *store)
{
    if (store->database != NULL) sqlite3_close(store->database);
    store->database = NULL;
}

static int bind_one(sqlite3_stmt *statement, int at, const fpt_bind *b)
{
    if (b->null) return sqlite3_bind_null(statement, at);
    switch (b->type) {
    case FPT_TYPE_INT:
    case FPT_TYPE_DATE:
        return sqlite3_bind_int64(statement, at, b->whole);
    case FPT_TYPE_DOUBLE:
        return sqlite3_bind_double(statement, at, b->real);
    case FPT_TYPE_TEXT:
        return sqlite3_bind_text64(statement, at, b->text.data, b->text.len,
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    case FPT_TYPE_BLOB:
        return sqlite3_bind_blob64(statement, at, b->text.data, b->text.len,
                                   SQLITE_TRANSIENT);
    }
    return SQLITE_MISUSE;
}

static fpt_status prepare(fpt_store *store, const char *sql, size_t count,
                          const fpt_bind *binds, sqlite3_stmt **out,
                          fpt_error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) !=
        SQLITE_OK)
        return fail_with(store, err);
    for (size_t i = 0; i < count; i++) {
        if (bind_one(statement, (int)i + 1, &binds[i]) == SQLITE_OK) continue;
        const fpt_status status = fail_with(store, err);
        sqlite3_finalize(statement);
        return status;
    }
    *out = statement;
    return FPT_OK;
}

static fpt_status sqlite_backend_run(fpt_store *store, const char *sql,
                                     size_t count, const fpt_bind *binds,
                                     fpt_error *err)
{
    sqlite3_stmt *statement = NULL;
    FPT_TRY(prepare(store, sql, count, binds, &statement, err));
    int result;
    do {
        result = sqlite3_step(statement);
    } while (result == SQLITE_ROW);
    const fpt_status status =
        result == SQLITE_DONE ? FPT_OK : fail_with(store, err);
    sqlite3_finalize(statement);
    return status;
}

/* SQLite's cells have types, its columns only declared ones: an expression
 * without one is a whole number, which is what our statements compute. */
static fpt_type type_of(sqlite3_stmt *statement, int column)
{
    const char *declared = sqlite3_column_decltype(statement, column);
    if (declared == NULL) return FPT_TYPE_INT;
    if (strcmp(declared, "TEXT") == 0) return FPT_TYPE_TEXT;
    if (strcmp(declared, "REAL") == 0) return FPT_TYPE_DOUBLE;
    if (strcmp(declared, "BLOB") == 0) return FPT_TYPE_BLOB;
    if (strcmp(declared, "DATE") == 0) return FPT_TYPE_DATE;
    return FPT_TYPE_INT;
}

static fpt_status sqlite_backend_query(fpt_store *store, fpt_arena *arena,
                                       const char *sql, size_t count,
                                       const fpt_bind *binds, fpt_rows *out,
                                       fpt_error *err)
{
    sqlite3_stmt *statement = NULL;
    FPT_TRY(prepare(store, sql, count, binds, &statement, err));
    const size_t columns = (size_t)sqlite3_column_count(statement);
    fpt_type types[64];
    FPT_REQUIRE(columns <= 64);
    for (size_t c = 0; c < columns; c++)
        types[c] = type_of(statement, (int)c);
    const fpt_status status =
        fpti_rows_prepare(store, arena, columns, types, out, err);
    if (status != FPT_OK) {
        sqlite3_finalize(statement);
        return status;
    }
    out->state->handle = statement;
    return FPT_OK;
}

/* One row at a time: the ledger is small, and SQLite's texts live until the
 * next step. */
static bool sqlite_backend_next(fpt_rows *rows)
{
    struct fpt_rows_state *s = rows->state;
    sqlite3_stmt *statement = s->handle;
    const int result = sqlite3_step(statement);
    if (result == SQLITE_DONE) return false;
    if (result != SQLITE_ROW) {
        s->status = fail_with(s->store, &s->error);
        return false;
    }
    for (size_t c = 0; c < rows->columns; c++) {
        const int at = (int)c;
        s->null[c][0] = sqlite3_column_type(statement, at) == SQLITE_NULL;
        switch (rows->column[c].type) {
        case FPT_TYPE_INT:
        case FPT_TYPE_DATE:
            s->whole[c][0] = sqlite3_column_int64(statement, at);
            break;
        case FPT_TYPE_DOUBLE:
            s->real[c][0] = sqlite3_column_double(statement, at);
            break;
        case FPT_TYPE_TEXT:
        case FPT_TYPE_BLOB: {
            const void *data = sqlite3_column_blob(statement, at);
            s->text[c][0] =
                (fpt_str){data != NULL ? data : "",
                          (size_t)sqlite3_column_bytes(statement, at)};
        }
        }
    }
    rows->count = 1;
    return true;
}

static fpt_status sqlite_backend_end(fpt_rows *rows, fpt_error *err)
{
    (void)err;
    sqlite3_finalize(rows->state->handle);
    rows->state->handle = NULL;
    return FPT_OK;
}

/* ---- appending: one prepared INSERT ---- */

static fpt_status sqlite_append_open(fpt_appender *appender, fpt_error *err)
{
    const fpt_table *table = appender->table;
    fpt_strbuf sql = fpt_strbuf_make(appender->arena);
    fpt_strbuf_print(&sql, "INSERT INTO \"%s\" VALUES (", table->name);
    for (size_t c = 0; c < table->columns; c++)
        fpt_strbuf_add(&sql, c == 0 ? FPT_STR("?") : FPT_STR(",?"));
    fpt_strbuf_add_char(&sql, ')');
    if (sql.failed) return fpt_fail(err, FPT_ERR_MEMORY, "no memory to append");
    sqlite3_stmt *statement = NULL;
    FPT_TRY(prepare(appender->store, sql.data, 0, NULL, &statement, err));
    appender->handle = statement;
    return FPT_OK;
}

static fpt_bind cell(const fpt_column *column, size_t row)
{
    fpt_bind bind = {.type = column->type,
                     .null = !fpti_is_valid(column->valid, row)};
    if (bind.null) return bind;
    switch (column->type) {
    case FPT_TYPE_INT:
    case FPT_TYPE_DATE:
        bind.whole = column->whole[row];
        bind.null =
            column->type == FPT_TYPE_DATE && (bind.whole <= FPT_DATE_MIN_DAYS ||
                                              bind.whole >= FPT_DATE_MAX_DAYS);
        break;
    case FPT_TYPE_DOUBLE:
        bind.real = column->real[row];
        bind.null = bind.real != bind.real;
        break;
    case FPT_TYPE_TEXT:
    case FPT_TYPE_BLOB:
        bind.text = column->text[row];
        bind.null = bind.text.data == NULL;
        break;
    }
    return bind;
}

static fpt_status sqlite_append_rows(fpt_appender *appender, size_t rows,
                                     const fpt_column *column, fpt_error *err)
{
    sqlite3_stmt *statement = appender->handle;
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < appender->table->columns; c++) {
            const fpt_bind bind = cell(&column[c], r);
            if (bind_one(statement, (int)c + 1, &bind) != SQLITE_OK)
                return fail_with(appender->store, err);
        }
        const int result = sqlite3_step(statement);
        sqlite3_reset(statement);
        if (result != SQLITE_DONE) return fail_with(appender->store, err);
    }
    return FPT_OK;
}

static fpt_status sqlite_append_close(fpt_appender *appender, fpt_error *err)
{
    (void)err;
    sqlite3_finalize(appender->handle);
    return FPT_OK;
}

static fpt_status sqlite_backend_is_fresh(fpt_store *store, bool *out,
                                          fpt_error *err)
{
    int64_t tables;
    FPT_TRY(fpt_store_ask_int(store,
                              "SELECT count(*) FROM sqlite_master WHERE name = "
                              "'schema_version'",
                              0, NULL, 0, &tables, err));
    *out = tables == 0;
    return FPT_OK;
}

static const fpti_backend sqlite_backend = {
    .close = sqlite_backend_close,
    .is_fresh = sqlite_backend_is_fresh,
    .run = sqlite_backend_run,
    .query = sqlite_backend_query,
    .next = sqlite_backend_next,
    .end = sqlite_backend_end,
    .append_open = sqlite_append_open,
    .append_rows = sqlite_append_rows,
    .append_close = sqlite_append_close,
    .type_name = {"BIGINT", "REAL", "TEXT", "DATE", "BLOB"},
    /* A writer waits for its turn here: later, having read, it could not. */
    .begin = "BEGIN IMMEDIATE",
};

fpt_status fpti_sqlite_open(fpt_store *store, const char *path,
                            const fpt_store_options *options, fpt_error *err)
{
    sqlite3 *database = NULL;
    const int flags =
        (options->read_only ? SQLITE_OPEN_READONLY
                            : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
        SQLITE_OPEN_NOMUTEX;
    const int result = sqlite3_open_v2(
        path != NULL ? path : ":memory:", &database, flags, NULL);
    store->backend = &sqlite_backend;
    store->database = database;
    if (result != SQLITE_OK) return fail_with(store, err);
    sqlite3_busy_timeout(database, WAIT_MILLISECONDS);
    if (!options->read_only && path != NULL)
        FPT_TRY(sqlite_backend_run(store, "PRAGMA journal_mode = WAL", 0, NULL,
                                   err));
    return sqlite_backend_run(store, "PRAGMA synchronous = FULL", 0, NULL, err);
}
