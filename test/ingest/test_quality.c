/*
 * What loads found wrong, as one list: every kind of row, in its order.
 */
#include "warehouse.h"

#include "fpt/ingest.h"

static void put_loads(fpt_store *store)
{
    for (int i = 1; i <= 3; i++) {
        char sql[400];
        snprintf(sql, sizeof sql,
                 "INSERT INTO load VALUES (%d, %d, 'seal', 'beds', '1', %s, "
                 "'in/file%d.csv', 'x', 1, DATE '2020-01-01', DATE "
                 "'2020-01-01', 90, 80, 0, 10, 0, 0)",
                 i, i, i == 2 ? "NULL" : "'2020'", i);
        run(store, sql);
    }
}

static fpt_str list_of(fpt_store *store, fpt_arena *arena)
{
    fpt_strbuf text = fpt_strbuf_make(arena);
    size_t count;
    fpt_data_check *list;
    fpt_error err = {0};
    assert_ok_or(fpt_data_checks(store, arena, &count, &list, &err), err);
    for (size_t i = 0; i < count; i++)
        fpt_strbuf_print(
            &text, "%s %.*s %lld %.*s|%.*s|%.*s %lld %lld %lld %lld %.*s\n",
            fpt_data_state_text(list[i].state), FPT_STR_ARG(list[i].rule),
            (long long)list[i].load, FPT_STR_ARG(list[i].source),
            FPT_STR_ARG(list[i].vintage), FPT_STR_ARG(list[i].file),
            (long long)list[i].line, (long long)list[i].count,
            (long long)list[i].of, (long long)list[i].tolerance,
            FPT_STR_ARG(list[i].text));
    assert_false(text.failed);
    return fpt_strbuf_view(&text);
}

static void put_everything(fpt_store *store)
{
    put_loads(store);
    run(store, "INSERT INTO quality VALUES (1, 'rows', 0, 90, 0, 'pass', 'p'), "
               "(3, 'rows', 0, 90, 0, 'pass', 'p'), "
               "(2, 'rows', 4, 90, 1, 'fail', 'four are missing'), "
               "(2, 'sum/a', 1, 70, 2, 'pass-with-failures', 'near'), "
               "(2, 'sum/b', 0, 70, 2, 'pass', 'p'), "
               "(1, 'sum/a', 0, 70, 2, 'pass', 'p'), "
               "(3, 'known', 0, 0, 0, 'n/a', 'made up'), "
               "(2, 'late', 2, 9, 0, 'warn', 'late'), "
               "(0, 'whole', 1, 2, 0, 'fail', 'of the workspace')");
    run(store, "INSERT INTO finding VALUES (2, 'warning', 'revises', 7, 0, "
               "'gives numbers again'), (2, 'note', 'published', 0, 0, 'said "
               "so'), (1, 'fault', 'torn', 3, 0, 'torn'), (1, 'warning', "
               "'rejected', 0, 0, 'told by reject'), (1, 'warning', "
               "'unknown-codes', 0, 0, 'told by unknown_code')");
    run(store, "INSERT INTO reject VALUES (1, 9, 2, 'bad-number', 'second', "
               "''), (1, 5, 2, 'bad-number', 'first', ''), (1, 6, 0, "
               "'missing', 'none', '')");
    run(store, "INSERT INTO unknown_code SELECT 3, 'X' || lpad(CAST(i AS "
               "VARCHAR), 2, '0'), 'place', 2 FROM range(12) t(i)");
    run(store, "INSERT INTO unknown_code VALUES (3, 'Q', 'stp', 1)");
    run(store, "INSERT INTO series VALUES (1, 's', 'people', 0, 'x')");
    run(store, "INSERT INTO datum VALUES (3, 4, 1, 1, DATE '2020-01-01', DATE "
               "'2021-01-01', 0, 5, NULL), (3, 5, 1, 1, DATE '2020-01-01', "
               "DATE '2021-01-01', 0, NULL, 1), (3, 6, 1, 1, DATE "
               "'2020-01-01', DATE '2021-01-01', 0, NULL, 2), (3, 7, 1, 1, "
               "DATE '2020-01-01', DATE '2021-01-01', 0, NULL, 2), (3, 8, 1, "
               "1, DATE '2020-01-01', DATE '2021-01-01', 0, NULL, 3)");
}

static void test_everything_worst_first(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    fpt_store *store = store_in_memory(FPT_WAREHOUSE);
    assert_str(list_of(store, &arena), "");
    put_everything(store);
    assert_str(
        list_of(store, &arena),
        "fault whole 0 || 0 1 2 0 of the workspace\n"
        "fault torn 1 beds|2020|in/file1.csv 3 1 -1 -1 torn\n"
        "fault rows 2 beds||in/file2.csv 0 4 90 1 four are missing\n"
        "warning rejected/bad-number 1 beds|2020|in/file1.csv 5 2 90 -1 first\n"
        "warning rejected/missing 1 beds|2020|in/file1.csv 6 1 90 -1 none\n"
        "warning late 2 beds||in/file2.csv 0 2 9 0 late\n"
        "warning revises 2 beds||in/file2.csv 7 1 -1 -1 gives numbers again\n"
        "warning sum/a 2 beds||in/file2.csv 0 1 70 2 near\n"
        "warning suspect/s 3 beds|2020|in/file3.csv 8 1 -1 -1 cells that their "
        "source marks as suspect: kept, and never added up\n"
        "warning unknown-codes/place 3 beds|2020|in/file3.csv 0 12 -1 -1 no "
        "register knows X00, X01, X02, X03, X04, X05, X06, X07, X08, X09 ... "
        "(in 24 facts)\n"
        "warning unknown-codes/stp 3 beds|2020|in/file3.csv 0 1 -1 -1 no "
        "register "
        "knows Q (in 1 facts)\n"
        "note published 2 beds||in/file2.csv 0 1 -1 -1 said so\n"
        "note not-published/s 3 beds|2020|in/file3.csv 5 1 -1 -1 cells in "
        "which "
        "no number was published\n"
        "note suppressed/s 3 beds|2020|in/file3.csv 6 2 -1 -1 cells that the "
        "publisher withheld\n"
        "pass rows 1 beds|| 0 0 2 -1 passed in 2 files\n"
        "pass sum 1 beds|| 0 0 2 -1 passed in 2 files\n"
        "n/a known 3 beds|2020|in/file3.csv 0 0 1 -1 not asked of 1 file: made "
        "up\n");
    fpt_store_close(store);
    fpt_arena_clear(&arena);
}

static void test_memory_that_runs_out(void **state)
{
    (void)state;
    fpt_store *store = store_in_memory(FPT_WAREHOUSE);
    put_everything(store);
    bool worked = false;
    for (size_t at = 1; !worked; at++) {
        struct failing failing = {.fail_at = at};
        const fpt_allocator allocator = failing_allocator(&failing);
        fpt_arena arena;
        size_t count = 77;
        fpt_data_check *list = NULL;
        fpt_status status = fpt_arena_init(&arena, &allocator);
        if (status == FPT_OK)
            status = fpt_data_checks(store, &arena, &count, &list, NULL);
        worked = status == FPT_OK;
        assert_int_equal(status, failing.calls >= at ? FPT_ERR_MEMORY : FPT_OK);
        assert_int_equal(count, worked ? 17 : 77);
        fpt_arena_clear(&arena);
        assert_int_equal(failing.live, 0);
    }
    fpt_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_worst_first),
        cmocka_unit_test(test_memory_that_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
