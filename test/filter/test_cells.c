/* Tests of the private parts: cells, levels, options, periods. */
#include "filter_check.h"

#include "filter_i.h"

static void test_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        fpt_state state;
        double value;
    } table[] = {
        {"0", FPT_STATE_OK, 0},
        {"7", FPT_STATE_OK, 7},
        {"42", FPT_STATE_OK, 42},
        {"123", FPT_STATE_OK, 123},
        {"1234", FPT_STATE_OK, 1234},
        {"98765", FPT_STATE_OK, 98765},
        {"1234567", FPT_STATE_OK, 1234567},
        {"12345678", FPT_STATE_OK, 12345678},
        {"123456789", FPT_STATE_OK, 123456789},
        {"123456789012345", FPT_STATE_OK, 123456789012345.0},
        {"1234567890123456789", FPT_STATE_OK, 1234567890123456789.0},
        {"0.1", FPT_STATE_OK, 0.1},
        {"3.", FPT_STATE_OK, 3},
        {".5", FPT_STATE_OK, 0.5},
        {"-2.5", FPT_STATE_OK, -2.5},
        {"1e3", FPT_STATE_OK, 1000},
        {" 5 ", FPT_STATE_OK, 5},
        {"", FPT_STATE_MISSING, 0},
        {"  ", FPT_STATE_MISSING, 0},
        {"NA", FPT_STATE_MISSING, 0},
        {"*", FPT_STATE_SUPPRESSED, 0},
        {"c", FPT_STATE_SUPPRESSED, 0},
        {".", FPT_STATE_INVALID, 0},
        {"1.2.3", FPT_STATE_INVALID, 0},
        {"1,234", FPT_STATE_INVALID, 0},
        {"x", FPT_STATE_INVALID, 0},
        {"1234567x", FPT_STATE_INVALID, 0},
        {"x2345678", FPT_STATE_INVALID, 0},
        {"12:4", FPT_STATE_INVALID, 0},
        {"1/4", FPT_STATE_INVALID, 0},
        {"NaN", FPT_STATE_INVALID, 0},
        {"inf", FPT_STATE_INVALID, 0},
        {"C", FPT_STATE_INVALID, 0},
        {"1e999", FPT_STATE_INVALID, 0},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        double value = 7.0;
        const fpt_state got =
            fpti_cell_number(fpt_str_from(table[i].text), &value);
        if (got != table[i].state)
            fail_msg("\"%s\" is %s", table[i].text, fpt_state_word(got));
        if (got == FPT_STATE_OK)
            assert_true(value == table[i].value);
        else
            assert_true(isnan(value));
    }
}

/* All lengths and all bytes: the short way and the long way agree. */
static void test_short_numbers_agree_with_long_ones(void **state)
{
    (void)state;
    uint64_t seed = 17;
    for (int round = 0; round < 300000; round++) {
        char text[12];
        const size_t len = next_random(&seed) % sizeof text;
        for (size_t i = 0; i < len; i++)
            text[i] = (char)('0' + next_random(&seed) % 10);
        if (len > 0 && round % 3 == 0)
            text[next_random(&seed) % len] = (char)next_random(&seed);
        const fpt_str cell = {text, len};
        double value, want;
        const bool number = fpt_parse_double(fpt_str_trim(cell), &want);
        const fpt_state got = fpti_cell_number(cell, &value);
        assert_true((got == FPT_STATE_OK) == number);
        if (number) assert_true(value == want);
    }
}

static void test_levels_are_the_same_double_in_both_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double fraction;
        const char *name;
    } good[] = {
        {"0.95", 0.95, "95"},
        {"95", 0.95, "95"},
        {"95.0", 0.95, "95"},
        {"0.950", 0.95, "95"},
        {".95", 0.95, "95"},
        {"99.8", 0.998, "99_8"},
        {"0.998", 0.998, "99_8"},
        {"99.80", 0.998, "99_8"},
        {"99.99", 0.9999, "99_99"},
        {"0.9", 0.9, "90"},
        {"0.5", 0.5, "50"},
        {"50", 0.5, "50"},
        {"0.3", 0.3, "30"},
        {"0.001", 0.001, "0_1"},
        {"0.00001", 0.00001, "0_001"},
        {"099.8", 0.998, "99_8"},
    };
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        double fraction;
        fpt_str name;
        if (!fpti_confidence_parse(&arena, fpt_str_from(good[i].text),
                                   &fraction, &name))
            fail_msg("%s is refused", good[i].text);
        assert_true(fraction == good[i].fraction);
        assert_str(name, good[i].name);
    }
    static const char *const bad[] = {"0",    "1",      "100",  "1.5", "49.9",
                                      "-0.5", "9.5e-1", "",     "95%", "x",
                                      "0.0",  ".",      "0.9.5"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        double fraction = 7.0;
        fpt_str name;
        if (fpti_confidence_parse(&arena, fpt_str_from(bad[i]), &fraction,
                                  &name))
            fail_msg("%s is accepted as %g", bad[i], fraction);
    }
    fpt_arena_clear(&arena);
}

static void test_periods(void **state)
{
    (void)state;
    const fpt_str years[] = {FPT_STR("2016"), FPT_STR(""), FPT_STR("2014.5")};
    fpti_period p[4];
    size_t bad = 9;
    assert_int_equal(fpti_periods_read(3, years, p, &bad), FPTI_ARE_NUMBERS);
    assert_true(p[0].key == 2016 && isnan(p[1].key));
    const fpt_str mixed[] = {FPT_STR("2016/17"), FPT_STR("2017")};
    assert_int_equal(fpti_periods_read(2, mixed, p, &bad), FPTI_ARE_PERIODS);
    assert_true(fpti_periods_overlap(&p[0], &p[1])); /* from January on */
    const fpt_str wrong[] = {FPT_STR("2016/17"), FPT_STR("soon")};
    assert_int_equal(fpti_periods_read(2, wrong, p, &bad), FPTI_ARE_NEITHER);
    assert_int_equal(bad, 1);

    const fpt_str months[] = {FPT_STR("2017-01"), FPT_STR("2017-02"),
                              FPT_STR("2017-04"), FPT_STR("2017-05")};
    size_t first;
    fpti_periods kind = fpti_periods_read(4, months, p, &bad);
    assert_int_equal(fpti_period_gaps(kind, 4, p, &first), 1);
    assert_int_equal(first, 2);
    const fpt_str firsts[] = {FPT_STR("2017-01-01"), FPT_STR("2017-02-01"),
                              FPT_STR("2017-03-01"), FPT_STR("2017-04-01")};
    kind = fpti_periods_read(4, firsts, p, &bad);
    assert_int_equal(fpti_period_gaps(kind, 4, p, &first), 0);
    const fpt_str weeks[] = {FPT_STR("2017-01-02"), FPT_STR("2017-01-09"),
                             FPT_STR("2017-01-16"), FPT_STR("2017-01-30")};
    kind = fpti_periods_read(4, weeks, p, &bad);
    assert_int_equal(fpti_period_gaps(kind, 4, p, &first), 1);
    assert_int_equal(first, 3);
    assert_int_equal(fpti_period_gaps(kind, 1, p, &first), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_short_numbers_agree_with_long_ones),
        cmocka_unit_test(test_levels_are_the_same_double_in_both_forms),
        cmocka_unit_test(test_periods),
    };
    return cmocka_run_group_tests_name("cells", tests, NULL, NULL);
}
