/*
 * Rows that are appended behind the caller's back: none is lost, their order is
 * that of the calls, and what goes wrong is told the same with a thread and
 * without one.
 */
#include "warehouse.h"

enum { ROWS = 4096, ROUNDS = 90 };

static fpt_store *open_store(unsigned threads)
{
    fpt_store_options options = fpt_store_options_default(FPT_WAREHOUSE);
    options.threads = threads;
    fpt_store *store;
    fpt_error err = {0};
    assert_ok_or(fpt_store_open(NULL, &options, &store, &err), err);
    assert_ok_or(fpt_store_begin(store, &err), err);
    return store;
}

static fpt_appender *open_table(fpt_store *store, fpt_arena *arena,
                                const char *table)
{
    fpt_appender *appender;
    fpt_error err = {0};
    assert_ok_or(fpt_append_open(store, arena, table, &appender, &err), err);
    return appender;
}

/* Places first .. first + ROWS - 1; `missing` is without a code. */
static fpt_status append_places(fpt_appender *appender, int64_t first,
                                int64_t missing, fpt_error *err)
{
    static const fpt_str codes[] = {{"E", 1}, {"a code of some length", 21}};
    int64_t number[ROWS];
    fpt_str code[ROWS];
    for (int i = 0; i < ROWS; i++) {
        number[i] = first + i;
        code[i] = codes[(first + i) % 2];
        if (number[i] == missing) code[i] = (fpt_str){0};
    }
    const fpt_column column[] = {{.type = FPT_TYPE_INT, .whole = number},
                                 {.type = FPT_TYPE_TEXT, .text = code}};
    return fpt_append_rows(appender, ROWS, 2, column, err);
}

static void test_nothing_is_lost_and_order_is_kept(void **state)
{
    struct place *place = *state;
    for (unsigned threads = 1; threads <= 3; threads++) {
        fpt_store *store = open_store(threads);
        fpt_appender *places = open_table(store, &place->arena, "place");
        fpt_appender *points = open_table(store, &place->arena, "point");
        fpt_error err = {0};
        for (int64_t i = 0; i < ROUNDS; i++) {
            assert_ok_or(append_places(places, i * ROWS, -1, &err), err);
            const fpt_str code = FPT_STR("E01000001");
            const int64_t zero = 0;
            const fpt_column column[] = {
                {.type = FPT_TYPE_TEXT, .text = &code},
                {.type = FPT_TYPE_INT, .whole = &i},
                {.type = FPT_TYPE_INT, .whole = &zero},
                {.type = FPT_TYPE_INT, .whole = &zero},
                {.type = FPT_TYPE_INT, .whole = &zero}};
            assert_ok_or(fpt_append_rows(points, 1, 5, column, &err), err);
            /* A statement in between changes nothing. */
            if (i == 7) assert_int_equal(ask(store, "SELECT 4"), 4);
        }
        assert_ok_or(fpt_append_settle(store, &err), err);
        assert_ok_or(fpt_append_close(places, &err), err);
        assert_ok_or(fpt_append_close(points, &err), err);
        assert_ok_or(fpt_store_commit(store, &err), err);
        assert_int_equal(ask(store, "SELECT count(*) FROM place"),
                         ROWS * ROUNDS);
        assert_int_equal(ask(store, "SELECT count(*) FROM place WHERE place <> "
                                    "rowid OR length(code) <> 1 + 20 * (place "
                                    "% 2)"),
                         0);
        assert_int_equal(
            ask(store, "SELECT count(*) FROM point WHERE easting_mm = rowid"),
            ROUNDS);
        fpt_store_close(store);
    }
}

/* Which statement hears of it may differ; what it hears does not. */
static void test_a_failure_is_told_the_same(void **state)
{
    struct place *place = *state;
    char first[FPT_ERROR_TEXT_BYTES] = "";
    for (unsigned threads = 1; threads <= 3; threads++) {
        fpt_store *store = open_store(threads);
        fpt_appender *places = open_table(store, &place->arena, "place");
        fpt_error err = {0}, again = {0};
        fpt_status status = FPT_OK;
        for (int64_t i = 0; i < ROUNDS && status == FPT_OK; i++)
            status = append_places(places, i * ROWS, 5, &err);
        if (status == FPT_OK) status = fpt_append_settle(store, &err);
        assert_int_equal(status, FPT_ERR_STORE);
        if (threads == 1) memcpy(first, err.text, sizeof first);
        assert_string_equal(err.text, first);
        assert_non_null(strstr(err.text, "NOT NULL"));
        if (threads > 1) {
            /* It stays told until the appenders are closed. */
            assert_int_equal(fpt_append_settle(store, &again), FPT_ERR_STORE);
            assert_string_equal(again.text, first);
            assert_int_equal(fpt_store_run(store, "SELECT 1", 0, NULL, &again),
                             FPT_ERR_STORE);
        }
        const fpt_status closed = fpt_append_close(places, &again);
        assert_true(threads == 1 || closed == FPT_ERR_STORE);
        assert_int_equal(fpt_store_commit(store, &err), FPT_ERR_STORE);
        assert_int_equal(ask(store, "SELECT count(*) FROM place"), 0);
        fpt_store_close(store);
    }
}

/* A store that is closed or rolled back with rows on their way is as it was. */
static void test_rows_on_their_way_are_thrown_away(void **state)
{
    struct place *place = *state;
    fpt_store *store = open_store(2);
    fpt_appender *places = open_table(store, &place->arena, "place");
    fpt_error err = {0};
    for (int64_t i = 0; i < ROUNDS; i++)
        assert_ok_or(append_places(places, i * ROWS, -1, &err), err);
    assert_ok_or(fpt_append_close(places, &err), err);
    fpt_store_rollback(store);
    assert_int_equal(ask(store, "SELECT count(*) FROM place"), 0);
    /* The database has its own threads back. */
    assert_int_equal(ask(store, "SELECT CAST(value AS BIGINT) FROM "
                                "duckdb_settings() WHERE name = 'threads'"),
                     2);
    fpt_store_close(store);
}

int main(void)
{
#define TEST(f)                                                                \
    cmocka_unit_test_setup_teardown(f, set_up_place, tear_down_place)
    const struct CMUnitTest tests[] = {
        TEST(test_nothing_is_lost_and_order_is_kept),
        TEST(test_a_failure_is_told_the_same),
        TEST(test_rows_on_their_way_are_thrown_away)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
