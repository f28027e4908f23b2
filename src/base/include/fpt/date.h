/**
 * @file date.h
 * @brief Civil dates, periods, and the many ways in which publishers write them.
 *
 * A date is a number of days from 1970-01-01. A period is half open:
 * [from, to). There is no clock here: today is an argument.
 */
#ifndef FPT_DATE_H
#define FPT_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpt_date {
    int32_t days; /**< from 1970-01-01 */
} fpt_date;

/** The beginning and the end of all time: "no known start", "still open". */
#define FPT_DATE_MIN_DAYS INT32_MIN
#define FPT_DATE_MAX_DAYS INT32_MAX

typedef struct fpt_period {
    fpt_date from, to; /**< [from, to) */
} fpt_period;

/** Day of the Gregorian calendar. FPT_REQUIREs nothing: see fpt_date_is_valid. */
fpt_date fpt_date_make(int year, int month, int day);
bool fpt_date_is_valid(int year, int month, int day);
void fpt_date_split(fpt_date date, int *year, int *month, int *day);
fpt_date fpt_date_open(void);  /**< later than every date */
fpt_date fpt_date_start(void); /**< earlier than every date */
static inline int fpt_date_compare(fpt_date a, fpt_date b)
{
    return (a.days > b.days) - (a.days < b.days);
}
/** The same day of another month, or its last; an open end stays open. */
fpt_date fpt_date_add_months(fpt_date date, int months);
int fpt_date_days_in_month(int year, int month);

/** Which styles of writing a date a column may hold; one style per column, so
 *  that 03/04/2017 is never guessed. */
typedef enum fpt_date_style {
    FPT_DATE_ISO,          /**< 2017-04-03 */
    FPT_DATE_COMPACT,      /**< 20170403 */
    FPT_DATE_DMY,          /**< 03/04/2017 */
    FPT_DATE_DMY_NAME,     /**< 3 April 2017, 03-Apr-17, 01Jan2022 */
    FPT_DATE_EXCEL_SERIAL, /**< 42828: days from 1899-12-30 */
    FPT_DATE_STYLE_COUNT
} fpt_date_style;

/** The name of a style in a pack ("iso", "compact", ...), or false. */
bool fpt_date_style_find(fpt_str name, fpt_date_style *out);

/** The whole of `text` as a date in one style. */
bool fpt_date_parse(fpt_str text, fpt_date_style style, fpt_date *out);

enum { FPT_DATE_BYTES = 32 };

/** ISO 8601; an open end prints as nothing, as does what lies outside the years
 *  1 to 9999. Returns the length. */
size_t fpt_date_print(fpt_date date, char buffer[FPT_DATE_BYTES]);

/* ---- periods ---- */

fpt_period
fpt_fy(int start_year); /**< [1 April, 1 April): fpt_fy(2017) is 2017/18 */
fpt_period fpt_month(int year, int month);
fpt_period fpt_quarter(int fy_start_year,
                       int quarter); /**< 1 is April to June */
fpt_period fpt_calendar_year(int year);
/** ISO week, Monday to Sunday; week 1 holds the year's first Thursday. */
fpt_period fpt_iso_week(int year, int week);
int fpt_iso_weeks_in_year(int year);

static inline bool fpt_period_contains(fpt_period period, fpt_date date)
{
    return period.from.days <= date.days && date.days < period.to.days;
}
static inline bool fpt_period_equal(fpt_period a, fpt_period b)
{
    return a.from.days == b.from.days && a.to.days == b.to.days;
}

typedef enum fpt_grain {
    FPT_GRAIN_DAY,
    FPT_GRAIN_WEEK,
    FPT_GRAIN_MONTH,
    FPT_GRAIN_QUARTER,
    FPT_GRAIN_FY,
    FPT_GRAIN_YEAR,
    FPT_GRAIN_OTHER
} fpt_grain;

/** What kind of period it is; OTHER when it is no whole one of a kind. */
fpt_grain fpt_period_grain(fpt_period period);

/** The period of this grain that holds the date, which must lie in the years 1
 *  to 9999; OTHER is not allowed. */
fpt_period fpt_period_of(fpt_date date, fpt_grain grain);

/**
 * A period as people write it: 2016/17, 2017-03, 2017, 2016/17 Q3, Q3 2016/17,
 * 2017-W05, 2017-03-31 (one day), 2016-04..2019-03 (from the start of the first to the end
 * of the last), March 2017, Mar-17, MAR2017; pooled years with blanks round the
 * hyphen: 2013 - 15, 2013 - 2015, 2013/14 - 15/16. 2016-17 is a financial year, but
 * 2011-12 is December 2011: a hyphen before 01 to 12 is ISO 8601's month. All of
 * it must lie in the years 1000 to 9999.
 */
bool fpt_period_parse(fpt_str text, fpt_period *out);

/** A financial year and nothing else, where a column is known to hold one:
 *  2016/17, 2016/2017, and also 2011-12. The second year must follow. */
bool fpt_fy_parse(fpt_str text, fpt_period *out);

/** The shortest of the forms above that reads back as the same period. An open
 *  end prints as nothing, "2017-04-01..", and is not read back. */
size_t fpt_period_print(fpt_period period, char buffer[FPT_DATE_BYTES]);

/** Number of an English month name or its first three letters, any case; 0. */
int fpt_month_number(fpt_str name);

/** "March", for pages; "" outside 1 to 12. */
const char *fpt_month_name(int month);

#ifdef __cplusplus
}
#endif
#endif /* FPT_DATE_H */
