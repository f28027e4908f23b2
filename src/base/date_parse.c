/*
 * Dates from text, one declared style at a time. A style accepts nothing but
 * itself: what 03/04/2017 means is for the pack of the source to say.
 */
#include "fpt/date.h"
#include "fpt/number.h"

static const char *const style_name[FPT_DATE_STYLE_COUNT] = {
    "iso", "compact", "dmy", "dmy-name", "excel-serial"};

bool fpt_date_style_find(fpt_str name, fpt_date_style *out)
{
    for (int i = 0; i < FPT_DATE_STYLE_COUNT; i++) {
        if (!fpt_str_equal(name, fpt_str_from(style_name[i]))) continue;
        *out = (fpt_date_style)i;
        return true;
    }
    return false;
}

/* `len` characters of the text, as a number if all are digits. */
static bool digits(fpt_str text, size_t first, size_t len, int *out)
{
    FPT_ASSERT(first + len <= text.len);
    int value = 0;
    for (size_t i = first; i < first + len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *out = value;
    return true;
}

static bool accept(int year, int month, int day, fpt_date *out)
{
    if (!fpt_date_is_valid(year, month, day)) return false;
    *out = fpt_date_make(year, month, day);
    return true;
}

/* Two digits of a year: 00 to 68 are of this century, as POSIX has it. */
static int full_year(int year, size_t len)
{
    return len == 2 ? year + (year < 69 ? 2000 : 1900) : year;
}

static bool parse_iso(fpt_str text, fpt_date *out)
{
    int y, m, d;
    if (text.len != 10 || text.data[4] != '-' || text.data[7] != '-')
        return false;
    return digits(text, 0, 4, &y) && digits(text, 5, 2, &m) &&
           digits(text, 8, 2, &d) && accept(y, m, d, out);
}

static bool parse_compact(fpt_str text, fpt_date *out)
{
    int y, m, d;
    return text.len == 8 && digits(text, 0, 4, &y) && digits(text, 4, 2, &m) &&
           digits(text, 6, 2, &d) && accept(y, m, d, out);
}

static bool parse_dmy(fpt_str text, fpt_date *out)
{
    fpt_str rest = text;
    const fpt_str day = fpt_str_cut(&rest, '/');
    if (rest.data == NULL) return false;
    const fpt_str month = fpt_str_cut(&rest, '/');
    if (rest.data == NULL) return false;
    int y, m, d;
    return day.len >= 1 && day.len <= 2 && month.len >= 1 && month.len <= 2 &&
           (rest.len == 2 || rest.len == 4) && digits(day, 0, day.len, &d) &&
           digits(month, 0, month.len, &m) && digits(rest, 0, rest.len, &y) &&
           accept(full_year(y, rest.len), m, d, out);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_gap(char c)
{
    return c == ' ' || c == '-';
}

/* Day, month name, year, with blanks, hyphens or nothing between. */
static bool parse_dmy_name(fpt_str text, fpt_date *out)
{
    size_t i = 0, start = 0;
    while (i < text.len && is_digit(text.data[i]))
        i++;
    int d, y;
    if (i < 1 || i > 2) return false;
    if (FPT_NEVER(!digits(text, 0, i, &d))) return false;
    /* "27th February 2020" */
    static const char *const ordinal[] = {"st", "nd", "rd", "th"};
    for (int o = 0; o < 4; o++) {
        if (!fpt_str_equal(fpt_str_slice(text, i, 2), fpt_str_from(ordinal[o])))
            continue;
        i += 2;
        break;
    }
    while (i < text.len && is_gap(text.data[i]))
        i++;
    start = i;
    while (i < text.len && !is_gap(text.data[i]) && !is_digit(text.data[i]))
        i++;
    const int m = fpt_month_number(fpt_str_slice(text, start, i - start));
    while (i < text.len && is_gap(text.data[i]))
        i++;
    const size_t left = text.len - i;
    return m != 0 && (left == 2 || left == 4) && digits(text, i, left, &y) &&
           accept(full_year(y, left), m, d, out);
}

/* Excel counts from 1900-01-01 as day 1 and believes in 29 February 1900, so
 * from March 1900 on its day n is n days after 1899-12-30. */
static bool parse_excel(fpt_str text, fpt_date *out)
{
    int64_t serial;
    if (!fpt_parse_int64(text, &serial)) return false;
    if (serial < 61 || serial > 109574) return false; /* to 2199-12-31 */
    *out = (fpt_date){fpt_date_make(1899, 12, 30).days + (int32_t)serial};
    return true;
}

bool fpt_date_parse(fpt_str text, fpt_date_style style, fpt_date *out)
{
    switch (style) {
    case FPT_DATE_ISO:
        return parse_iso(text, out);
    case FPT_DATE_COMPACT:
        return parse_compact(text, out);
    case FPT_DATE_DMY:
        return parse_dmy(text, out);
    case FPT_DATE_DMY_NAME:
        return parse_dmy_name(text, out);
    case FPT_DATE_EXCEL_SERIAL:
        return parse_excel(text, out);
    case FPT_DATE_STYLE_COUNT:
        break;
    }
    return false;
}
