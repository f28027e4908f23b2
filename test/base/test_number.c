/* Tests for number.h. */
#include "check.h"

static void test_int64(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } table[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"+7", true, 7},
        {"23362301", true, 23362301},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {" 1", false, 0},
        {"1.0", false, 0},
        {"1e3", false, 0},
        {"12a", false, 0},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        int64_t value = 42;
        assert_int_equal(fpt_parse_int64(fpt_str_from(table[i].text), &value),
                         table[i].good);
        assert_true(value == (table[i].good ? table[i].value : 42));
    }
}

static void test_double_forms(void **state)
{
    (void)state;
    static const char *const good[] = {
        "0",
        "-0",
        "1",
        "1.5",
        ".5",
        "5.",
        "1e3",
        "1E-3",
        "2.5e+10",
        "1e-400",
        "0e999999999",
        "3.76566815748701e-06",
        "0.0427871354631491",
        "179769313486231570000000000000000000000000000000000000000",
        "2.2250738585072011e-308",
        "4.9406564584124654e-324",
        "9007199254740993",
        "0.000000000000000000000000000000012345678901234567890123",
        "00000000000000000000000000000000000000000000000001.25",
        "0e99999999999999999999",
        "+1.5",
        "+0",
        "-0e99999",
        "-12345678901234567890123456789",
        "1e-99999999999999999999",
        "100000000000000000000e-20",
    };
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        double value;
        assert_true(fpt_parse_double(fpt_str_from(good[i]), &value));
        assert_true(value == strtod(good[i], NULL));
    }
    static const char *const bad[] = {
        "",      ".",   "-",   "e5",   "1e",     "1.2.3",
        "0x1p3", "inf", "nan", " 1",   "1 ",     "1,000",
        "1e999", "--1", "1e+", "1e5x", "-1e400", "1e99999999999999999999",
        "1:",    "1e/", "+"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        double value = 42.0;
        if (fpt_parse_double(fpt_str_from(bad[i]), &value))
            fail_msg("\"%s\" was read as %g", bad[i], value);
        assert_true(value == 42.0);
    }
}

/* Easy or not: 511 characters are the most that libc is asked about. */
static void test_very_long_numbers(void **state)
{
    (void)state;
    char text[700];
    double value = 42.0;
    memset(text, '7', sizeof text);
    assert_true(fpt_parse_double((fpt_str){text, 300}, &value));
    assert_true(value > 7.7e299 && value < 7.8e299);
    value = 42.0;
    assert_false(fpt_parse_double((fpt_str){text, 511}, &value)); /* 1e510 */
    text[1] = '.';
    assert_true(fpt_parse_double((fpt_str){text, 511}, &value));
    assert_close(value, 70.0 / 9.0, 1e-15);
    value = 42.0;
    assert_false(fpt_parse_double((fpt_str){text, 512}, &value));
    assert_true(value == 42.0);
    memset(text, '0', sizeof text);
    text[699] = '5';
    assert_true(fpt_parse_double((fpt_str){text, 700}, &value));
    assert_true(value == 5.0);
}

static void test_numbers_into_buffers(void **state)
{
    (void)state;
    fpt_arena arena;
    assert_ok(fpt_arena_init(&arena, NULL));
    fpt_strbuf text = fpt_strbuf_make(&arena);
    fpt_strbuf_add_double(&text, -0.25);
    fpt_strbuf_add_char(&text, ' ');
    fpt_strbuf_add_int64(&text, INT64_MIN);
    assert_str(fpt_strbuf_view(&text), "-0.25 -9223372036854775808");
    fpt_arena_clear(&arena);
}

static void test_decimal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int digits;
        bool good;
        int64_t value;
    } table[] = {
        {"12.345", 3, true, 12345},
        {"12.3", 3, true, 12300},
        {"12.3450", 3, true, 12345},
        {"12.3456", 3, false, 0},
        {"-0.01", 2, true, -1},
        {"5", 0, true, 5},
        {"1e2", 2, true, 10000},
        {"92233720368547758.08", 2, false, 0},
        {"92233720368547758.07", 2, true, INT64_MAX},
        {"92233720368547758071", 0, false, 0}, /* more than 19 digits */
        {"0", 2, true, 0},
        {"0.000", 2, true, 0},
        {"0e5", 2, true, 0},
        {"x", 2, false, 0},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        int64_t value = 42;
        assert_int_equal(fpt_parse_decimal(fpt_str_from(table[i].text),
                                           table[i].digits, &value),
                         table[i].good);
        assert_true(value == (table[i].good ? table[i].value : 42));
    }
}

static void test_decimal_rounded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int digits;
        bool good;
        int64_t value;
    } table[] = {
        {"12.345", 3, true, 12345},
        {"12.3454", 3, true, 12345},
        {"12.3455", 3, true, 12346},
        {"-12.3455", 3, true, -12346},
        {"0.5", 0, true, 1},
        {"0.49999999999999999999999999", 0, true, 0},
        {"0.05", 0, true, 0},
        {"1e-30", 2, true, 0},
        {"9e-1", 0, true, 1},
        {"7", 2, true, 700},
        {"1e2", 0, true, 100},
        {"9223372036854775807.4", 0, false, 0}, /* more than 19 digits */
        {"92233720368547758.074", 2, false, 0}, /* likewise */
        {"922337203685477580.7", 1, true, INT64_MAX},
        {"922337203685477580.8", 1, false, 0},
        {"92233720368547758.0", 2, true, INT64_C(9223372036854775800)},
        {"1e19", 0, false, 0},
        {"x", 0, false, 0},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        int64_t value = 42;
        if (fpt_parse_decimal_rounded(fpt_str_from(table[i].text),
                                      table[i].digits, &value) != table[i].good)
            fail_msg("\"%s\" to %d decimals", table[i].text, table[i].digits);
        assert_true(value == (table[i].good ? table[i].value : 42));
    }
}

static void test_printed_forms(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } table[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {1.0, "1"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {1e-5, "0.00001"},
        {1e-6, "1e-06"},
        {1e16, "10000000000000000"},
        {1e17, "1e+17"},
        {123456789.125, "123456789.125"},
        {1.0 / 3.0, "0.3333333333333333"},
        {5e-324, "5e-324"},
        {1e-323, "1e-323"},
        {1.5e-323, "1.5e-323"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {9007199254740993.0, "9007199254740992"},
        {2e-100, "2e-100"},
        {1e23, "1e+23"},
        {0.3, "0.3"},
        {55619430.0, "55619430"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        char text[FPT_NUMBER_BYTES];
        const size_t len = fpt_print_double(table[i].value, text);
        assert_string_equal(text, table[i].text);
        assert_int_equal(len, strlen(text));
    }
    char text[FPT_NUMBER_BYTES];
    assert_int_equal(fpt_print_double((double)NAN, text), 0);
    fpt_print_double(-(double)INFINITY, text);
    assert_string_equal(text, "-inf");
}

/* Shortest: reads back, and no %.{n}e with fewer digits does. */
static void test_printing_is_shortest_and_reads_back(void **state)
{
    (void)state;
    uint64_t seed = 20161021;
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = next_random(&seed);
        if (i % 4 == 1)
            bits &= ~((UINT64_C(1) << (next_random(&seed) % 52)) - 1);
        if (i % 4 == 2) bits &= UINT64_C(0x800FFFFFFFFFFFFF); /* subnormal */
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        if (i % 4 == 3) value = round(fmod(value, 1e6) * 100.0) / 100.0;

        char text[FPT_NUMBER_BYTES];
        fpt_print_double(value, text);
        double back;
        assert_true(fpt_parse_double(fpt_str_from(text), &back));
        if (!(back == value)) fail_msg("%.17g printed as %s", value, text);
        if (value == 0.0) continue;

        int digits = 0;
        bool leading = true;
        int zeros = 0;
        for (const char *c = text; *c != '\0' && *c != 'e'; c++) {
            if (*c < '0' || *c > '9') continue;
            if (leading && *c == '0') continue;
            leading = false;
            digits++;
            zeros = *c == '0' ? zeros + 1 : 0;
        }
        digits -= zeros;
        if (digits > 1) {
            char shorter[64];
            snprintf(shorter, sizeof shorter, "%.*e", digits - 2, value);
            if (strtod(shorter, NULL) == value)
                fail_msg("%s is longer than %s", text, shorter);
        }
    }
}

/* Around every power of ten and of two, whole and with a fraction: the digits
 * are those of libc where seventeen of them are needed, and read back always. */
static void test_printing_at_the_borders_of_digits(void **state)
{
    (void)state;
    for (int power = 0; power <= 19; power++) {
        uint64_t ten = 1;
        for (int i = 0; i < power; i++)
            ten *= 10;
        for (int64_t near = -2; near <= 2; near++) {
            const uint64_t x = ten + (uint64_t)near;
            char want[64], got[FPT_NUMBER_BYTES];
            if (x <= (UINT64_C(1) << 53)) {
                snprintf(want, sizeof want, "%" PRIu64, x);
                fpt_print_double((double)x, got);
                assert_string_equal(got, want);
                fpt_print_double(-(double)x, got);
                if (x != 0) assert_string_equal(got + 1, want);
            }
            if (x <= (uint64_t)INT64_MAX) {
                snprintf(want, sizeof want, "%" PRIu64, x);
                fpt_print_int64((int64_t)x, got);
                assert_string_equal(got, want);
            }
        }
    }
    for (int power = -60; power <= 60; power++) {
        for (int step = -1; step <= 1; step++) {
            const double x = nextafter(ldexp(1.0, power), step * 1e300);
            char got[FPT_NUMBER_BYTES];
            double back;
            const size_t len = fpt_print_double(x, got);
            assert_int_equal(len, strlen(got));
            assert_true(fpt_parse_double((fpt_str){got, len}, &back));
            assert_true(back == x);
        }
    }
    char got[FPT_NUMBER_BYTES];
    fpt_print_double(0x1p53, got);
    assert_string_equal(got, "9007199254740992");
    fpt_print_double(1e16, got);
    assert_string_equal(got, "10000000000000000");
    fpt_print_double(0.1, got);
    assert_string_equal(got, "0.1");
    fpt_print_double(0.00001234, got);
    assert_string_equal(got, "0.00001234");
}

static void test_parsing_agrees_with_libc(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (int i = 0; i < 100000; i++) {
        char text[64];
        const uint64_t mantissa =
            next_random(&seed) >> (next_random(&seed) % 64);
        const int exponent = (int)(next_random(&seed) % 660) - 340;
        snprintf(text, sizeof text, "%" PRIu64 "e%d", mantissa,
                 i % 2 ? exponent : exponent / 20);
        const double want = strtod(text, NULL);
        double value = 0.0;
        const bool good = fpt_parse_double(fpt_str_from(text), &value);
        assert_int_equal(good, isfinite(want) != 0);
        if (good) assert_true(value == want);
    }
}

static void test_fixed_and_grouped(void **state)
{
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } fixed[] = {
        {89.1259, 2, "89.13"},
        {-0.001, 2, "0.00"},
        {0.5, 0, "1"},
        {-2.5, 0, "-3"},
        {1e9, 1, "1000000000.0"},
        {0.999, 2, "1.00"},
        {12.3456789, 9, "12.345678900"},
        {1e18, 0, "1e+18"}, /* too large for digits to be meant */
        {1e300, 2, "1e+300"},
        {(double)NAN, 2, ""},
    };
    char text[FPT_NUMBER_BYTES];
    for (size_t i = 0; i < COUNT_OF(fixed); i++) {
        fpt_print_fixed(fixed[i].value, fixed[i].decimals, text);
        assert_string_equal(text, fixed[i].text);
    }
    static const struct {
        int64_t value;
        const char *text;
    } grouped[] = {
        {0, "0"},
        {999, "999"},
        {1000, "1,000"},
        {-1000, "-1,000"},
        {-999, "-999"},
        {23362301, "23,362,301"},
        {INT64_MIN, "-9,223,372,036,854,775,808"},
    };
    for (size_t i = 0; i < COUNT_OF(grouped); i++) {
        fpt_print_grouped(grouped[i].value, text);
        assert_string_equal(text, grouped[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_int64),
        cmocka_unit_test(test_double_forms),
        cmocka_unit_test(test_very_long_numbers),
        cmocka_unit_test(test_numbers_into_buffers),
        cmocka_unit_test(test_decimal),
        cmocka_unit_test(test_decimal_rounded),
        cmocka_unit_test(test_printed_forms),
        cmocka_unit_test(test_printing_is_shortest_and_reads_back),
        cmocka_unit_test(test_printing_at_the_borders_of_digits),
        cmocka_unit_test(test_parsing_agrees_with_libc),
        cmocka_unit_test(test_fixed_and_grouped),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
