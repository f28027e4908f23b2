/*
 * The order of a series. Periods come as numbers or as people write them; a
 * series is one or the other, so that 2017 beside 2018-03 is read as a year, and
 * 1, 2, 3 as numbers.
 */
#include <math.h>

#include "filter_i.h"

static bool all_numbers(size_t count, const fpt_str *text, fpti_period *out)
{
    for (size_t i = 0; i < count; i++) {
        double x = (double)NAN;
        if (text[i].len > 0 &&
            (!fpt_parse_double(text[i], &x) || fabs(x) > 1e15))
            return false;
        out[i] = (fpti_period){x, x, x};
    }
    return true;
}

fpti_periods fpti_periods_read(size_t count, const fpt_str *text,
                               fpti_period *out, size_t *bad)
{
    if (all_numbers(count, text, out)) return FPTI_ARE_NUMBERS;
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        const double none = (double)NAN;
        double number;
        out[i] = (fpti_period){none, none, none};
        if (text[i].len == 0) continue;
        fpt_period period;
        if (!fpt_period_parse(text[i], &period)) {
            /* What is neither explains more than a number among periods. */
            if (!found) *bad = i;
            found = true;
            if (fpt_parse_double(text[i], &number)) continue;
            *bad = i;
            return FPTI_ARE_NEITHER;
        }
        out[i] =
            (fpti_period){(double)period.from.days, (double)period.from.days,
                          (double)period.to.days};
    }
    return FPTI_ARE_PERIODS;
}

bool fpti_period_same(const fpti_period *a, const fpti_period *b)
{
    return a->from == b->from && a->to == b->to;
}

bool fpti_periods_overlap(const fpti_period *a, const fpti_period *b)
{
    /* Numbers have no length: only the same one overlaps. */
    if (fpti_period_same(a, b)) return true;
    return a->from < b->to && b->from < a->to;
}

/* Months since year 0, and the day; days only. */
static double month_of(double day, int *day_of_month)
{
    int year, month;
    fpt_date_split((fpt_date){(int32_t)day}, &year, &month, day_of_month);
    return 12.0 * year + month;
}

/* Are all points single days, always on the same day of the month? */
static bool are_monthly_days(size_t count, const fpti_period *period)
{
    int first = 0;
    for (size_t i = 0; i < count; i++) {
        int day;
        if (period[i].to - period[i].from != 1.0) return false;
        month_of(period[i].from, &day);
        if (i == 0) first = day;
        if (day != first) return false;
    }
    return count > 1;
}

/* How far apart two neighbours stand. */
static double step(fpti_periods kind, bool monthly, const fpti_period *a,
                   const fpti_period *b)
{
    int day;
    if (kind == FPTI_ARE_NUMBERS) return b->key - a->key;
    if (monthly) return month_of(b->from, &day) - month_of(a->from, &day);
    const bool days = a->to - a->from == 1.0 && b->to - b->from == 1.0;
    return days ? b->from - a->from : b->from - a->to;
}

size_t fpti_period_gaps(fpti_periods kind, size_t count,
                        const fpti_period *period, size_t *first)
{
    const bool monthly =
        kind == FPTI_ARE_PERIODS && are_monthly_days(count, period);
    double least = (double)INFINITY;
    for (size_t i = 1; i < count; i++)
        least = fmin(least, step(kind, monthly, &period[i - 1], &period[i]));
    size_t gaps = 0;
    for (size_t i = 1; i < count; i++) {
        if (!(step(kind, monthly, &period[i - 1], &period[i]) > least))
            continue;
        if (gaps++ == 0) *first = i;
    }
    return gaps;
}
