/* Tests for date.h. */
#include "check.h"

static void assert_prints(fpt_date date, const char *text)
{
    char buffer[FPT_DATE_BYTES];
    fpt_date_print(date, buffer);
    assert_string_equal(buffer, text);
}

static void assert_period(fpt_period period, const char *from, const char *to)
{
    assert_prints(period.from, from);
    assert_prints(period.to, to);
}

static void test_days_are_counted_from_1970(void **state)
{
    (void)state;
    static const struct {
        int y, m, d;
        int32_t days;
    } table[] = {
        {1970, 1, 1, 0},         {1969, 12, 31, -1},     {2000, 2, 29, 11016},
        {2017, 4, 1, 17257},     {1899, 12, 30, -25569}, {1, 1, 1, -719162},
        {9999, 12, 31, 2932896},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_int_equal(fpt_date_make(table[i].y, table[i].m, table[i].d).days,
                         table[i].days);
}

/* Every day of twelve centuries: split and make are inverse, days follow. */
static void test_every_day_follows_the_one_before(void **state)
{
    (void)state;
    int y = 1500, m = 1, d = 1;
    const int32_t last = fpt_date_make(2700, 1, 1).days;
    for (fpt_date date = fpt_date_make(y, m, d); date.days < last;
         date.days++) {
        int year, month, day;
        fpt_date_split(date, &year, &month, &day);
        if (year != y || month != m || day != d)
            fail_msg("%d is %d-%d-%d, not %d-%d-%d", date.days, year, month,
                     day, y, m, d);
        if (++d > fpt_date_days_in_month(y, m)) {
            d = 1;
            if (++m > 12) m = 1, y++;
        }
    }
}

static void test_styles_accept_only_their_own(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        fpt_date_style style;
        const char *iso; /* NULL: refused */
    } table[] = {
        {"2017-04-03", FPT_DATE_ISO, "2017-04-03"},
        {"2017-02-29", FPT_DATE_ISO, NULL},
        {"2016-02-29", FPT_DATE_ISO, "2016-02-29"},
        {"20170403", FPT_DATE_ISO, NULL},
        {"2017-4-3", FPT_DATE_ISO, NULL},
        {"20130401", FPT_DATE_COMPACT, "2013-04-01"},
        {"20131301", FPT_DATE_COMPACT, NULL},
        {"2013-04-01", FPT_DATE_COMPACT, NULL},
        {"03/04/2017", FPT_DATE_DMY, "2017-04-03"},
        {"3/4/17", FPT_DATE_DMY, "2017-04-03"},
        {"13/13/2017", FPT_DATE_DMY, NULL},
        {"03/04", FPT_DATE_DMY, NULL},
        {"01JAN2021", FPT_DATE_DMY_NAME, "2021-01-01"},
        {"01Jan2022", FPT_DATE_DMY_NAME, "2022-01-01"},
        {"01-Sep-20", FPT_DATE_DMY_NAME, "2020-09-01"},
        {"27th February 2020", FPT_DATE_DMY_NAME, "2020-02-27"},
        {"1 April 1974", FPT_DATE_DMY_NAME, "1974-04-01"},
        {"31 April 1974", FPT_DATE_DMY_NAME, NULL},
        {"April 1974", FPT_DATE_DMY_NAME, NULL},
        {"36251", FPT_DATE_EXCEL_SERIAL, "1999-04-01"},
        {"61", FPT_DATE_EXCEL_SERIAL, "1900-03-01"},
        {"60", FPT_DATE_EXCEL_SERIAL, NULL},
        {"36251.5", FPT_DATE_EXCEL_SERIAL, NULL},
        {"", FPT_DATE_ISO, NULL},
        {"", FPT_DATE_DMY, NULL},
        {"2017/04-03", FPT_DATE_ISO, NULL},
        {"2017-04/03", FPT_DATE_ISO, NULL},
        {"201a-04-03", FPT_DATE_ISO, NULL},
        {"2017-a4-03", FPT_DATE_ISO, NULL},
        {"2017-04-0:", FPT_DATE_ISO, NULL},
        {"0000-04-03", FPT_DATE_ISO, NULL},
        {"2017-00-03", FPT_DATE_ISO, NULL},
        {"2017-13-03", FPT_DATE_ISO, NULL},
        {"2017-04-00", FPT_DATE_ISO, NULL},
        {"2017040", FPT_DATE_COMPACT, NULL},
        {"x0170403", FPT_DATE_COMPACT, NULL},
        {"2017x403", FPT_DATE_COMPACT, NULL},
        {"201704x3", FPT_DATE_COMPACT, NULL},
        {"3", FPT_DATE_DMY, NULL},
        {"/4/2017", FPT_DATE_DMY, NULL},
        {"003/4/2017", FPT_DATE_DMY, NULL},
        {"3//2017", FPT_DATE_DMY, NULL},
        {"3/004/2017", FPT_DATE_DMY, NULL},
        {"3/4/201", FPT_DATE_DMY, NULL},
        {"x/4/2017", FPT_DATE_DMY, NULL},
        {"3/x/2017", FPT_DATE_DMY, NULL},
        {"3/4/201x", FPT_DATE_DMY, NULL},
        {"3/4/68", FPT_DATE_DMY, "2068-04-03"},
        {"3/4/69", FPT_DATE_DMY, "1969-04-03"},
        {"x April 1974", FPT_DATE_DMY_NAME, NULL},
        {"123 April 1974", FPT_DATE_DMY_NAME, NULL},
        {"12", FPT_DATE_DMY_NAME, NULL},
        {"12 ", FPT_DATE_DMY_NAME, NULL},
        {"12 April", FPT_DATE_DMY_NAME, NULL},
        {"12 April ", FPT_DATE_DMY_NAME, NULL},
        {"12 Smarch 1974", FPT_DATE_DMY_NAME, NULL},
        {"12 April 197", FPT_DATE_DMY_NAME, NULL},
        {"12 April 197x", FPT_DATE_DMY_NAME, NULL},
        {"1st Sept 99", FPT_DATE_DMY_NAME, "1999-09-01"},
        {"2nd-May-05", FPT_DATE_DMY_NAME, "2005-05-02"},
        {"109574", FPT_DATE_EXCEL_SERIAL, "2199-12-31"},
        {"109575", FPT_DATE_EXCEL_SERIAL, NULL},
        {"2017-/4-03", FPT_DATE_ISO, NULL},
        {"2017-04-03", FPT_DATE_STYLE_COUNT, NULL},
        {"2017-04-03", (fpt_date_style)99, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_date date = {7};
        const bool good =
            fpt_date_parse(fpt_str_from(table[i].text), table[i].style, &date);
        assert_int_equal(good, table[i].iso != NULL);
        if (good)
            assert_prints(date, table[i].iso);
        else
            assert_int_equal(date.days, 7);
    }
}

static void test_style_names(void **state)
{
    (void)state;
    fpt_date_style style;
    assert_true(fpt_date_style_find(FPT_STR("excel-serial"), &style));
    assert_int_equal(style, FPT_DATE_EXCEL_SERIAL);
    assert_false(fpt_date_style_find(FPT_STR("american"), &style));
}

/* Before the year 1 and back: what dates are made of, not what is published. */
static void test_the_calendar_has_no_first_year(void **state)
{
    (void)state;
    for (int y = -1601; y <= 1; y += 89) {
        int year, month, day;
        fpt_date_split(fpt_date_make(y, 2, 28), &year, &month, &day);
        assert_true(year == y && month == 2 && day == 28);
        fpt_date_split(fpt_date_add_months(fpt_date_make(y, 1, 31), -25), &year,
                       &month, &day);
        assert_true(year == y - 3 && month == 12 && day == 31);
    }
}

static void test_what_is_a_day(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        bool valid;
    } table[] = {
        {2016, 2, 29, true},  {2017, 2, 29, false}, {1900, 2, 29, false},
        {2000, 2, 29, true},  {0, 1, 1, false},     {1, 1, 1, true},
        {9999, 12, 31, true}, {10000, 1, 1, false}, {2017, 0, 1, false},
        {2017, 13, 1, false}, {2017, 1, 0, false},  {2017, 1, 32, false},
        {2017, 4, 31, false}, {2017, -1, 1, false},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_int_equal(
            fpt_date_is_valid(table[i].year, table[i].month, table[i].day),
            table[i].valid);
}

static void test_names_of_months(void **state)
{
    (void)state;
    for (int month = 1; month <= 12; month++)
        assert_int_equal(fpt_month_number(fpt_str_from(fpt_month_name(month))),
                         month);
    assert_string_equal(fpt_month_name(0), "");
    assert_string_equal(fpt_month_name(13), "");
    assert_int_equal(fpt_month_number(FPT_STR("SEPT")), 9);
    assert_int_equal(fpt_month_number(FPT_STR("Ma")), 0);
}

static void test_open_ends_print_as_nothing(void **state)
{
    (void)state;
    assert_prints(fpt_date_open(), "");
    assert_prints(fpt_date_start(), "");
    assert_prints(fpt_date_make(0, 12, 31), ""); /* would not be read back */
    assert_prints(fpt_date_make(1, 1, 1), "0001-01-01");
    assert_prints(fpt_date_make(10000, 1, 1), "");
    assert_int_equal(fpt_date_add_months(fpt_date_open(), 3).days,
                     FPT_DATE_MAX_DAYS);
    assert_int_equal(fpt_date_add_months(fpt_date_start(), -3).days,
                     FPT_DATE_MIN_DAYS);
}

static void test_periods(void **state)
{
    (void)state;
    assert_period(fpt_fy(2017), "2017-04-01", "2018-04-01");
    assert_period(fpt_month(2017, 12), "2017-12-01", "2018-01-01");
    assert_period(fpt_quarter(2019, 3), "2019-10-01", "2020-01-01");
    assert_period(fpt_quarter(2019, 4), "2020-01-01", "2020-04-01");
    assert_period(fpt_calendar_year(2017), "2017-01-01", "2018-01-01");
    /* ISO 8601's own examples */
    assert_period(fpt_iso_week(2009, 1), "2008-12-29", "2009-01-05");
    assert_period(fpt_iso_week(2009, 53), "2009-12-28", "2010-01-04");
    assert_int_equal(fpt_iso_weeks_in_year(2009), 53);
    assert_int_equal(fpt_iso_weeks_in_year(2010), 52);
    assert_int_equal(fpt_iso_weeks_in_year(2020), 53);
}

static void test_periods_are_read_and_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *from, *to, *printed;
    } table[] = {
        {"2016/17", "2016-04-01", "2017-04-01", "2016/17"},
        {"2016-17", "2016-04-01", "2017-04-01", "2016/17"},
        {"2016/2017", "2016-04-01", "2017-04-01", "2016/17"},
        {"1999/00", "1999-04-01", "2000-04-01", "1999/00"},
        {"2017-03", "2017-03-01", "2017-04-01", "2017-03"},
        {"2011-12", "2011-12-01", "2012-01-01", "2011-12"},
        {"March 2017", "2017-03-01", "2017-04-01", "2017-03"},
        {"Mar-17", "2017-03-01", "2017-04-01", "2017-03"},
        {"2017-w05", "2017-01-30", "2017-02-06", "2017-W05"},
        {"2019/20 q3", "2019-10-01", "2020-01-01", "2019/20 Q3"},
        {"Mar-69", "1969-03-01", "1969-04-01", "1969-03"},
        {"MAR2019", "2019-03-01", "2019-04-01", "2019-03"},
        {"2017", "2017-01-01", "2018-01-01", "2017"},
        {"2019/20 Q3", "2019-10-01", "2020-01-01", "2019/20 Q3"},
        {"2017-W05", "2017-01-30", "2017-02-06", "2017-W05"},
        {"2017-03-31", "2017-03-31", "2017-04-01", "2017-03-31"},
        {"2016-04..2019-03", "2016-04-01", "2019-04-01", "2016-04..2019-03"},
        {"2016/17..2018/19", "2016-04-01", "2019-04-01", "2016-04..2019-03"},
        {"2017-03-30..2017-04-02", "2017-03-30", "2017-04-03",
         "2017-03-30..2017-04-02"},
        {"2016-04..2017-03", "2016-04-01", "2017-04-01", "2016/17"},
        {"2013 - 15", "2013-01-01", "2016-01-01", "2013-01..2015-12"},
        {"2013 - 2015", "2013-01-01", "2016-01-01", "2013-01..2015-12"},
        {"2016 - 17", "2016-01-01", "2018-01-01", "2016-01..2017-12"},
        {"2013/14 - 15/16", "2013-04-01", "2016-04-01", "2013-04..2016-03"},
        {"2016-17 - 2018/19", "2016-04-01", "2019-04-01", "2016-04..2019-03"},
        /* The first quarter that can be written: of a year that cannot. */
        {"1000-01..1000-03", "1000-01-01", "1000-04-01", "0999/00 Q4"},
        {"0999/00 Q4", "1000-01-01", "1000-04-01", "0999/00 Q4"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        fpt_period period;
        if (!fpt_period_parse(fpt_str_from(table[i].text), &period))
            fail_msg("%s was not read", table[i].text);
        assert_period(period, table[i].from, table[i].to);
        char buffer[FPT_DATE_BYTES];
        fpt_period_print(period, buffer);
        assert_string_equal(buffer, table[i].printed);
    }
    static const char *const bad[] = {"2017-04-01...",
                                      "2017.5",
                                      "Mar-20175",
                                      "-017",
                                      "+017",
                                      "20a7",
                                      "201a/18",
                                      "2017:18",
                                      "2017/1a",
                                      "2017-1a",
                                      "0999-03",
                                      "a017-03",
                                      "2017/18 q0",
                                      "2017/18 Qx",
                                      "2017/19 Q1",
                                      "2017/18-Q1",
                                      "2017-X05",
                                      "2017-W00",
                                      "2017-W5x",
                                      "201a-W05",
                                      "0999-W05",
                                      "2017_W05",
                                      "Mar-175",
                                      "March",
                                      "March ",
                                      "March x017",
                                      "0999",
                                      "2017-04-01..2017-0x",
                                      "..2017",
                                      "2017-03-32",
                                      "",
                                      "2016/18",
                                      "2017-13",
                                      "2017-00",
                                      "13 months",
                                      "2016/17 Q5",
                                      "Q5 2016/17",
                                      "Q0 2016/17",
                                      "Q1-2016/17",
                                      "Q1 2016/18",
                                      "Q3",
                                      "2017-W54",
                                      "2019-03..2016-04",
                                      "..",
                                      "2017..",
                                      "Smarch 2017",
                                      "2017/17",
                                      "17/18",
                                      "9999/00",
                                      "0999/00",
                                      "9999-W52",
                                      "0999-03-01",
                                      "March 0017",
                                      "2013 - 12",
                                      "2013 - 13",
                                      "1999 - 01",
                                      "2013 - 1",
                                      "2013 -15",
                                      "2013 - ",
                                      "2013 - 15/16",
                                      "2013/14 - 15",
                                      "2013/14 - 15/17",
                                      "2013-04 - 2013-06",
                                      "13 - 15",
                                      " - 2015",
                                      "2013 - 15 - 17"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        fpt_period period;
        if (fpt_period_parse(fpt_str_from(bad[i]), &period))
            fail_msg("%s was read", bad[i]);
    }
}

/* Facts of the registry are often open: they must print, not overflow. */
static void test_open_periods_print(void **state)
{
    (void)state;
    const fpt_date day = fpt_date_make(2017, 4, 1);
    static const fpt_date none = {0};
    const struct {
        fpt_period period;
        const char *printed;
    } table[] = {
        {{day, fpt_date_open()}, "2017-04-01.."},
        {{fpt_date_start(), day}, "..2017-03-31"},
        {{fpt_date_start(), fpt_date_open()}, ".."},
        {{fpt_date_open(), fpt_date_open()}, ".."},
        {{fpt_date_start(), fpt_date_start()}, ".."},
        {{none, {1}}, "1970-01-01"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        char buffer[FPT_DATE_BYTES];
        const size_t len = fpt_period_print(table[i].period, buffer);
        assert_string_equal(buffer, table[i].printed);
        assert_int_equal(len, strlen(buffer));
    }
    assert_int_equal(
        fpt_period_grain((fpt_period){fpt_date_start(), fpt_date_open()}),
        FPT_GRAIN_OTHER);
}

static void test_a_column_of_financial_years(void **state)
{
    (void)state;
    fpt_period period;
    assert_true(fpt_fy_parse(FPT_STR("2011-12"), &period));
    assert_period(period, "2011-04-01", "2012-04-01");
    assert_true(fpt_fy_parse(FPT_STR("2018/2019"), &period));
    assert_period(period, "2018-04-01", "2019-04-01");
    assert_false(fpt_fy_parse(FPT_STR("2017-03"), &period));
    assert_false(fpt_fy_parse(FPT_STR("2017"), &period));
    assert_false(fpt_fy_parse(FPT_STR("9999/00"), &period));
    assert_false(fpt_fy_parse(FPT_STR("0999/00"), &period));
}

static void test_random_periods_come_back(void **state)
{
    (void)state;
    uint64_t seed = 44;
    for (int i = 0; i < 20000; i++) {
        const fpt_date from = {(int32_t)(next_random(&seed) % 60000) - 20000};
        fpt_period period = {
            from, {from.days + 1 + (int32_t)(next_random(&seed) % 800)}};
        if (i % 2)
            period = fpt_period_of(
                from, (fpt_grain)(next_random(&seed) % FPT_GRAIN_OTHER));
        char buffer[FPT_DATE_BYTES];
        fpt_period_print(period, buffer);
        fpt_period back;
        if (!fpt_period_parse(fpt_str_from(buffer), &back) ||
            !fpt_period_equal(back, period))
            fail_msg("%s did not come back", buffer);
    }
}

static void test_months_are_added(void **state)
{
    (void)state;
    assert_prints(fpt_date_add_months(fpt_date_make(2016, 1, 31), 1),
                  "2016-02-29");
    assert_prints(fpt_date_add_months(fpt_date_make(2017, 3, 15), -3),
                  "2016-12-15");
    assert_prints(fpt_date_add_months(fpt_date_make(2017, 12, 1), 1),
                  "2018-01-01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_are_counted_from_1970),
        cmocka_unit_test(test_every_day_follows_the_one_before),
        cmocka_unit_test(test_styles_accept_only_their_own),
        cmocka_unit_test(test_style_names),
        cmocka_unit_test(test_open_ends_print_as_nothing),
        cmocka_unit_test(test_periods),
        cmocka_unit_test(test_periods_are_read_and_written),
        cmocka_unit_test(test_the_calendar_has_no_first_year),
        cmocka_unit_test(test_what_is_a_day),
        cmocka_unit_test(test_names_of_months),
        cmocka_unit_test(test_open_periods_print),
        cmocka_unit_test(test_a_column_of_financial_years),
        cmocka_unit_test(test_random_periods_come_back),
        cmocka_unit_test(test_months_are_added),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
