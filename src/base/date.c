/*
 * The civil calendar. Days are counted from 1970-01-01; years run from March
 * inside the conversions, so that the leap day is the last of its year.
 */
#include "fpt/date.h"

#include "fpt/number.h"

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int fpt_date_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    FPT_REQUIRE(month >= 1 && month <= 12);
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool fpt_date_is_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= fpt_date_days_in_month(year, month);
}

fpt_date fpt_date_make(int year, int month, int day)
{
    const int y = month > 2 ? year : year - 1;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int year_of_era = y - era * 400;
    const int month_from_march = month > 2 ? month - 3 : month + 9;
    const int day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    const int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (fpt_date){era * 146097 + day_of_era - 719468};
}

void fpt_date_split(fpt_date date, int *year, int *month, int *day)
{
    const int64_t days = (int64_t)date.days + 719468;
    const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const int day_of_era = (int)(days - era * 146097);
    const int year_of_era = (day_of_era - day_of_era / 1460 +
                             day_of_era / 36524 - day_of_era / 146096) /
                            365;
    const int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month =
        month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = (int)(era * 400) + year_of_era + (*month <= 2 ? 1 : 0);
}

fpt_date fpt_date_open(void)
{
    return (fpt_date){FPT_DATE_MAX_DAYS};
}

fpt_date fpt_date_start(void)
{
    return (fpt_date){FPT_DATE_MIN_DAYS};
}

fpt_date fpt_date_add_months(fpt_date date, int months)
{
    if (date.days == FPT_DATE_MAX_DAYS || date.days == FPT_DATE_MIN_DAYS)
        return date;
    int year, month, day;
    fpt_date_split(date, &year, &month, &day);
    const int index = year * 12 + (month - 1) + months;
    year = (index >= 0 ? index : index - 11) / 12;
    month = index - year * 12 + 1;
    const int last = fpt_date_days_in_month(year, month);
    return fpt_date_make(year, month, day < last ? day : last);
}

size_t fpt_date_print(fpt_date date, char buffer[FPT_DATE_BYTES])
{
    buffer[0] = '\0';
    if (date.days == FPT_DATE_MAX_DAYS || date.days == FPT_DATE_MIN_DAYS)
        return 0;
    int year, month, day;
    fpt_date_split(date, &year, &month, &day);
    if (year < 1 || year > 9999) return 0;
    const int part[] = {year / 100, year % 100, month, day};
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        if (i >= 2) buffer[at++] = '-';
        buffer[at++] = (char)('0' + part[i] / 10);
        buffer[at++] = (char)('0' + part[i] % 10);
    }
    buffer[at] = '\0';
    return at;
}

static const char *const month_name[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

int fpt_month_number(fpt_str name)
{
    for (int i = 0; i < 12; i++) {
        const fpt_str full = fpt_str_from(month_name[i]);
        if (fpt_str_equal_nocase(name, full) ||
            fpt_str_equal_nocase(name, fpt_str_slice(full, 0, 3)))
            return i + 1;
    }
    return fpt_str_equal_nocase(name, FPT_STR("Sept")) ? 9 : 0;
}

const char *fpt_month_name(int month)
{
    return month >= 1 && month <= 12 ? month_name[month - 1] : "";
}
