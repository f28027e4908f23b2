/* Tests for money.h. */
#include "check.h"

static void test_pounds_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool round, good;
        int64_t pence;
    } table[] = {
        {"12.34", false, true, 1234},
        {"\xC2\xA3"
         "24,200,000.00",
         false, true, 2420000000},
        {"-\xC2\xA3"
         "1,234.50",
         false, true, -123450},
        {"\xC2\xA3-5", false, true, -500},
        {"(1,234)", false, true, -123400},
        {" 384795.06 ", false, true, 38479506},
        {"-66185.19", false, true, -6618519},
        {"0.1", false, true, 10},
        {"1.005", false, false, 0},
        {"1.005", true, true, 101}, /* the double is below the half */
        {"1.00499999999999999999999", true, true, 100},
        {"2.675", true, true, 268},
        {"384795.0650000000000000001", true, true, 38479507},
        {"1.125", true, true, 113},
        {"-1.125", true, true, -113},
        {"1,23", false, false, 0},
        {"1,2345", false, false, 0},
        {",123", false, false, 0},
        {"N/A", false, false, 0},
        {"", false, false, 0},
        {"--5", false, false, 0},
        {"(-5)", false, false, 0},
        {"-\xC2\xA3-5", false, false, 0},
        {"1,2:4", false, false, 0},
        {"1,2 4", false, false, 0},
        {"1,234,567.89", false, true, 123456789},
        {"(5", false, false, 0},
        {"5)", false, false, 0},
        {"()", false, false, 0},
        {"+5", false, false, 0},
        {"\xC2\xA3", false, false, 0},
        {"\xC2\xA3 5", false, true, 500},
        {"000000000000000000000000000000000000000000000000000000000000000000"
         "000000000001",
         false, false, 0},
        {"1,23.", false, false, 0},
        {"1,.50", false, false, 0},
        {"1,234.50", false, true, 123450},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_money money = {42};
        const fpt_status status = fpt_money_parse(fpt_str_from(table[i].text),
                                                  table[i].round, &money);
        if ((status == FPT_OK) != table[i].good)
            fail_msg("\"%s\": %s", table[i].text, fpt_status_text(status));
        assert_int_equal(money.pence, table[i].good ? table[i].pence : 42);
    }
}

static void test_money_is_printed(void **state)
{
    (void)state;
    char text[32];
    fpt_money_print((fpt_money){-5}, text);
    assert_string_equal(text, "-0.05");
    fpt_money_print((fpt_money){123450}, text);
    assert_string_equal(text, "1234.50");
    fpt_money_print((fpt_money){INT64_MIN}, text);
    assert_string_equal(text, "-92233720368547758.08");
}

static void test_overflow_is_refused(void **state)
{
    (void)state;
    fpt_money out = {1};
    const fpt_money most = {INT64_MAX}, least = {INT64_MIN};
    assert_int_equal(fpt_money_add(most, (fpt_money){1}, &out), FPT_ERR_RANGE);
    assert_int_equal(fpt_money_subtract(least, (fpt_money){1}, &out),
                     FPT_ERR_RANGE);
    assert_int_equal(fpt_money_multiply(most, 2, &out), FPT_ERR_RANGE);
    assert_int_equal(out.pence, 1);
    assert_ok(fpt_money_add((fpt_money){2}, (fpt_money){3}, &out));
    assert_int_equal(out.pence, 5);
    assert_ok(fpt_money_subtract((fpt_money){2}, (fpt_money){3}, &out));
    assert_int_equal(out.pence, -1);
    assert_ok(fpt_money_multiply((fpt_money){-2}, 3, &out));
    assert_int_equal(out.pence, -6);

    int64_t whole = 9;
    assert_int_equal(fpt_round_half_away(1e30, &whole), FPT_ERR_RANGE);
    assert_int_equal(fpt_round_half_away((double)NAN, &whole), FPT_ERR_RANGE);
    assert_int_equal(whole, 9);
    assert_ok(fpt_round_half_away(-2.5, &whole));
    assert_int_equal(whole, -3);
}

static void test_multiply_divide(void **state)
{
    (void)state;
    static const struct {
        int64_t a, b, c, want;
    } table[] = {
        {7, 1, 2, 4},
        {-7, 1, 2, -4},
        {7, 1, 3, 2},
        {8, 1, 3, 3},
        {INT64_MAX, 1000, 1000, INT64_MAX},
        {1, 1, 4, 0},
        {2, 1, 4, 1},
        {-2, 1, 4, -1},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        int64_t out;
        assert_ok(
            fpt_multiply_divide(table[i].a, table[i].b, table[i].c, &out));
        assert_int_equal(out, table[i].want);
    }
    int64_t out = 3;
    assert_int_equal(fpt_multiply_divide(INT64_MAX, 2, 1, &out), FPT_ERR_RANGE);
    assert_int_equal(out, 3);
}

static void test_parts_sum_to_the_whole(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        int64_t weight[12], part[12], mirror[12];
        uint64_t work[12];
        const size_t count = 1 + next_random(&seed) % 12;
        double sum = 0.0;
        for (size_t k = 0; k < count; k++) {
            weight[k] = (int64_t)(next_random(&seed) % 5 == 0
                                      ? 0
                                      : next_random(&seed) >>
                                            (8 + next_random(&seed) % 50));
            sum += (double)weight[k];
        }
        const int64_t total =
            (int64_t)(next_random(&seed) >> (1 + next_random(&seed) % 62));
        const fpt_status status =
            fpt_apportion(total, count, weight, part, work);
        if (sum == 0.0) {
            assert_int_equal(status, FPT_ERR_RANGE);
            continue;
        }
        assert_ok(status);
        assert_ok(fpt_apportion(-total, count, weight, mirror, work));
        int64_t given = 0;
        for (size_t k = 0; k < count; k++) {
            given += part[k];
            assert_int_equal(part[k], -mirror[k]);
            if (weight[k] == 0) assert_int_equal(part[k], 0);
            const double share = (double)total * ((double)weight[k] / sum);
            assert_true(fabs((double)part[k] - share) <= 1.0 + share * 1e-12);
        }
        assert_int_equal(given, total);
    }
}

static void test_ties_go_to_the_first(void **state)
{
    (void)state;
    const int64_t weight[] = {1, 1, 1};
    int64_t part[3];
    uint64_t work[3];
    assert_ok(fpt_apportion(100, 3, weight, part, work));
    assert_int_equal(part[0], 34);
    assert_int_equal(part[1], 33);
    assert_int_equal(part[2], 33);
    const int64_t bad[] = {1, -1};
    part[0] = 5;
    assert_int_equal(fpt_apportion(1, 2, bad, part, work), FPT_ERR_RANGE);
    const int64_t too_much[] = {INT64_C(1) << 62, 1};
    assert_int_equal(fpt_apportion(1, 2, too_much, part, work), FPT_ERR_RANGE);
    assert_int_equal(part[0], 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pounds_are_read),
        cmocka_unit_test(test_money_is_printed),
        cmocka_unit_test(test_overflow_is_refused),
        cmocka_unit_test(test_multiply_divide),
        cmocka_unit_test(test_parts_sum_to_the_whole),
        cmocka_unit_test(test_ties_go_to_the_first),
    };
    return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
