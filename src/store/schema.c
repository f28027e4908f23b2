/*
 * The tables of a store, and their number. Each store says which tables it has
 * and which version of the program made them. The warehouse is made again when
 * its number is an older one; the ledger, which cannot be, is brought up step by
 * step. What a later program made is refused: it may mean what we do not know.
 */
#include "store_i.h"

static void add_ddl(fpt_strbuf *sql, const fpt_store *store,
                    const fpt_table *table)
{
    fpt_strbuf_print(sql, "CREATE TABLE IF NOT EXISTS \"%s\" (", table->name);
    for (size_t i = 0; i < table->columns; i++) {
        const fpt_table_column *column = &table->column[i];
        fpt_strbuf_print(sql, "%s\"%s\" %s%s", i == 0 ? "" : ", ", column->name,
                         store->backend->type_name[column->type],
                         column->required ? " NOT NULL" : "");
    }
    fpt_strbuf_add(sql, FPT_STR(")"));
}

/* An append-only table refuses what would change it; REPLACE, too, which would
 * otherwise remove a row without asking the trigger of DELETE. */
static const char *const ledger_guards[] = {
    "CREATE UNIQUE INDEX IF NOT EXISTS entry_seq ON entry (seq)",
    "CREATE TRIGGER IF NOT EXISTS entry_is_kept BEFORE UPDATE ON entry "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS entry_is_next BEFORE INSERT ON entry WHEN "
    "NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry) "
    "BEGIN SELECT RAISE(ABORT, 'entries are numbered in order'); END",
    "CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
};

/* How a ledger of number i + 1 becomes one of number i + 2. */
static const char *const ledger_steps[] = {
    "ALTER TABLE schema_version ADD COLUMN made_by TEXT",
};
_Static_assert(sizeof ledger_steps / sizeof *ledger_steps ==
                   FPTI_LEDGER_SCHEMA - 1,
               "one step from each number to the next");

static fpt_status make_tables(fpt_store *store, fpt_error *err)
{
    size_t count;
    const fpt_table *table = fpt_tables(&count);
    for (size_t i = 0; i < count; i++) {
        if (table[i].kind != store->kind) continue;
        fpt_arena scratch = store->arena;
        fpt_strbuf sql = fpt_strbuf_make(&scratch);
        add_ddl(&sql, store, &table[i]);
        if (sql.failed) return fpt_fail(err, FPT_ERR_MEMORY, "no memory");
        FPT_TRY(fpt_store_run(store, sql.data, 0, NULL, err));
    }
    if (store->kind != FPT_LEDGER) return FPT_OK;
    for (size_t i = 0; i < sizeof ledger_guards / sizeof *ledger_guards; i++)
        FPT_TRY(fpt_store_run(store, ledger_guards[i], 0, NULL, err));
    return FPT_OK;
}

/* Two processes may make it at once: the second waits for the first, and finds
 * everything there. */
static fpt_status make_schema(fpt_store *store, fpt_error *err)
{
    const fpt_bind made[] = {fpt_bind_int(fpti_schema_number(store->kind)),
                             fpt_bind_text(FPT_STR(FPT_VERSION))};
    FPT_TRY(fpt_store_run(store,
                          "CREATE TABLE IF NOT EXISTS schema_version (version "
                          "BIGINT NOT NULL, made_by TEXT)",
                          0, NULL, err));
    FPT_TRY(fpt_store_run(store,
                          "INSERT INTO schema_version SELECT $1, $2 WHERE NOT "
                          "EXISTS (SELECT 1 FROM schema_version)",
                          2, made, err));
    return make_tables(store, err);
}

static fpt_status read_number(fpt_store *store, int64_t *out, fpt_error *err)
{
    return fpt_store_ask_int(store, "SELECT max(version) FROM schema_version",
                             0, NULL, 0, out, err);
}

/* From number 2 on a store says who made it. */
static fpt_status read_maker(fpt_store *store, int64_t number, fpt_str *out,
                             fpt_error *err)
{
    fpt_rows rows;
    *out = FPT_STR("");
    if (number < 2) return FPT_OK;
    FPT_TRY(fpt_store_query(store, &store->arena,
                            "SELECT made_by FROM schema_version LIMIT 1", 0,
                            NULL, &rows, err));
    if (fpt_rows_next(&rows) && !rows.column[0].null[0])
        *out = fpt_str_keep(&store->arena, rows.column[0].text[0]);
    return fpt_rows_close(&rows, err);
}

static fpt_status in_transaction(fpt_store *store,
                                 fpt_status (*work)(fpt_store *, fpt_error *),
                                 fpt_error *err)
{
    FPT_TRY(fpt_store_begin(store, err));
    const fpt_status status = work(store, err);
    if (status == FPT_OK) return fpt_store_commit(store, err);
    fpt_store_rollback(store);
    return status;
}

/* Its number is asked again inside the transaction: another process may have
 * taken the steps meanwhile. */
static fpt_status take_steps(fpt_store *store, fpt_error *err)
{
    int64_t number;
    FPT_TRY(fpt_store_run(store, "UPDATE schema_version SET version = version",
                          0, NULL, err));
    FPT_TRY(read_number(store, &number, err));
    if (number >= FPTI_LEDGER_SCHEMA) return FPT_OK;
    for (int64_t i = number; i < FPTI_LEDGER_SCHEMA; i++)
        FPT_TRY(fpt_store_run(store, ledger_steps[i - 1], 0, NULL, err));
    const fpt_bind made[] = {fpt_bind_int(FPTI_LEDGER_SCHEMA),
                             fpt_bind_text(FPT_STR(FPT_VERSION))};
    return fpt_store_run(store,
                         "UPDATE schema_version SET version = $1, made_by = $2",
                         2, made, err);
}

static fpt_status refuse(fpt_store *store, int64_t number, const char *advice,
                         fpt_error *err)
{
    fpt_str maker;
    FPT_TRY(read_maker(store, number, &maker, err));
    return fpt_fail(err, FPT_ERR_STORE,
                    "%s: was made by %s" FPT_STR_FMT
                    ", and its tables are numbered %lld; this is version %s, "
                    "which knows %d: %s",
                    store->path,
                    maker.len > 0 ? "Footprint "
                                  : "another version of Footprint",
                    FPT_STR_ARG(maker), (long long)number, FPT_VERSION,
                    fpti_schema_number(store->kind), advice);
}

fpt_status fpti_schema_settle(fpt_store *store,
                              const fpt_store_options *options, fpt_error *err)
{
    bool fresh = false;
    int64_t number;
    if (!options->read_only)
        FPT_TRY(store->backend->is_fresh(store, &fresh, err));
    if (fresh) FPT_TRY(in_transaction(store, make_schema, err));
    FPT_TRY(read_number(store, &number, err));
    const int known = fpti_schema_number(store->kind);
    if (number > known)
        return refuse(store, number, "use that version, or a later one", err);
    store->old = number < known;
    if (!store->old) return FPT_OK;
    if (number < 1)
        return fpt_fail(err, FPT_ERR_STORE,
                        "%s: is no store of Footprint's, or was never finished",
                        store->path);
    if (store->kind == FPT_WAREHOUSE) {
        if (options->accept_old) return FPT_OK;
        return refuse(store, number, "run `footprint rebuild`", err);
    }
    /* What is asked of an old ledger is asked of this one alike; to be written
     * to it is brought up. */
    store->old = false;
    return options->read_only ? FPT_OK : in_transaction(store, take_steps, err);
}

bool fpt_store_is_old(const fpt_store *store)
{
    return store->old;
}
