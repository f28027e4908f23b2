/*
 * Dates and periods: what is read prints and reads back as the same; every
 * period on the calendar prints as one that reads back; none overflows.
 */
#include "fuzz.h"

#include "fpt/date.h"

static void check_date_text(fpt_str text)
{
    for (int style = 0; style < FPT_DATE_STYLE_COUNT; style++) {
        fpt_date date = {42}, back;
        if (!fpt_date_parse(text, (fpt_date_style)style, &date)) {
            FPT_REQUIRE(date.days == 42);
            continue;
        }
        int year, month, day;
        fpt_date_split(date, &year, &month, &day);
        FPT_REQUIRE(fpt_date_is_valid(year, month, day));
        FPT_REQUIRE(fpt_date_make(year, month, day).days == date.days);
        char buffer[FPT_DATE_BYTES];
        const size_t len = fpt_date_print(date, buffer);
        FPT_REQUIRE(len == 10 && buffer[len] == '\0');
        FPT_REQUIRE(
            fpt_date_parse((fpt_str){buffer, len}, FPT_DATE_ISO, &back) &&
            back.days == date.days);
    }
}

static void check_reads_back(fpt_period period)
{
    char buffer[FPT_DATE_BYTES];
    fpt_period back;
    const size_t len = fpt_period_print(period, buffer);
    FPT_REQUIRE(len < sizeof buffer && strlen(buffer) == len);
    FPT_REQUIRE(fpt_period_parse((fpt_str){buffer, len}, &back));
    FPT_REQUIRE(fpt_period_equal(back, period));
}

static void check_period_text(fpt_str text)
{
    fpt_period period = {{42}, {43}};
    if (fpt_period_parse(text, &period)) {
        FPT_REQUIRE(period.from.days < period.to.days);
        check_reads_back(period);
    } else {
        FPT_REQUIRE(period.from.days == 42 && period.to.days == 43);
    }
    if (fpt_fy_parse(text, &period))
        FPT_REQUIRE(fpt_period_grain(period) == FPT_GRAIN_FY);
}

static void check_period(int32_t from, int32_t to)
{
    const fpt_period period = {{from}, {to}};
    char buffer[FPT_DATE_BYTES];
    const size_t len = fpt_period_print(period, buffer);
    FPT_REQUIRE(len < sizeof buffer && strlen(buffer) == len);
    const int32_t first = fpt_date_make(1000, 1, 1).days;
    const int32_t end = fpt_date_make(10000, 1, 1).days;
    if (first <= from && from < to && to <= end) check_reads_back(period);
    if (from < first || from >= end) return;
    for (int grain = 0; grain < FPT_GRAIN_OTHER; grain++) {
        const fpt_period whole =
            fpt_period_of((fpt_date){from}, (fpt_grain)grain);
        FPT_REQUIRE(fpt_period_contains(whole, (fpt_date){from}));
        FPT_REQUIRE(fpt_period_grain(whole) == (fpt_grain)grain);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int32_t days[2];
    if (size >= sizeof days) {
        memcpy(days, data, sizeof days);
        check_period(days[0], days[1]);
        /* Most of 32 bits is no date: also one that is. */
        check_period(days[0] % 2000000, days[0] % 2000000 + days[1] % 2000);
    }
    check_date_text(fuzz_text(data, size));
    check_period_text(fuzz_text(data, size));
    return 0;
}
