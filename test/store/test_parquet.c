/*
 * Tests for Parquet as CSV: every type that published row files have, missing
 * values, names that need quotes; and what is no Parquet file.
 */
#include <duckdb.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "fpt/store.h"

static fpt_arena arena;
static char folder[] = "/tmp/footprint-parquet-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return 1;
    return fpt_arena_init(&arena, NULL) == FPT_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    fpt_error err = {0};
    fpt_arena_clear(&arena);
    return fpt_folder_remove(folder, &err) == FPT_OK ? 0 : 1;
}

static const char *path_of(const char *name)
{
    return fpt_path_join(&arena, folder, name);
}

static void make_parquet(const char *path, const char *select)
{
    duckdb_database database;
    duckdb_connection connection;
    const fpt_str sql = fpt_str_print(
        &arena, "COPY (%s) TO '%s' (FORMAT parquet)", select, path);
    assert_true(duckdb_open(NULL, &database) == DuckDBSuccess);
    assert_true(duckdb_connect(database, &connection) == DuckDBSuccess);
    assert_true(duckdb_query(connection, sql.data, NULL) == DuckDBSuccess);
    duckdb_disconnect(&connection);
    duckdb_close(&database);
}

static fpt_str converted(const char *select)
{
    const char *parquet = path_of("a'b.parquet"), *csv = path_of("out.csv");
    fpt_str text;
    fpt_error err = {0};
    make_parquet(path_of("a''b.parquet"), select);
    assert_ok_or(fpt_parquet_to_csv(arena, parquet, csv, &err), err);
    assert_ok_or(fpt_file_read(&arena, csv, SIZE_MAX, &text, &err), err);
    return text;
}

static void test_every_type(void **state)
{
    (void)state;
    const fpt_str text = converted(
        "SELECT * FROM (VALUES "
        "(CAST(1 AS INTEGER), CAST(3 AS DOUBLE), true, 'x', 0.25::DOUBLE, "
        "DATE '2023-04-01', CAST(7 AS FLOAT)), "
        "(2, NULL, false, 'a,\"b\"', 1.0, NULL, NULL), "
        "(3, 90, NULL, '', 1e300, DATE '2024-02-29', 0.5)) "
        "t(rn, quintile, flag, \"the \"\"name\"\"\", sample_rate, day, f)");
    assert_string_equal(
        fpt_str_keep(&arena, text).data,
        "rn,quintile,flag,\"the \"\"name\"\"\",sample_rate,day,f\n"
        "1,3,true,x,0.25,2023-04-01,7\n2,,false,\"a,\"\"b\"\"\",1,,\n"
        "3,90,,\"\",1e+300,2024-02-29,0.5\n");
}

static void test_many_rows_keep_their_order(void **state)
{
    (void)state;
    fpt_str text =
        converted("SELECT i AS rn, i % 91 AS age FROM range(150000) t(i)");
    assert_true(fpt_str_equal(fpt_str_cut(&text, '\n'), FPT_STR("rn,age")));
    for (int i = 0; i < 150000; i++) {
        char want[32];
        snprintf(want, sizeof want, "%d,%d", i, i % 91);
        const fpt_str line = fpt_str_cut(&text, '\n');
        if (!fpt_str_equal(line, fpt_str_from(want)))
            fail_msg("row %d: %.*s", i, FPT_STR_ARG(line));
    }
    assert_int_equal(text.len, 0);
}

static void test_what_is_no_parquet_file(void **state)
{
    (void)state;
    fpt_error err = {0};
    const char *csv = path_of("none.csv"), *bad = path_of("bad.parquet");
    assert_int_equal(fpt_parquet_to_csv(arena, path_of("lacking"), csv, &err),
                     FPT_ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "lacking"));
    static const char *const texts[] = {"", "rn,age\n1,2\n", "PAR1xxxxPAR1"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        assert_ok_or(fpt_file_write(bad, fpt_str_from(texts[i]), &err), err);
        assert_int_equal(fpt_parquet_to_csv(arena, bad, csv, &err),
                         FPT_ERR_INPUT);
        assert_non_null(strstr(err.text, "bad.parquet: cannot be read"));
    }
    const char *good = path_of("good.parquet");
    make_parquet(good, "SELECT 1 AS a");
    assert_int_equal(fpt_parquet_to_csv(arena, good, "/nowhere/out.csv", &err),
                     FPT_ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type),
        cmocka_unit_test(test_many_rows_keep_their_order),
        cmocka_unit_test(test_what_is_no_parquet_file),
    };
    return cmocka_run_group_tests_name("parquet", tests, set_up, tear_down);
}
