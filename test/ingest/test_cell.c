/* Tests of cells: each type, each sign of nothing, and why one is refused. */
#include "check.h"

#include "ingest_i.h"

static fpti_texts texts(size_t count, const fpt_str *text)
{
    /* The structure's member is not const; nobody writes through it. */
    return (fpti_texts){count, (fpt_str *)(uintptr_t)text};
}

static fpti_cell read_cell(const fpti_column *column, const char *raw,
                           fpti_fault *fault)
{
    fpti_cell cell;
    fpti_fault other = {0};
    fpti_cell_read(column, fpt_str_from(raw), &cell,
                   fault != NULL ? fault : &other);
    return cell;
}

#define GOOD INT64_MAX /* none of the values below */

struct number_case {
    const char *raw;
    int64_t whole; /* GOOD: refused */
};

static void check_numbers(const fpti_column *column, size_t count,
                          const struct number_case *cases)
{
    for (size_t i = 0; i < count; i++) {
        fpti_fault fault = {0};
        const fpti_cell cell = read_cell(column, cases[i].raw, &fault);
        if (cases[i].whole == GOOD) {
            if (cell.status != FPTI_CELL_BAD)
                fail_msg("\"%s\" was read as %" PRId64, cases[i].raw,
                         cell.whole);
            assert_string_equal(fault.reason, column->type == FPTI_MONEY
                                                  ? "bad-money"
                                                  : "bad-number");
            assert_non_null(strstr(fault.text, "expected"));
            continue;
        }
        if (cell.status != FPTI_CELL_OK || cell.whole != cases[i].whole)
            fail_msg("\"%s\": status %d, %" PRId64 ", expected %" PRId64,
                     cases[i].raw, cell.status, cell.whole, cases[i].whole);
    }
}

static void test_whole_numbers(void **state)
{
    (void)state;
    const fpti_column column = {.type = FPTI_INT};
    static const struct number_case cases[] = {
        {"0", 0},
        {" 2,147 ", 2147},
        {"-5", -5},
        {"+7", 7},
        {"1,234,567", 1234567},
        {"-1,234", -1234},
        {"12.0", 12},
        {"12.", 12},
        {"1,234.00", 1234},
        {"9223372036854775807", INT64_MAX - 0},
        {"12.5", GOOD},
        {"1,23", GOOD},
        {"12,34", GOOD},
        {",123", GOOD},
        {"1,", GOOD},
        {"1234,567", GOOD},
        {"1,2345", GOOD},
        {"1,,234", GOOD},
        {"1,234,5", GOOD},
        {"1.234,567", GOOD},
        {"1,234.5", GOOD},
        {"-,123", GOOD},
        {"1 234", GOOD},
        {"abc", GOOD},
        {"1e3", 1000},
        {"9223372036854775808", GOOD},
        {"0x10", GOOD},
        {"(5)", GOOD},
        {"1,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,000,"
         "000,000,000,000",
         GOOD},
        {"\xC2\xA0"
         "12\xC2\xA0",
         12}};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (cases[i].whole != INT64_MAX ||
            strcmp(cases[i].raw, "9223372036854775807") != 0)
            check_numbers(&column, 1, &cases[i]);
    assert_true(read_cell(&column, "9223372036854775807", NULL).whole ==
                INT64_MAX);
}

static void test_decimals(void **state)
{
    (void)state;
    const fpti_column strict = {.type = FPTI_DECIMAL, .decimals = 2};
    static const struct number_case exact[] = {
        {"1.25", 125},  {"1.2", 120}, {"-0.01", -1},   {"1,234.5", 123450},
        {"1.250", 125}, {".5", 50},   {"1.255", GOOD}, {"1e2", 10000}};
    check_numbers(&strict, COUNT_OF(exact), exact);
    const fpti_column rounded = {
        .type = FPTI_DECIMAL, .decimals = 2, .round = true};
    /* 1.005 as a double lies below it: the written decimal is what is rounded */
    static const struct number_case near[] = {
        {"1.005", 101},
        {"1.004999999", 100},
        {"-1.005", -101},
        {"2.675", 268},
        {"3.8e-06", 0},
        {"1.5e2", 15000},
        {"0.145000000000000000000000001", 15},
        {"1e300", GOOD},
        {"nan", GOOD},
        {"inf", GOOD},
        {"1.2.3", GOOD}};
    check_numbers(&rounded, COUNT_OF(near), near);
    const fpti_column share = {
        .type = FPTI_DECIMAL, .decimals = 12, .round = true};
    static const struct number_case shares[] = {
        {"1", INT64_C(1000000000000)},
        {"0.333333333333333", 333333333333},
        {"3.8e-06", 3800000},
        {"0", 0},
        {"9.5e-13", 1}};
    check_numbers(&share, COUNT_OF(shares), shares);
}

static void test_percentages(void **state)
{
    (void)state;
    const fpti_column column = {.type = FPTI_PERCENT, .decimals = 3};
    static const struct number_case cases[] = {
        {"94.9%", 949}, {"100%", 1000},   {" 0.1 % ", 1}, {"94.9", 949},
        {"-2%", -20},   {"94.95%", GOOD}, {"%", GOOD},    {"94.9%%", GOOD}};
    check_numbers(&column, COUNT_OF(cases), cases);
}

static void test_money(void **state)
{
    (void)state;
    const fpti_column column = {.type = FPTI_MONEY, .round = true};
    static const struct number_case cases[] = {{"\xC2\xA3"
                                                "24,200,000.00",
                                                INT64_C(2420000000)},
                                               {"(1,234)", -123400},
                                               {"-\xC2\xA3"
                                                "1.50",
                                                -150},
                                               {"0.125", 13},
                                               {"12", 1200},
                                               {"N/A", GOOD},
                                               {"1.2.3", GOOD}};
    check_numbers(&column, COUNT_OF(cases), cases);
    const fpti_column strict = {.type = FPTI_MONEY};
    static const struct number_case exact[] = {{"0.125", GOOD}, {"0.120", 12}};
    check_numbers(&strict, COUNT_OF(exact), exact);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        fpt_date_style style;
        const char *raw;
        int year, month, day; /* year 0: refused */
    } cases[] = {{FPT_DATE_ISO, "2017-04-01", 2017, 4, 1},
                 {FPT_DATE_COMPACT, "20170401", 2017, 4, 1},
                 {FPT_DATE_DMY, "01/04/2017", 2017, 4, 1},
                 {FPT_DATE_DMY_NAME, "21st May 2025", 2025, 5, 21},
                 {FPT_DATE_DMY_NAME, "01JAN2021", 2021, 1, 1},
                 {FPT_DATE_EXCEL_SERIAL, "36251", 1999, 4, 1},
                 {FPT_DATE_COMPACT, "20170231", 0, 0, 0},
                 {FPT_DATE_ISO, "01/04/2017", 0, 0, 0},
                 {FPT_DATE_COMPACT, "2017", 0, 0, 0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const fpti_column column = {.type = FPTI_DATE, .style = cases[i].style};
        fpti_fault fault = {0};
        const fpti_cell cell = read_cell(&column, cases[i].raw, &fault);
        if (cases[i].year == 0) {
            assert_int_equal(cell.status, FPTI_CELL_BAD);
            assert_string_equal(fault.reason, "bad-date");
            continue;
        }
        assert_int_equal(cell.status, FPTI_CELL_OK);
        assert_int_equal(
            cell.date.days,
            fpt_date_make(cases[i].year, cases[i].month, cases[i].day).days);
    }
}

static void test_periods(void **state)
{
    (void)state;
    const fpti_column plain = {.type = FPTI_PERIOD, .grain = FPT_GRAIN_OTHER},
                      fy = {.type = FPTI_PERIOD,
                            .grain = FPT_GRAIN_OTHER,
                            .is_fy = true},
                      prefixed = {.type = FPTI_PERIOD,
                                  .grain = FPT_GRAIN_OTHER,
                                  .prefix = FPT_STR("MSitAE-")},
                      month = {.type = FPTI_PERIOD,
                               .grain = FPT_GRAIN_MONTH,
                               .style = FPT_DATE_ISO},
                      quarter = {.type = FPTI_PERIOD,
                                 .grain = FPT_GRAIN_QUARTER,
                                 .style = FPT_DATE_COMPACT};
    const struct {
        const fpti_column *column;
        const char *raw;
        fpt_period period;
        const char *reason;
    } cases[] = {{&plain, "April 2022", fpt_month(2022, 4), NULL},
                 {&plain, "MAR2019", fpt_month(2019, 3), NULL},
                 {&plain, "Apr-25", fpt_month(2025, 4), NULL},
                 {&plain, "Sep-09", fpt_month(2009, 9), NULL},
                 {&plain, "2016/17", fpt_fy(2016), NULL},
                 {&plain, "2011-12", fpt_month(2011, 12), NULL},
                 {&fy, "2011-12", fpt_fy(2011), NULL},
                 {&fy, "2010-11", fpt_fy(2010), NULL},
                 {&fy, "2010-12", {{0}, {0}}, "bad-period"},
                 {&prefixed, "MSitAE-JUNE-2024", fpt_month(2024, 6), NULL},
                 {&prefixed, "JUNE-2024", {{0}, {0}}, "bad-period"},
                 {&prefixed, "MSitAE-", {{0}, {0}}, "bad-period"},
                 {&month, "2017-03-31", fpt_month(2017, 3), NULL},
                 {&month, "2017-03", {{0}, {0}}, "bad-date"},
                 {&quarter, "20191231", fpt_quarter(2019, 3), NULL},
                 {&plain, "soon", {{0}, {0}}, "bad-period"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        fpti_fault fault = {0};
        const fpti_cell cell = read_cell(cases[i].column, cases[i].raw, &fault);
        if (cases[i].reason != NULL) {
            assert_int_equal(cell.status, FPTI_CELL_BAD);
            assert_string_equal(fault.reason, cases[i].reason);
            continue;
        }
        if (cell.status != FPTI_CELL_OK ||
            !fpt_period_equal(cell.period, cases[i].period))
            fail_msg("\"%s\"", cases[i].raw);
    }
}

static void test_codes_names_and_words(void **state)
{
    (void)state;
    const fpt_str patterns[] = {FPT_STR("E54######"), FPT_STR("Q==")};
    const fpti_column code = {.type = FPTI_CODE,
                              .patterns = texts(2, patterns)},
                      any = {.type = FPTI_CODE};
    fpti_fault fault = {0};
    assert_str(read_cell(&code, " E54000005 ", NULL).text, "E54000005");
    assert_str(read_cell(&code, "QWO", NULL).text, "QWO");
    assert_int_equal(read_cell(&code, "E38000005", &fault).status,
                     FPTI_CELL_BAD);
    assert_string_equal(fault.reason, "bad-code");
    assert_non_null(strstr(fault.text, "\"E38000005\""));
    assert_int_equal(read_cell(&code, "e54000005", &fault).status,
                     FPTI_CELL_BAD);
    assert_str(read_cell(&any, " R1H ", NULL).text, "R1H");

    fpt_str keys[] = {FPT_STR("Lincolnshire  STP"), FPT_STR("No"),
                      FPT_STR("Yes")},
            values[] = {FPT_STR("E54000013"), FPT_STR("0"), FPT_STR("1")};
    const fpti_column name = {.type = FPTI_NAME, .lookup = {3, keys, values}},
                      choice = {.type = FPTI_CHOICE,
                                .lookup = {3, keys, values}};
    assert_str(read_cell(&name, "Lincolnshire  STP", NULL).text, "E54000013");
    assert_int_equal(read_cell(&name, "Lincolnshire STP", &fault).status,
                     FPTI_CELL_BAD);
    assert_string_equal(fault.reason, "unknown-name");
    assert_int_equal(read_cell(&choice, "Yes", NULL).whole, 1);
    assert_int_equal(read_cell(&choice, "No", NULL).whole, 0);
    assert_int_equal(read_cell(&choice, "yes", &fault).status, FPTI_CELL_BAD);
    assert_string_equal(fault.reason, "unknown-word");
    /* a value that is no number was a fault of the pack */
    assert_int_equal(read_cell(&choice, "Lincolnshire  STP", NULL).status,
                     FPTI_CELL_BAD);
}

/* `*`, `<5` and `c` are suppressed, `-` is what the pack says it is. */
static void test_signs_of_nothing(void **state)
{
    (void)state;
    const fpt_str stars[] = {FPT_STR("*"), FPT_STR("<5"), FPT_STR("c")},
                  hyphen[] = {FPT_STR("-")},
                  na[] = {FPT_STR("-"), FPT_STR("N/A")};
    const fpti_column bed = {.type = FPTI_INT, .zero = texts(1, hyphen)},
                      staff = {.type = FPTI_INT, .missing = texts(2, na)},
                      small = {.type = FPTI_INT, .suppressed = texts(3, stars)},
                      needed = {.type = FPTI_INT,
                                .needed = true,
                                .missing = texts(1, hyphen)},
                      nought = {.type = FPTI_INT,
                                .when_missing = FPTI_MISSING_ZERO,
                                .missing = texts(1, hyphen)};
    fpti_fault fault = {0};
    assert_int_equal(read_cell(&bed, " -   ", NULL).status, FPTI_CELL_OK);
    assert_int_equal(read_cell(&bed, " -   ", NULL).whole, 0);
    assert_int_equal(read_cell(&bed, "", NULL).status, FPTI_CELL_MISSING);
    assert_int_equal(read_cell(&staff, "-", NULL).status, FPTI_CELL_MISSING);
    assert_int_equal(read_cell(&staff, " N/A ", NULL).status,
                     FPTI_CELL_MISSING);
    assert_int_equal(read_cell(&staff, "0", NULL).status, FPTI_CELL_OK);
    for (size_t i = 0; i < COUNT_OF(stars); i++)
        assert_int_equal(read_cell(&small, stars[i].data, NULL).status,
                         FPTI_CELL_SUPPRESSED);
    assert_int_equal(read_cell(&small, "C", NULL).status, FPTI_CELL_BAD);
    assert_int_equal(read_cell(&needed, "", &fault).status, FPTI_CELL_BAD);
    assert_string_equal(fault.reason, "missing");
    assert_int_equal(read_cell(&needed, "-", &fault).status, FPTI_CELL_BAD);
    assert_int_equal(read_cell(&nought, "-", NULL).status, FPTI_CELL_OK);
    assert_int_equal(read_cell(&nought, " ", NULL).whole, 0);
}

/* What is found is shown, cut where it is long, and the text always ends. */
static void test_faults_show_what_was_found(void **state)
{
    (void)state;
    const fpti_column column = {.type = FPTI_INT};
    char raw[2000];
    fpti_fault fault = {0};
    memset(raw, 'x', sizeof raw - 1);
    raw[sizeof raw - 1] = '\0';
    assert_int_equal(read_cell(&column, raw, &fault).status, FPTI_CELL_BAD);
    assert_non_null(strstr(fault.text, "xxx...\", expected a whole number"));
    assert_true(strlen(fault.text) < 200);
    /* cut between characters */
    for (size_t i = 0; i + 1 < sizeof raw - 1; i += 2)
        memcpy(raw + i, "\xC3\xA9", 2);
    assert_int_equal(read_cell(&column, raw, &fault).status, FPTI_CELL_BAD);
    assert_true(fpt_str_is_utf8(fpt_str_from(fault.text), NULL));
    raw[1] = 'x'; /* one byte further on */
    memmove(raw, raw + 1, sizeof raw - 1);
    assert_int_equal(read_cell(&column, raw, &fault).status, FPTI_CELL_BAD);
    assert_true(fpt_str_is_utf8(fpt_str_from(fault.text), NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_decimals),
        cmocka_unit_test(test_percentages),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_codes_names_and_words),
        cmocka_unit_test(test_signs_of_nothing),
        cmocka_unit_test(test_faults_show_what_was_found),
    };
    return cmocka_run_group_tests_name("cell", tests, NULL, NULL);
}
