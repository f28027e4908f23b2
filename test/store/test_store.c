/*
 * Tests for store.h over both back ends: what goes in comes out, and what cannot
 * be done is refused without a trace. Each test runs on DuckDB and on SQLite.
 */
#include "warehouse.h"

#include "store_i.h"

static const fpt_store_kind kinds[] = {FPT_WAREHOUSE, FPT_LEDGER};

/* A table with a column of each type, by the dialect of each product. */
static const char *const every_type[] = {
    "CREATE TABLE sample (i BIGINT, r DOUBLE, t VARCHAR, d DATE, b BLOB)",
    "CREATE TABLE sample (i BIGINT, r REAL, t TEXT, d DATE, b BLOB)"};

static void insert(fpt_store *store, fpt_bind i, fpt_bind r, fpt_bind t,
                   fpt_bind d, fpt_bind b)
{
    const fpt_bind binds[] = {i, r, t, d, b};
    fpt_error err = {0};
    assert_ok_or(fpt_store_run(store,
                               "INSERT INTO sample VALUES ($1, $2, $3, $4, $5)",
                               5, binds, &err),
                 err);
}

static fpt_bind real(double value)
{
    return (fpt_bind){.type = FPT_TYPE_DOUBLE, .real = value};
}

static fpt_bind blob(fpt_str value)
{
    return (fpt_bind){.type = FPT_TYPE_BLOB, .text = value};
}

static fpt_bind nothing(fpt_type type)
{
    return (fpt_bind){.type = type, .null = true};
}

static void test_every_type_in_and_out(void **state)
{
    struct place *place = *state;
    static const char bytes[] = {0, 1, (char)0xFF, 0, 'x'};
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store *store = store_in_memory(kinds[k]);
        run(store, every_type[k]);
        insert(store, fpt_bind_int(INT64_MAX), real(0.1),
               fpt_bind_text(FPT_STR("caf\xC3\xA9, \"x\"\n")),
               fpt_bind_date(day("2017-04-01")),
               blob((fpt_str){bytes, sizeof bytes}));
        insert(store, fpt_bind_int(INT64_MIN), real(-1e300),
               fpt_bind_text(FPT_STR("")), fpt_bind_date(day("0001-01-01")),
               blob(FPT_STR("")));
        insert(store, fpt_bind_int(0), real(5e-324),
               fpt_bind_text(FPT_STR("it's $1")),
               fpt_bind_date(day("9999-12-31")), blob(FPT_STR("y")));
        insert(store, nothing(FPT_TYPE_INT), nothing(FPT_TYPE_DOUBLE),
               nothing(FPT_TYPE_TEXT), nothing(FPT_TYPE_DATE),
               nothing(FPT_TYPE_BLOB));
        assert_answer(store, &place->arena,
                      "SELECT i, r, d, b FROM sample ORDER BY i",
                      kinds[k] == FPT_WAREHOUSE
                          ? "-9223372036854775808 -1e+300 0001-01-01 ; "
                            "0 5e-324 9999-12-31 79; "
                            "9223372036854775807 0.1 2017-04-01 0001ff0078; "
                            "- - - -"
                          : "- - - -; "
                            "-9223372036854775808 -1e+300 0001-01-01 ; "
                            "0 5e-324 9999-12-31 79; "
                            "9223372036854775807 0.1 2017-04-01 0001ff0078");
        assert_answer(store, &place->arena,
                      "SELECT t FROM sample WHERE i IS NOT NULL ORDER BY i",
                      "; it's $1; caf\xC3\xA9, \"x\"\n");
        fpt_store_close(store);
    }
}

/* No known start and no known end are null in the store, however they come. */
static void test_both_ends_of_time_are_null(void **state)
{
    struct place *place = *state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store *store = store_in_memory(kinds[k]);
        run(store, every_type[k]);
        const fpt_date dates[] = {
            fpt_date_start(), fpt_date_open(), {FPT_DATE_MIN_DAYS + 400}, {0}};
        for (size_t i = 0; i < 2; i++)
            insert(store, fpt_bind_int((int64_t)i), real(0),
                   fpt_bind_text(FPT_STR("")), fpt_bind_date(dates[i]),
                   blob(FPT_STR("")));
        assert_answer(store, &place->arena,
                      "SELECT i, d FROM sample ORDER BY i", "0 -; 1 -");
        fpt_store_close(store);
    }
}

/* Appended by columns: values, validity bits, and each type's own sign of
 * missing. `load` has no column of type DOUBLE, so an observation is used. */
static void append_observations(fpt_store *store, fpt_arena *arena, size_t rows)
{
    fpt_str *text = FPT_NEW(arena, fpt_str, rows);
    int64_t *whole = FPT_NEW(arena, int64_t, rows),
            *date = FPT_NEW(arena, int64_t, rows);
    double *number = FPT_NEW(arena, double, rows);
    uint8_t *valid = FPT_NEW(arena, uint8_t, rows / 8 + 1);
    for (size_t i = 0; i < rows; i++) {
        text[i] = fpt_str_print(arena, "row %zu", i);
        whole[i] = (int64_t)i - 5;
        date[i] = i % 7 == 0   ? FPT_DATE_MIN_DAYS
                  : i % 7 == 1 ? FPT_DATE_MAX_DAYS
                               : (int64_t)i;
        number[i] = i % 3 == 0 ? (double)NAN : (double)i / 4;
        if (i % 2 == 0) valid[i / 8] |= (uint8_t)(1u << (i % 8));
    }
    fpt_column column[14];
    const fpt_table *table = fpt_table_find("observation");
    assert_int_equal(table->columns, 14);
    for (size_t c = 0; c < 14; c++)
        column[c] = (fpt_column){.type = table->column[c].type,
                                 .whole = whole,
                                 .real = number,
                                 .text = text};
    for (size_t c = 0; c < 14; c++) {
        /* Required dates must be dates. */
        if (table->column[c].type == FPT_TYPE_DATE) column[c].whole = whole;
        if (table->column[c].type == FPT_TYPE_INT && !table->column[c].required)
            column[c].valid = valid;
    }
    (void)date;
    fpt_appender *appender;
    fpt_error err = {0};
    assert_ok_or(fpt_append_open(store, arena, "observation", &appender, &err),
                 err);
    assert_ok_or(fpt_append_rows(appender, rows, 14, column, &err), err);
    assert_ok_or(fpt_append_rows(appender, 0, 14, column, &err), err);
    assert_ok_or(fpt_append_close(appender, &err), err);
}

static void test_append_by_columns_across_chunks(void **state)
{
    struct place *place = *state;
    fpt_store *store = store_in_memory(FPT_WAREHOUSE);
    fpt_error err = {0};
    assert_ok_or(fpt_store_begin(store, &err), err);
    append_observations(store, &place->arena, 5000);
    assert_ok_or(fpt_store_commit(store, &err), err);
    assert_int_equal(ask(store, "SELECT count(*) FROM observation"), 5000);
    assert_int_equal(ask(store, "SELECT count(value) FROM observation"), 3333);
    assert_int_equal(ask(store, "SELECT count(numerator) FROM observation"),
                     2500);
    assert_int_equal(
        ask(store, "SELECT CAST(sum(numerator) AS BIGINT) FROM observation"),
        /* even i of 0 .. 4998, each less 5 */
        2499 * 2500 - 5 * 2500);
    assert_answer(store, &place->arena,
                  "SELECT place, numerator, value, estimated FROM observation "
                  "WHERE estimated IN (-5, -4, -3, 2043, 4994) ORDER BY "
                  "estimated",
                  "row 0 -5 - -5; row 1 - 0.25 -4; row 2 -3 0.5 -3; "
                  "row 2048 2043 512 2043; row 4999 - 1249.75 4994");
    fpt_store_close(store);
}

static void test_append_in_the_ledger_is_the_same(void **state)
{
    struct place *place = *state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        /* A table that both can have: entry's shape is the same in each. */
        fpt_store *store = store_in_memory(kinds[k]);
        fpt_error err = {0};
        const int64_t seq[] = {1, 2, 3}, on[] = {17000, 17001, 17002};
        const fpt_str text[] = {FPT_STR("one"), FPT_STR(""), FPT_STR("three")};
        const fpt_column column[] = {{.type = FPT_TYPE_INT, .whole = seq},
                                     {.type = FPT_TYPE_TEXT, .text = text},
                                     {.type = FPT_TYPE_TEXT, .text = text},
                                     {.type = FPT_TYPE_DATE, .whole = on},
                                     {.type = FPT_TYPE_TEXT, .text = text}};
        if (kinds[k] == FPT_WAREHOUSE)
            run(store, "CREATE TABLE entry (seq BIGINT, kind VARCHAR, body "
                       "VARCHAR, on_date DATE, sha256 VARCHAR)");
        fpt_appender *appender;
        assert_ok_or(fpt_store_begin(store, &err), err);
        assert_ok_or(
            fpt_append_open(store, &place->arena, "entry", &appender, &err),
            err);
        assert_ok_or(fpt_append_rows(appender, 3, 5, column, &err), err);
        assert_ok_or(fpt_append_close(appender, &err), err);
        assert_ok_or(fpt_store_commit(store, &err), err);
        assert_answer(store, &place->arena,
                      "SELECT seq, kind, on_date FROM entry ORDER BY seq",
                      "1 one 2016-07-18; 2  2016-07-19; 3 three 2016-07-20");
        fpt_store_close(store);
    }
}

/* A missing value in a column that must have one is refused, at the latest when
 * the appender closes; nothing stays. */
static void test_append_refuses_what_a_table_requires(void **state)
{
    struct place *place = *state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store *store = store_in_memory(kinds[k]);
        fpt_error err = {0};
        const char *table = kinds[k] == FPT_WAREHOUSE ? "place" : "entry";
        const int64_t number[] = {1, 2}, on[] = {FPT_DATE_MAX_DAYS, 3};
        const fpt_str missing[] = {{NULL, 0}, FPT_STR("x")};
        const fpt_column column[] = {{.type = FPT_TYPE_INT, .whole = number},
                                     {.type = FPT_TYPE_TEXT, .text = missing},
                                     {.type = FPT_TYPE_TEXT, .text = missing},
                                     {.type = FPT_TYPE_DATE, .whole = on},
                                     {.type = FPT_TYPE_TEXT, .text = missing}};
        fpt_appender *appender;
        assert_ok_or(fpt_store_begin(store, &err), err);
        assert_ok_or(
            fpt_append_open(store, &place->arena, table, &appender, &err), err);
        fpt_status status = fpt_append_rows(
            appender, 2, fpt_table_find(table)->columns, column, &err);
        const fpt_status closed = fpt_append_close(appender, &err);
        if (status == FPT_OK) status = closed;
        assert_int_not_equal(status, FPT_OK);
        assert_says(err, "NOT NULL");
        fpt_store_rollback(store);
        assert_int_equal(ask(store, kinds[k] == FPT_WAREHOUSE
                                        ? "SELECT count(*) FROM place"
                                        : "SELECT count(*) FROM entry"),
                         0);
        fpt_store_close(store);
    }
}

static void test_a_rollback_leaves_nothing(void **state)
{
    struct place *place = *state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store *store = store_in_memory(kinds[k]);
        fpt_error err = {0};
        run(store, every_type[k]);
        assert_ok_or(fpt_store_begin(store, &err), err);
        run(store, "INSERT INTO sample (i) VALUES (1)");
        run(store, "CREATE TABLE other (i BIGINT)");
        assert_int_equal(ask(store, "SELECT count(*) FROM sample"), 1);
        fpt_store_rollback(store);
        assert_int_equal(ask(store, "SELECT count(*) FROM sample"), 0);
        assert_int_equal(
            fpt_store_run(store, "INSERT INTO other VALUES (1)", 0, NULL, &err),
            FPT_ERR_STORE);
        /* and another one can begin */
        assert_ok_or(fpt_store_begin(store, &err), err);
        run(store, "INSERT INTO sample (i) VALUES (2)");
        assert_ok_or(fpt_store_commit(store, &err), err);
        assert_answer(store, &place->arena, "SELECT i FROM sample", "2");
        fpt_store_close(store);
    }
}

static void test_closed_inside_a_transaction_as_before(void **state)
{
    struct place *place = *state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store_options options = fpt_store_options_default(kinds[k]);
        fpt_store *store;
        fpt_error err = {0};
        const char *path = in(place, k == 0 ? "a.duckdb" : "a.sqlite");
        assert_ok_or(fpt_store_open(path, &options, &store, &err), err);
        run(store, every_type[k]);
        run(store, "INSERT INTO sample (i) VALUES (7)");
        assert_ok_or(fpt_store_begin(store, &err), err);
        run(store, "INSERT INTO sample (i) VALUES (8)");
        fpt_store_close(store);
        assert_ok_or(fpt_store_open(path, &options, &store, &err), err);
        assert_answer(store, &place->arena, "SELECT i FROM sample", "7");
        fpt_store_close(store);
    }
    fpt_store_close(NULL);
}

/* All or none: what failed once inside a transaction cannot be committed. */
static void test_a_spoilt_transaction_does_not_commit(void **state)
{
    struct place *place = *state;
    static const char *const tables[] = {
        "CREATE TABLE strict (i BIGINT NOT NULL, t VARCHAR NOT NULL)",
        "CREATE TABLE strict (i BIGINT NOT NULL, t TEXT NOT NULL)"};
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store *store = store_in_memory(kinds[k]);
        fpt_error err = {0};
        run(store, tables[k]);
        /* outside a transaction a failure spoils nothing */
        assert_int_not_equal(
            fpt_store_run(store, "INSERT INTO strict VALUES (0, NULL)", 0, NULL,
                          &err),
            FPT_OK);
        assert_ok_or(fpt_store_begin(store, &err), err);
        run(store, "INSERT INTO strict VALUES (1, 'A')");
        assert_int_not_equal(
            fpt_store_run(store,
                          "INSERT INTO strict VALUES (2, 'B'), (3, NULL)", 0,
                          NULL, &err),
            FPT_OK);
        assert_says(err, "strict.t");
        assert_refused(fpt_store_commit(store, &err), FPT_ERR_STORE, err,
                       "nothing of it was kept");
        assert_answer(store, &place->arena, "SELECT i FROM strict", "");
        /* and the next one is a new one */
        assert_ok_or(fpt_store_begin(store, &err), err);
        run(store, "INSERT INTO strict VALUES (4, 'D')");
        assert_ok_or(fpt_store_commit(store, &err), err);
        assert_answer(store, &place->arena, "SELECT i FROM strict", "4");
        fpt_store_close(store);
    }
}

/* A sum is 128 bits wide in DuckDB: it comes out whole or not at all. */
static void test_a_sum_too_large_is_an_error(void **state)
{
    struct place *place = *state;
    fpt_store *store = store_in_memory(FPT_WAREHOUSE);
    fpt_error err = {0};
    fpt_rows rows;
    run(store, every_type[0]);
    run(store, "INSERT INTO sample (i) VALUES (9223372036854775807)");
    assert_answer(store, &place->arena, "SELECT sum(i) FROM sample",
                  "9223372036854775807");
    run(store, "INSERT INTO sample (i) VALUES (1)");
    assert_ok_or(fpt_store_query(store, &place->arena,
                                 "SELECT i, sum(i) FROM sample GROUP BY "
                                 "ROLLUP(i) ORDER BY i NULLS FIRST",
                                 0, NULL, &rows, &err),
                 err);
    assert_false(fpt_rows_next(&rows));
    assert_false(fpt_rows_next(&rows));
    assert_refused(fpt_rows_close(&rows, &err), FPT_ERR_STORE, err,
                   "column 2 of a query does not fit in 64 bits");
    assert_int_equal(
        fpt_store_query(store, &place->arena,
                        "SELECT CAST(sum(i) AS BIGINT) FROM sample", 0, NULL,
                        &rows, &err),
        FPT_ERR_STORE);
    /* and at the other end */
    run(store, "DELETE FROM sample");
    run(store, "INSERT INTO sample (i) VALUES (-9223372036854775808)");
    assert_answer(store, &place->arena, "SELECT sum(i) FROM sample",
                  "-9223372036854775808");
    fpt_store_close(store);
}

static void test_narrow_numbers_widen(void **state)
{
    struct place *place = *state;
    fpt_store *store = store_in_memory(FPT_WAREHOUSE);
    assert_answer(store, &place->arena,
                  "SELECT CAST(-7 AS TINYINT), CAST(-300 AS SMALLINT), "
                  "CAST(-70000 AS INTEGER), CAST(5 AS HUGEINT), CAST(-5 AS "
                  "HUGEINT), true, CAST(NULL AS HUGEINT)",
                  "-7 -300 -70000 5 -5 1 -");
    fpt_rows rows;
    fpt_error err = {0};
    assert_refused(fpt_store_query(store, &place->arena,
                                   "SELECT 1, TIMESTAMP '2017-01-01 00:00:00'",
                                   0, NULL, &rows, &err),
                   FPT_ERR_STORE, err, "column 2");
    fpt_store_close(store);
}

static void test_many_rows_come_in_order(void **state)
{
    struct place *place = *state;
    fpt_store *store = store_in_memory(FPT_WAREHOUSE);
    fpt_rows rows;
    fpt_error err = {0};
    run(store,
        "INSERT INTO place SELECT i, 'P' || i FROM range(0, 10001) t(i)");
    assert_ok_or(
        fpt_store_query(store, &place->arena,
                        "SELECT place, code FROM place ORDER BY place DESC", 0,
                        NULL, &rows, &err),
        err);
    int64_t next = 10000;
    while (fpt_rows_next(&rows))
        for (size_t r = 0; r < rows.count; r++, next--) {
            char code[32];
            snprintf(code, sizeof code, "P%lld", (long long)next);
            assert_int_equal(rows.column[0].whole[r], next);
            assert_str(rows.column[1].text[r], code);
            assert_false(rows.column[0].null[r]);
        }
    assert_int_equal(next, -1);
    assert_ok_or(fpt_rows_close(&rows, &err), err);
    /* given up half-way, and read again */
    for (int i = 0; i < 3; i++) {
        assert_ok_or(fpt_store_query(store, &place->arena,
                                     "SELECT place FROM place ORDER BY place",
                                     0, NULL, &rows, &err),
                     err);
        assert_true(fpt_rows_next(&rows));
        assert_int_equal(rows.column[0].whole[0], 0);
        assert_ok_or(fpt_rows_close(&rows, &err), err);
    }
    fpt_store_close(store);
}

static void test_a_wrong_statement_names_the_store(void **state)
{
    struct place *place = *state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store *store = store_in_memory(kinds[k]);
        fpt_error err = {0};
        fpt_rows rows;
        assert_refused(fpt_store_run(store, "NONSENSE", 0, NULL, &err),
                       FPT_ERR_STORE, err, "memory: ");
        assert_refused(fpt_store_query(store, &place->arena,
                                       "SELECT nosuch FROM nowhere", 0, NULL,
                                       &rows, &err),
                       FPT_ERR_STORE, err, "nowhere");
        const fpt_bind bind = fpt_bind_int(1);
        assert_int_not_equal(fpt_store_run(store, "SELECT 1", 1, &bind, &err),
                             FPT_OK);
        /* A failure may be told to nobody. */
        assert_int_equal(fpt_store_run(store, "NONSENSE", 0, NULL, NULL),
                         FPT_ERR_STORE);
        fpt_store_close(store);
    }
}

static void test_ask_int(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store *store = store_in_memory(kinds[k]);
        int64_t out = 5;
        const fpt_bind bind = fpt_bind_int(40);
        assert_ok(fpt_store_ask_int(store, "SELECT CAST($1 + 2 AS BIGINT)", 1,
                                    &bind, 9, &out, NULL));
        assert_int_equal(out, 42);
        assert_ok(fpt_store_ask_int(store,
                                    "SELECT max(version) FROM "
                                    "schema_version WHERE version > 99",
                                    0, NULL, 9, &out, NULL));
        assert_int_equal(out, 9);
        assert_ok(fpt_store_ask_int(store,
                                    "SELECT version FROM schema_version "
                                    "WHERE version > 99",
                                    0, NULL, 8, &out, NULL));
        assert_int_equal(out, 8);
        assert_int_equal(
            fpt_store_ask_int(store, "SELECT x FROM y", 0, NULL, 7, &out, NULL),
            FPT_ERR_STORE);
        assert_int_equal(out, 8);
        fpt_store_close(store);
    }
}

/* Neither the network nor any other file is within reach of a statement. */
static void test_a_statement_reaches_nothing_else(void **state)
{
    struct place *place = *state;
    fpt_store *store = store_in_memory(FPT_WAREHOUSE);
    fpt_error err = {0};
    put(place, "x.csv", FPT_STR("a\n1\n"));
    const fpt_str read = fpt_str_print(
        &place->arena, "SELECT * FROM read_csv('%s')", in(place, "x.csv"));
    assert_int_equal(fpt_store_run(store, read.data, 0, NULL, &err),
                     FPT_ERR_STORE);
    assert_int_equal(fpt_store_run(store, "INSTALL httpfs", 0, NULL, &err),
                     FPT_ERR_STORE);
    assert_int_equal(fpt_store_run(store, "SET enable_external_access = true",
                                   0, NULL, &err),
                     FPT_ERR_STORE);
    fpt_store_close(store);
}

static void test_read_only(void **state)
{
    struct place *place = *state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store_options options = fpt_store_options_default(kinds[k]);
        fpt_store *store, *second;
        fpt_error err = {0};
        const char *path = in(place, k == 0 ? "r.duckdb" : "r.sqlite");
        options.read_only = true;
        assert_refused(fpt_store_open(path, &options, &store, &err),
                       FPT_ERR_NOT_FOUND, err, "there is no such file");
        options.read_only = false;
        assert_ok_or(fpt_store_open(path, &options, &store, &err), err);
        run(store, every_type[k]);
        run(store, "INSERT INTO sample (i) VALUES (7)");
        fpt_store_close(store);
        options.read_only = true;
        assert_ok_or(fpt_store_open(path, &options, &store, &err), err);
        assert_answer(store, &place->arena, "SELECT i FROM sample", "7");
        assert_int_not_equal(fpt_store_run(store,
                                           "INSERT INTO sample (i) VALUES (8)",
                                           0, NULL, &err),
                             FPT_OK);
        assert_ok_or(fpt_store_open(path, &options, &second, &err), err);
        assert_answer(second, &place->arena, "SELECT i FROM sample", "7");
        fpt_store_close(second);
        fpt_store_close(store);
    }
}

static void test_damaged_or_of_another_version(void **state)
{
    struct place *place = *state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        fpt_store_options options = fpt_store_options_default(kinds[k]);
        fpt_store *store = NULL;
        fpt_error err = {0};
        const char *name = k == 0 ? "d.duckdb" : "d.sqlite";
        put(place, name,
            FPT_STR("this is no database, but a text that is long enough for "
                    "a header of any kind of database that there is, I hope; "
                    "................................................."));
        assert_refused(fpt_store_open(in(place, name), &options, &store, &err),
                       FPT_ERR_STORE, err, name);
        assert_null(store);
        unlink(in(place, name));
        assert_ok_or(fpt_store_open(in(place, name), &options, &store, &err),
                     err);
        run(store, "UPDATE schema_version SET version = 99");
        fpt_store_close(store);
        for (int read_only = 0; read_only < 2; read_only++) {
            options.read_only = read_only != 0;
            assert_refused(
                fpt_store_open(in(place, name), &options, &store, &err),
                FPT_ERR_STORE, err, "its tables are numbered 99");
            assert_says(err, "was made by Footprint ");
            assert_says(err, "use that version, or a later one");
        }
        options.read_only = false;
        /* in a folder that is not there */
        assert_int_not_equal(
            fpt_store_open(in(place, "no/where"), &options, &store, &err),
            FPT_OK);
    }
}

/* What number 1 looked like: it did not say who had made it. */
static const char *make_old(struct place *place, size_t k)
{
    fpt_store_options options = fpt_store_options_default(kinds[k]);
    const char *path = in(place, k == 0 ? "o.duckdb" : "o.sqlite");
    fpt_store *store = NULL;
    fpt_error err = {0};
    assert_ok_or(fpt_store_open(path, &options, &store, &err), err);
    run(store, "ALTER TABLE schema_version DROP COLUMN made_by");
    run(store, "UPDATE schema_version SET version = 1");
    if (k == 1) {
        assert_ok_or(fpt_store_begin(store, &err), err);
        assert_ok_or(fpt_ledger_add(store, "load", FPT_STR("{}"), (fpt_date){5},
                                    NULL, NULL, &err),
                     err);
        assert_ok_or(fpt_store_commit(store, &err), err);
    }
    fpt_store_close(store);
    return path;
}

static void test_a_warehouse_of_an_earlier_version(void **state)
{
    struct place *place = *state;
    fpt_store_options options = fpt_store_options_default(FPT_WAREHOUSE);
    fpt_store *store = NULL;
    fpt_error err = {0};
    const char *path = make_old(place, 0);
    for (int read_only = 0; read_only < 2; read_only++) {
        options.read_only = read_only != 0;
        options.accept_old = false;
        assert_refused(fpt_store_open(path, &options, &store, &err),
                       FPT_ERR_STORE, err,
                       "o.duckdb: was made by another version of Footprint, "
                       "and its tables are numbered 1; this is version ");
        assert_says(err, "run `footprint rebuild`");
        options.accept_old = true;
        assert_ok_or(fpt_store_open(path, &options, &store, &err), err);
        assert_true(fpt_store_is_old(store));
        fpt_store_close(store);
    }
}

static void test_a_ledger_is_brought_up(void **state)
{
    struct place *place = *state;
    fpt_store_options options = fpt_store_options_default(FPT_LEDGER);
    fpt_store *store = NULL;
    fpt_error err = {0};
    const char *path = make_old(place, 1);
    /* A reader leaves it as it is. */
    for (int read_only = 1; read_only >= 0; read_only--) {
        options.read_only = read_only != 0;
        assert_ok_or(fpt_store_open(path, &options, &store, &err), err);
        assert_false(fpt_store_is_old(store));
        assert_ok_or(fpt_ledger_verify(store, &err), err);
        assert_int_equal(ask(store, "SELECT version FROM schema_version"),
                         read_only ? 1 : FPTI_LEDGER_SCHEMA);
        assert_int_equal(ask(store, "SELECT count(*) FROM entry"), 1);
        if (!read_only)
            assert_int_equal(ask(store,
                                 "SELECT count(*) FROM schema_version WHERE "
                                 "length(made_by) > 0"),
                             1);
        fpt_store_close(store);
    }
    /* One that was never finished is neither old nor new. */
    assert_ok_or(fpt_store_open(path, &options, &store, &err), err);
    run(store, "DELETE FROM schema_version");
    fpt_store_close(store);
    assert_refused(fpt_store_open(path, &options, &store, &err), FPT_ERR_STORE,
                   err, "is no store of Footprint's");
}

/* Tables that change without a new number would leave old workspaces with
 * statements that fail. If this one does: raise the number in store_i.h (for the
 * ledger with a step in schema.c) and write the new digest here. */
static void test_tables_change_with_their_number(void **state)
{
    struct place *place = *state;
    static const struct {
        fpt_store_kind kind;
        int number;
        const char *digest;
    } cases[] = {
        {FPT_WAREHOUSE, 2,
         "4047feeb785ee2463ef271b51e43b59729276ae6ebdb5b18d1ba331a94f5eb86"},
        {FPT_LEDGER, 2,
         "9a85f2b71f3b66af4f812d32c5e27e7a771dc182c6d240f41adabbe1d4dc69ff"}};
    size_t count;
    const fpt_table *table = fpt_tables(&count);
    for (size_t k = 0; k < COUNT_OF(cases); k++) {
        fpt_strbuf text = fpt_strbuf_make(&place->arena);
        char digest[65];
        for (size_t i = 0; i < count; i++) {
            if (table[i].kind != cases[k].kind) continue;
            fpt_strbuf_print(&text, "%s\n", table[i].name);
            for (size_t c = 0; c < table[i].columns; c++)
                fpt_strbuf_print(&text, " %s %d %d\n", table[i].column[c].name,
                                 (int)table[i].column[c].type,
                                 table[i].column[c].required);
        }
        fpt_bytes_digest(fpt_strbuf_view(&text), digest);
        assert_int_equal(fpti_schema_number(cases[k].kind), cases[k].number);
        assert_string_equal(digest, cases[k].digest);
    }
}

static void test_the_schema_is_the_list(void **state)
{
    struct place *place = *state;
    size_t count;
    const fpt_table *table = fpt_tables(&count);
    assert_true(count > 15);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(fpt_table_find(table[i].name), &table[i]);
        assert_true(strlen(table[i].about) > 5);
        fpt_store *store = store_in_memory(table[i].kind);
        const fpt_str sql =
            fpt_str_print(&place->arena, "SELECT * FROM %s", table[i].name);
        fpt_rows rows;
        fpt_error err = {0};
        assert_ok_or(fpt_store_query(store, &place->arena, sql.data, 0, NULL,
                                     &rows, &err),
                     err);
        assert_int_equal(rows.columns, table[i].columns);
        for (size_t c = 0; c < rows.columns; c++)
            assert_int_equal(rows.column[c].type, table[i].column[c].type);
        assert_ok(fpt_rows_close(&rows, NULL));
        fpt_store_close(store);
    }
    assert_null(fpt_table_find("nosuch"));
}

/* ---- memory ---- */

static fpt_status ask_and_append(fpt_arena *arena, void *context)
{
    fpt_store *ledger = context;
    fpt_rows rows;
    fpt_appender *appender;
    FPT_TRY(fpt_store_query(ledger, arena,
                            "SELECT seq, kind, on_date FROM entry ORDER BY seq",
                            0, NULL, &rows, NULL));
    FPT_TRY(fpt_rows_close(&rows, NULL));
    FPT_TRY(fpt_append_open(ledger, arena, "entry", &appender, NULL));
    return fpt_append_close(appender, NULL);
}

static void test_running_out_of_memory(void **state)
{
    (void)state;
    fpt_store *ledger = store_in_memory(FPT_LEDGER);
    assert_ok(fpt_store_begin(ledger, NULL));
    assert_every_allocation_may_fail(ask_and_append, ledger);
    fpt_store_rollback(ledger);
    fpt_store_close(ledger);
}

int main(void)
{
#define TEST(f)                                                                \
    cmocka_unit_test_setup_teardown(f, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_every_type_in_and_out),
        TEST(test_both_ends_of_time_are_null),
        TEST(test_append_by_columns_across_chunks),
        TEST(test_append_in_the_ledger_is_the_same),
        TEST(test_append_refuses_what_a_table_requires),
        TEST(test_a_rollback_leaves_nothing),
        TEST(test_closed_inside_a_transaction_as_before),
        TEST(test_a_spoilt_transaction_does_not_commit),
        TEST(test_a_sum_too_large_is_an_error),
        TEST(test_narrow_numbers_widen),
        TEST(test_many_rows_come_in_order),
        TEST(test_a_wrong_statement_names_the_store),
        TEST(test_ask_int),
        TEST(test_a_statement_reaches_nothing_else),
        TEST(test_read_only),
        TEST(test_damaged_or_of_another_version),
        TEST(test_a_warehouse_of_an_earlier_version),
        TEST(test_a_ledger_is_brought_up),
        TEST(test_tables_change_with_their_number),
        TEST(test_the_schema_is_the_list),
        TEST(test_running_out_of_memory),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
