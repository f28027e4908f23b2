/* Tests for str.h. */
#include "check.h"

#include <wchar.h>

static int set_up(void **state)
{
    static fpt_arena arena;
    if (fpt_arena_init(&arena, NULL) != FPT_OK) return -1;
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    fpt_arena_clear(*state);
    return 0;
}

static void test_trim(void **state)
{
    (void)state;
    static const char *const table[][2] = {
        {"", ""},
        {"  ", ""},
        {" a b ", "a b"},
        {"\t\r\na\n", "a"},
        {"\xC2\xA0x\xC2\xA0", "x"},
        {"x\xC2\xA0 ", "x"},
        {" 2,147 ", "2,147"},
        {"\xC2", "\xC2"},
        {"\xC2\xA3", "\xC2\xA3"},
        {"x\xA0", "x\xA0"},
        {"\xA0", "\xA0"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_str(fpt_str_trim(fpt_str_from(table[i][0])), table[i][1]);
}

static void test_compare_and_find(void **state)
{
    (void)state;
    assert_true(fpt_str_compare(FPT_STR("a"), FPT_STR("b")) < 0);
    assert_true(fpt_str_compare(FPT_STR("ab"), FPT_STR("a")) > 0);
    assert_int_equal(fpt_str_compare(FPT_STR(""), (fpt_str){NULL, 0}), 0);
    assert_true(fpt_str_equal((fpt_str){NULL, 0}, FPT_STR("")));
    assert_true(fpt_str_equal_nocase(FPT_STR("TOTAL"), FPT_STR("Total")));
    assert_false(fpt_str_equal_nocase(FPT_STR("TOTAL"), FPT_STR("Totals")));
    assert_true(fpt_str_starts(FPT_STR("E54000005"), FPT_STR("E54")));
    assert_true(fpt_str_ends(FPT_STR("a.csv.gz"), FPT_STR(".gz")));
    assert_false(fpt_str_ends(FPT_STR("gz"), FPT_STR(".gz")));
    assert_false(fpt_str_ends(FPT_STR("a.zip"), FPT_STR(".gz")));
    assert_false(fpt_str_starts(FPT_STR("ab"), FPT_STR("b")));
    assert_int_equal(fpt_str_find(FPT_STR("a,b"), ',', 0), 1);
    assert_true(fpt_str_find(FPT_STR("a,b"), ',', 2) == SIZE_MAX);
    assert_str(fpt_str_slice(FPT_STR("abc"), 1, 99), "bc");
    assert_str(fpt_str_slice(FPT_STR("abc"), 9, 1), "");
}

static void test_cut(void **state)
{
    (void)state;
    fpt_str rest = FPT_STR("a,,b");
    assert_str(fpt_str_cut(&rest, ','), "a");
    assert_str(fpt_str_cut(&rest, ','), "");
    assert_non_null(rest.data);
    assert_str(fpt_str_cut(&rest, ','), "b");
    assert_null(rest.data);
}

static void test_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pattern;
        bool matches;
    } table[] = {
        {"A81001", "@#####", true},
        {"Y03660", "Y#####", true},
        {"A8100", "@#####", false},
        {"R0A", "R==", true},
        {"r0a", "R==", false},
        {"E54000005", "E54######", true},
        {"MSitAE-JUNE-2024", "MSitAE-*-####", true},
        {"", "*", true},
        {"", "?", false},
        {"abcabc", "*abc", true},
        {"abcab", "*abc", false},
        {"aXbXc", "a*b*c", true},
        {"", "", true},
        {"ab", "a?", true},
        {"a", "a?", false},
        {"ab", "a", false},
        {"a-", "a=", false},
        {"a7", "a=", true},
        {"a:", "a#", false},
        {"a/", "a#", false},
        {"a[", "a@", false},
        {"x**", "x", false},
        {"x", "x**", true},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_int_equal(fpt_str_matches(fpt_str_from(table[i].text),
                                         fpt_str_from(table[i].pattern)),
                         table[i].matches);
}

static void test_utf8(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len, bad;
    } table[] = {
        {"plain text of some length", 25, SIZE_MAX},
        {"\xC2\xA3"
         "24",
         4, SIZE_MAX},
        {"\xE2\x82\xAC\xF0\x9F\x98\x80", 7, SIZE_MAX},
        {"\xC0\xAF", 2, 0},         /* overlong */
        {"ab\xED\xA0\x80", 5, 2},   /* surrogate */
        {"12345678\xAC", 9, 8},     /* Latin-1 */
        {"\xE2\x82", 2, 0},         /* cut */
        {"\xF4\x90\x80\x80", 4, 0}, /* above U+10FFFF */
        {"\xE0\x80\x80", 3, 0},
        {"\xF5\x80\x80\x80", 4, 0},
        {"\xE2\x28\xA1", 3, 0},
        {"\xF0\x80\x80\x80", 4, 0}, /* overlong */
        {"\xEE\x80\x80", 3, SIZE_MAX},
        {"\xDF\xBF", 2, SIZE_MAX},
        {"\x80", 1, 0},
        {"", 0, SIZE_MAX},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        size_t bad = SIZE_MAX;
        const bool good =
            fpt_str_is_utf8((fpt_str){table[i].text, table[i].len}, &bad);
        assert_int_equal(good, table[i].bad == SIZE_MAX);
        assert_true(bad == table[i].bad);
        assert_int_equal(
            fpt_str_is_utf8((fpt_str){table[i].text, table[i].len}, NULL),
            good);
    }
}

static void test_buffer_grows_and_stays_terminated(void **state)
{
    fpt_strbuf buffer = fpt_strbuf_make(*state);
    assert_str(fpt_strbuf_view(&buffer), "");
    for (int i = 0; i < 1000; i++) {
        fpt_strbuf_print(&buffer, "%d,", i);
        assert_int_equal(strlen(buffer.data), buffer.len);
    }
    fpt_strbuf_add_char(&buffer, '.');
    assert_false(buffer.failed);
    assert_int_equal(buffer.len, 3891);
    assert_true(fpt_str_starts(fpt_strbuf_view(&buffer), FPT_STR("0,1,2,")));
    assert_true(fpt_str_ends(fpt_strbuf_view(&buffer), FPT_STR(",999,.")));
}

static void test_print_and_keep(void **state)
{
    assert_str(fpt_str_print(*state, "%s-%d", "a", 7), "a-7");
    const fpt_str kept = fpt_str_keep(*state, FPT_STR("x\0y"));
    assert_true(fpt_str_equal(kept, FPT_STR("x\0y"))); /* NUL is a byte */
    assert_int_equal(kept.data[3], 0);
    /* What printf refuses, a wide character in the C locale, is told. */
    assert_null(fpt_str_print(*state, "%lc", (wint_t)0x20AC).data);
    fpt_strbuf buffer = fpt_strbuf_make(*state);
    fpt_strbuf_print(&buffer, "%lc", (wint_t)0x20AC);
    assert_true(buffer.failed);
    assert_str(fpt_strbuf_view(&buffer), "");
}

static void test_a_buffer_refuses_what_no_machine_holds(void **state)
{
    (void)state;
    struct failing failing = {.fail_at = 3}; /* malloc would say so loudly */
    const fpt_allocator allocator = failing_allocator(&failing);
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, &allocator));
    fpt_strbuf buffer = fpt_strbuf_make(&arena);
    fpt_strbuf_add(&buffer, FPT_STR("kept"));
    fpt_strbuf_add(&buffer, (fpt_str){"x", SIZE_MAX - 100});
    assert_true(buffer.failed);
    fpt_strbuf_add(&buffer, FPT_STR("unheard"));
    fpt_strbuf_print(&buffer, "%s", "unheard");
    assert_str(fpt_strbuf_view(&buffer), "kept");
    fpt_arena_clear(&arena);
}

static void test_intern_numbers_in_order(void **state)
{
    fpt_intern set = fpt_intern_make(*state);
    assert_true(fpt_intern_find(&set, FPT_STR("nobody")) == FPT_INTERN_NONE);
    char code[16];
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(code, sizeof code, "E%08" PRIu32, i * 7919 % 100003);
        assert_int_equal(fpt_intern_add(&set, fpt_str_from(code)), i);
    }
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(code, sizeof code, "E%08" PRIu32, i * 7919 % 100003);
        assert_int_equal(fpt_intern_add(&set, fpt_str_from(code)), i);
        assert_int_equal(fpt_intern_find(&set, fpt_str_from(code)), i);
    }
    assert_true(fpt_intern_find(&set, FPT_STR("nobody")) == FPT_INTERN_NONE);
    assert_int_equal(set.count, 5000);
}

static fpt_status intern_many(fpt_arena *arena, void *context)
{
    (void)context;
    fpt_intern set = fpt_intern_make(arena);
    char code[16];
    for (int i = 0; i < 100; i++) {
        snprintf(code, sizeof code, "%d", i);
        if (fpt_intern_add(&set, fpt_str_from(code)) == FPT_INTERN_NONE)
            return FPT_ERR_MEMORY;
    }
    return fpt_str_print(arena, "%s", code).data != NULL ? FPT_OK
                                                         : FPT_ERR_MEMORY;
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    assert_every_allocation_may_fail(intern_many, NULL);
}

static void test_no_memory_is_told(void **state)
{
    (void)state;
    for (size_t fail_at = 2; fail_at < 12; fail_at++) {
        struct failing failing = {.fail_at = fail_at};
        const fpt_allocator allocator = failing_allocator(&failing);
        fpt_arena arena;
        assert_ok(fpt_arena_init(&arena, &allocator));
        fpt_intern set = fpt_intern_make(&arena);
        fpt_strbuf buffer = fpt_strbuf_make(&arena);
        bool failed = false;
        char code[40];
        for (int i = 0; i < 200000 && !failed; i++) {
            snprintf(code, sizeof code, "a rather long code %d", i);
            fpt_strbuf_add(&buffer, fpt_str_from(code));
            failed =
                buffer.failed ||
                fpt_intern_add(&set, fpt_str_from(code)) == FPT_INTERN_NONE;
        }
        assert_true(failed);
        fpt_arena_clear(&arena);
        assert_int_equal(failing.live, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_compare_and_find),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_buffer_grows_and_stays_terminated),
        cmocka_unit_test(test_print_and_keep),
        cmocka_unit_test(test_intern_numbers_in_order),
        cmocka_unit_test(test_no_memory_is_told),
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_a_buffer_refuses_what_no_machine_holds),
    };
    return cmocka_run_group_tests_name("str", tests, set_up, tear_down);
}
