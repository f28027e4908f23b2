/*
 * One cell: from what stands in the file to a value, a status, or a fault that
 * says what was found and what was expected.
 */
#include <stdio.h>

#include "ingest_i.h"

static void bad(fpti_cell *cell, fpti_fault *fault, const char *reason,
                fpt_str found, const char *expected)
{
    cell->status = FPTI_CELL_BAD;
    fault->reason = reason;
    int shown = found.len > 60 ? 60 : (int)found.len;
    while (shown > 0 && (size_t)shown < found.len &&
           ((unsigned char)found.data[shown] & 0xC0) == 0x80)
        shown--; /* between characters */
    snprintf(fault->text, sizeof fault->text, "found \"%.*s%s\", expected %s",
             shown, found.data, found.len > 60 ? "..." : "", expected);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Without separators of thousands: one to three digits before the first, three
 * behind each, none behind the point. */
static bool without_commas(fpt_str text, char *out, size_t size, fpt_str *plain)
{
    size_t len = 0, digits = 0, commas = 0;
    bool point = false;
    if (fpt_str_find(text, ',', 0) == SIZE_MAX) {
        *plain = text;
        return true;
    }
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.data[i];
        if (c == ',') {
            if (point || digits == 0 || digits > 3) return false;
            if (commas++ > 0 && digits != 3) return false;
            digits = 0;
            continue;
        }
        if (c == '.') {
            if (commas > 0 && digits != 3) return false;
            point = true;
        } else if (is_digit(c)) {
            digits += !point;
        }
        if (len == size) return false;
        out[len++] = c;
    }
    if (!point && digits != 3) return false;
    *plain = (fpt_str){out, len};
    return true;
}

static void read_decimal(const fpti_column *column, fpt_str text, int decimals,
                         fpti_cell *cell, fpti_fault *fault,
                         const char *expected)
{
    char buffer[64];
    fpt_str plain;
    if (!without_commas(text, buffer, sizeof buffer, &plain)) {
        bad(cell, fault, "bad-number", text, expected);
        return;
    }
    if (fpt_parse_decimal(plain, decimals, &cell->whole)) return;
    /* The decimal that is written is rounded; one with an exponent, or with more
     * digits than are exact, as the nearest double. */
    if (column->round &&
        fpt_parse_decimal_rounded(plain, decimals, &cell->whole))
        return;
    double value;
    if (column->round && fpt_parse_double(plain, &value)) {
        double scale = 1.0;
        for (int i = 0; i < decimals; i++)
            scale *= 10.0;
        if (fpt_round_half_away(value * scale, &cell->whole) == FPT_OK) return;
    }
    bad(cell, fault, "bad-number", text, expected);
}

static void read_period(const fpti_column *column, fpt_str text,
                        fpti_cell *cell, fpti_fault *fault)
{
    fpt_str rest = text;
    if (column->prefix.len > 0) {
        if (!fpt_str_starts(rest, column->prefix)) {
            bad(cell, fault, "bad-period", text,
                "a period behind the prefix that the pack names");
            return;
        }
        rest = fpt_str_slice(rest, column->prefix.len, rest.len);
    }
    if (column->grain != FPT_GRAIN_OTHER) {
        fpt_date date;
        if (fpt_date_parse(rest, column->style, &date))
            cell->period = fpt_period_of(date, column->grain);
        else
            bad(cell, fault, "bad-date", text,
                "a date in the style that the pack names");
    } else if (column->is_fy) {
        if (!fpt_fy_parse(rest, &cell->period))
            bad(cell, fault, "bad-period", text,
                "a financial year such as 2016-17");
    } else if (!fpt_period_parse(rest, &cell->period)) {
        bad(cell, fault, "bad-period", text,
            "a period such as 2017-03, 2016/17 or March 2017");
    }
}

static bool look_up(const fpti_lookup *lookup, fpt_str key, fpt_str *out)
{
    size_t low = 0, high = lookup->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = fpt_str_compare(lookup->key[middle], key);
        if (order == 0) {
            *out = lookup->value[middle];
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static void read_value(const fpti_column *column, fpti_cell *cell,
                       fpti_fault *fault)
{
    const fpt_str text = cell->text;
    fpt_str found;
    switch (column->type) {
    case FPTI_CODE:
        if (column->patterns.count > 0 &&
            !fpti_texts_match(&column->patterns, text))
            bad(cell, fault, "bad-code", text,
                "a code of the form that the pack names");
        break;
    case FPTI_TEXT:
    case FPTI_QUARTER:
        break;
    case FPTI_NAME:
        if (look_up(&column->lookup, text, &found))
            cell->text = found;
        else
            bad(cell, fault, "unknown-name", text,
                "a name in the pack's table of names; add it there, with its "
                "source");
        break;
    case FPTI_CHOICE:
        if (!look_up(&column->lookup, text, &found) ||
            !fpt_parse_int64(found, &cell->whole))
            bad(cell, fault, "unknown-word", text,
                "one of the words that the pack lists");
        break;
    case FPTI_INT:
        read_decimal(column, text, 0, cell, fault, "a whole number");
        break;
    case FPTI_DECIMAL:
        read_decimal(column, text, column->decimals, cell, fault,
                     "a number with no more decimals than the pack says");
        break;
    case FPTI_PERCENT: {
        /* 94.9% is the fraction 0.949: two more decimals than are printed */
        const bool sign = fpt_str_ends(text, FPT_STR("%"));
        read_decimal(
            column,
            sign ? fpt_str_trim(fpt_str_slice(text, 0, text.len - 1)) : text,
            column->decimals - 2, cell, fault, "a percentage such as 94.9%");
        break;
    }
    case FPTI_MONEY: {
        fpt_money money;
        if (fpt_money_parse(text, column->round, &money) == FPT_OK)
            cell->whole = money.pence;
        else
            bad(cell, fault, "bad-money", text, "pounds such as 1,234.50");
        break;
    }
    case FPTI_DATE:
        if (!fpt_date_parse(text, column->style, &cell->date))
            bad(cell, fault, "bad-date", text,
                "a date in the style that the pack names");
        break;
    case FPTI_PERIOD:
        read_period(column, text, cell, fault);
        break;
    }
}

void fpti_cell_read(const fpti_column *column, fpt_str raw, fpti_cell *out,
                    fpti_fault *fault)
{
    fpti_cell cell = {.text = fpt_str_trim(raw)};
    if (cell.text.len == 0 || fpti_texts_hold(&column->missing, cell.text)) {
        cell.status = FPTI_CELL_MISSING;
        if (column->needed)
            bad(&cell, fault, "missing", cell.text, "a value");
        else if (column->when_missing == FPTI_MISSING_ZERO)
            cell.status = FPTI_CELL_OK;
    } else if (column->suppressed.count > 0 &&
               fpti_texts_hold(&column->suppressed, cell.text)) {
        cell.status = FPTI_CELL_SUPPRESSED;
    } else if (column->zero.count > 0 &&
               fpti_texts_hold(&column->zero, cell.text)) {
        cell.whole = 0;
    } else {
        read_value(column, &cell, fault);
    }
    *out = cell;
}
