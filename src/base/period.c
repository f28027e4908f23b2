/*
 * Periods: made, named, read and written.
 */
#include "fpt/date.h"
#include "fpt/number.h"

fpt_period fpt_fy(int start_year)
{
    return (fpt_period){fpt_date_make(start_year, 4, 1),
                        fpt_date_make(start_year + 1, 4, 1)};
}

fpt_period fpt_month(int year, int month)
{
    const fpt_date from = fpt_date_make(year, month, 1);
    return (fpt_period){from, fpt_date_add_months(from, 1)};
}

fpt_period fpt_quarter(int fy_start_year, int quarter)
{
    const fpt_date start = fpt_date_make(fy_start_year, 4, 1);
    return (fpt_period){fpt_date_add_months(start, 3 * (quarter - 1)),
                        fpt_date_add_months(start, 3 * quarter)};
}

fpt_period fpt_calendar_year(int year)
{
    return (fpt_period){fpt_date_make(year, 1, 1),
                        fpt_date_make(year + 1, 1, 1)};
}

/* Monday of the week that holds the date. 1970-01-01 was a Thursday. */
static int32_t monday_of(int32_t days)
{
    const int32_t since_monday = ((days % 7) + 7 + 3) % 7;
    return days - since_monday;
}

/* The Monday of week 1 is that of the week with 4 January. */
static int32_t first_monday(int year)
{
    return monday_of(fpt_date_make(year, 1, 4).days);
}

fpt_period fpt_iso_week(int year, int week)
{
    const int32_t from = first_monday(year) + 7 * (week - 1);
    return (fpt_period){{from}, {from + 7}};
}

int fpt_iso_weeks_in_year(int year)
{
    return (first_monday(year + 1) - first_monday(year)) / 7;
}

static void iso_week_of(fpt_date date, int *year, int *week)
{
    int month, day;
    fpt_date thursday = {monday_of(date.days) + 3};
    fpt_date_split(thursday, year, &month, &day);
    *week = (monday_of(date.days) - first_monday(*year)) / 7 + 1;
}

/* Open ends and their like have no month or year. */
static bool is_on_calendar(fpt_date date)
{
    return date.days >= fpt_date_make(1, 1, 1).days &&
           date.days < fpt_date_make(10000, 1, 1).days;
}

fpt_grain fpt_period_grain(fpt_period period)
{
    if (!is_on_calendar(period.from)) return FPT_GRAIN_OTHER;
    for (int grain = FPT_GRAIN_DAY; grain < FPT_GRAIN_OTHER; grain++) {
        const fpt_period whole = fpt_period_of(period.from, (fpt_grain)grain);
        if (fpt_period_equal(whole, period)) return (fpt_grain)grain;
    }
    return FPT_GRAIN_OTHER;
}

fpt_period fpt_period_of(fpt_date date, fpt_grain grain)
{
    FPT_REQUIRE(grain < FPT_GRAIN_OTHER && is_on_calendar(date));
    int year, month, day;
    fpt_date_split(date, &year, &month, &day);
    const int fy = month >= 4 ? year : year - 1;
    switch (grain) {
    case FPT_GRAIN_DAY:
        return (fpt_period){date, {date.days + 1}};
    case FPT_GRAIN_WEEK:
        return (fpt_period){{monday_of(date.days)}, {monday_of(date.days) + 7}};
    case FPT_GRAIN_MONTH:
        return fpt_month(year, month);
    case FPT_GRAIN_QUARTER:
        return fpt_quarter(fy, ((month + 8) % 12) / 3 + 1);
    case FPT_GRAIN_FY:
        return fpt_fy(fy);
    default: /* FPT_GRAIN_YEAR: the rest is refused above */
        return fpt_calendar_year(year);
    }
}

/* ---- reading ---- */

static bool number_of(fpt_str text, int *out)
{
    int64_t value;
    if (text.len < 1 || text.len > 4 || text.data[0] == '-' ||
        text.data[0] == '+' || !fpt_parse_int64(text, &value))
        return false;
    *out = (int)value;
    return true;
}

/* "2016/17", "2016-17" or "2016/2017": the second year must follow. */
static bool parse_fy(fpt_str text, int *year)
{
    if (text.len != 7 && text.len != 9) return false;
    if (text.data[4] != '/' && text.data[4] != '-') return false;
    int second;
    if (!number_of(fpt_str_slice(text, 0, 4), year) ||
        !number_of(fpt_str_slice(text, 5, 4), &second))
        return false;
    return second == (text.len == 7 ? (*year + 1) % 100 : *year + 1);
}

bool fpt_fy_parse(fpt_str text, fpt_period *out)
{
    int year;
    if (!parse_fy(text, &year) || year < 1000 || year > 9998) return false;
    *out = fpt_fy(year);
    return true;
}

/* "March 2017", "Mar-17", "MAR2017", "2017 March" is not one. */
static bool parse_month_name(fpt_str text, fpt_period *out)
{
    size_t i = 0;
    while (i < text.len && !(text.data[i] >= '0' && text.data[i] <= '9') &&
           text.data[i] != ' ' && text.data[i] != '-')
        i++;
    const int month = fpt_month_number(fpt_str_slice(text, 0, i));
    while (i < text.len && (text.data[i] == ' ' || text.data[i] == '-'))
        i++;
    int year;
    const fpt_str rest = fpt_str_slice(text, i, text.len);
    if (month == 0 || !number_of(rest, &year)) return false;
    if (rest.len == 2) year += year < 69 ? 2000 : 1900;
    if (rest.len != 2 && rest.len != 4) return false;
    *out = fpt_month(year, month);
    return true;
}

static bool parse_one(fpt_str text, fpt_period *out)
{
    int year, part;
    fpt_date day;
    if (text.len == 4 && number_of(text, &year) && year >= 1000) {
        *out = fpt_calendar_year(year);
        return true;
    }
    if (text.len == 10 &&
        fpt_str_equal_nocase(fpt_str_slice(text, 7, 2), FPT_STR(" Q")) &&
        parse_fy(fpt_str_slice(text, 0, 7), &year) &&
        number_of(fpt_str_slice(text, 9, 1), &part) && part >= 1 && part <= 4) {
        *out = fpt_quarter(year, part);
        return true;
    }
    /* As publishers write it. */
    if (text.len == 10 && (text.data[0] == 'Q' || text.data[0] == 'q') &&
        text.data[2] == ' ' && number_of(fpt_str_slice(text, 1, 1), &part) &&
        part >= 1 && part <= 4 && parse_fy(fpt_str_slice(text, 3, 7), &year)) {
        *out = fpt_quarter(year, part);
        return true;
    }
    if (text.len == 7 && text.data[4] == '-' &&
        number_of(fpt_str_slice(text, 0, 4), &year) && year >= 1000 &&
        number_of(fpt_str_slice(text, 5, 2), &part) && part >= 1 &&
        part <= 12) {
        *out = fpt_month(year, part);
        return true;
    }
    if (parse_fy(text, &year)) {
        *out = fpt_fy(year);
        return true;
    }
    if (text.len == 8 && text.data[4] == '-' &&
        (text.data[5] == 'W' || text.data[5] == 'w') &&
        number_of(fpt_str_slice(text, 0, 4), &year) && year >= 1000 &&
        number_of(fpt_str_slice(text, 6, 2), &part) && part >= 1 &&
        part <= fpt_iso_weeks_in_year(year)) {
        *out = fpt_iso_week(year, part);
        return true;
    }
    if (fpt_date_parse(text, FPT_DATE_ISO, &day)) {
        *out = (fpt_period){day, {day.days + 1}};
        return true;
    }
    return parse_month_name(text, out);
}

/* Within the years that can be written with four digits, so that what is read
 * can be written: the week 9999-W52 ends in the year 10000. */
static bool parse_bounded(fpt_str text, fpt_period *out)
{
    fpt_period period;
    if (!parse_one(text, &period) ||
        period.from.days < fpt_date_make(1000, 1, 1).days ||
        period.to.days > fpt_date_make(10000, 1, 1).days)
        return false;
    *out = period;
    return true;
}

/* "2013 - 15", "2013 - 2015", "2013/14 - 15/16": years pooled, as public health
 * writes them. The second may leave its century out. */
static bool parse_pooled(fpt_str text, fpt_period *out)
{
    size_t at = 0;
    while (at + 3 <= text.len &&
           !fpt_str_equal(fpt_str_slice(text, at, 3), FPT_STR(" - ")))
        at++;
    if (at != 4 && at != 7) return false;
    fpt_str second = fpt_str_slice(text, at + 3, text.len);
    char whole[8];
    if (second.len + 2 == at) {
        memcpy(whole, text.data, 2);
        memcpy(whole + 2, second.data, second.len);
        second = (fpt_str){whole, at};
    }
    fpt_period first, last;
    if (second.len != at ||
        !parse_bounded(fpt_str_slice(text, 0, at), &first) ||
        !parse_bounded(second, &last) || first.from.days >= last.from.days)
        return false;
    const fpt_grain grain = fpt_period_grain(first);
    if (grain != fpt_period_grain(last) ||
        (grain != FPT_GRAIN_FY && grain != FPT_GRAIN_YEAR))
        return false;
    *out = (fpt_period){first.from, last.to};
    return true;
}

bool fpt_period_parse(fpt_str text, fpt_period *out)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.data[i] != '.' || text.data[i + 1] != '.') continue;
        fpt_period first, last;
        if (!parse_bounded(fpt_str_slice(text, 0, i), &first) ||
            !parse_bounded(fpt_str_slice(text, i + 2, text.len), &last) ||
            first.from.days >= last.to.days)
            return false;
        *out = (fpt_period){first.from, last.to};
        return true;
    }
    return parse_bounded(text, out) || parse_pooled(text, out);
}

/* ---- writing ---- */

static size_t two(int value, char *out)
{
    out[0] = (char)('0' + value / 10 % 10);
    out[1] = (char)('0' + value % 10);
    return 2;
}

static size_t four(int value, char *out)
{
    two(value / 100, out);
    two(value, out + 2);
    return 4;
}

static size_t print_whole(fpt_period period, fpt_grain grain, char *out)
{
    int year, month, day;
    fpt_date_split(period.from, &year, &month, &day);
    size_t at;
    switch (grain) {
    case FPT_GRAIN_WEEK: {
        int week;
        iso_week_of(period.from, &year, &week);
        at = four(year, out);
        out[at++] = '-';
        out[at++] = 'W';
        return at + two(week, out + at);
    }
    case FPT_GRAIN_MONTH:
        at = four(year, out);
        out[at++] = '-';
        return at + two(month, out + at);
    case FPT_GRAIN_YEAR:
        return four(year, out);
    case FPT_GRAIN_QUARTER:
    case FPT_GRAIN_FY: {
        const int fy = month >= 4 ? year : year - 1;
        at = four(fy, out);
        out[at++] = '/';
        at += two(fy + 1, out + at);
        if (grain == FPT_GRAIN_FY) return at;
        out[at++] = ' ';
        out[at++] = 'Q';
        out[at++] = (char)('1' + ((month + 8) % 12) / 3);
        return at;
    }
    default:
        return fpt_date_print(period.from, out);
    }
}

/* From a month to a month if it can be, else from day to day. */
static size_t print_from_to(fpt_period period, char *out)
{
    const bool open = period.to.days == FPT_DATE_MAX_DAYS ||
                      period.to.days == FPT_DATE_MIN_DAYS;
    const fpt_date last = {period.to.days - (open ? 0 : 1)};
    fpt_period first_month = {0}, last_month = {0};
    bool months = is_on_calendar(period.from) && is_on_calendar(last);
    if (months) {
        first_month = fpt_period_of(period.from, FPT_GRAIN_MONTH);
        last_month = fpt_period_of(last, FPT_GRAIN_MONTH);
        months = first_month.from.days == period.from.days &&
                 last_month.to.days == period.to.days;
    }
    size_t at = months ? print_whole(first_month, FPT_GRAIN_MONTH, out)
                       : fpt_date_print(period.from, out);
    out[at++] = '.';
    out[at++] = '.';
    return at + (months ? print_whole(last_month, FPT_GRAIN_MONTH, out + at)
                        : fpt_date_print(last, out + at));
}

size_t fpt_period_print(fpt_period period, char buffer[FPT_DATE_BYTES])
{
    const fpt_grain grain = fpt_period_grain(period);
    const size_t len = grain != FPT_GRAIN_OTHER
                           ? print_whole(period, grain, buffer)
                           : print_from_to(period, buffer);
    buffer[len] = '\0';
    return len;
}
