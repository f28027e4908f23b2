/*
 * Cells to numbers. Zero, missing and suppressed are three different things: an
 * empty cell or NA is missing, * and c are suppressed, and what is neither
 * number nor one of these is a fault of the file.
 */
#include <inttypes.h>
#include <stdio.h>

#include "filter_i.h"

fpt_status fpti_no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory is left");
}

/* "standard input: line 3, column x: ", then the text. */
static fpt_status fail_at(const fpti_run *run, int64_t line, const char *column,
                          fpt_error *err, const char *format, va_list args)
    FPT_PRINTF(5, 0);

static fpt_status fail_at(const fpti_run *run, int64_t line, const char *column,
                          fpt_error *err, const char *format, va_list args)
{
    char text[FPT_ERROR_TEXT_BYTES];
    const int wrote = vsnprintf(text, sizeof text, format, args);
    if (wrote < 0) text[0] = '\0';
    return fpt_fail(err, FPT_ERR_INPUT, "%s: line %" PRId64 "%s%s: %s",
                    run->input_name, line, column != NULL ? ", column " : "",
                    column != NULL ? column : "", text);
}

fpt_status fpti_fail_cell(const fpti_run *run, int64_t line, const char *column,
                          fpt_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const fpt_status status = fail_at(run, line, column, err, format, args);
    va_end(args);
    return status;
}

fpt_status fpti_invalid(fpti_run *run, int64_t line, const char *column,
                        fpt_error *err, const char *format, ...)
{
    if (run->keep_going) {
        run->found_wrong = true;
        return FPT_OK;
    }
    va_list args;
    va_start(args, format);
    const fpt_status status = fail_at(run, line, column, err, format, args);
    va_end(args);
    return status;
}

fpt_status fpti_note(fpti_run *run, fpt_severity severity, const char *code,
                     const char *format, ...)
{
    if (run->quiet || run->notes == NULL) return FPT_OK;
    char text[FPT_ERROR_TEXT_BYTES];
    va_list args;
    va_start(args, format);
    const int wrote = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (wrote < 0) text[0] = '\0';
    return fpt_report_add(run->notes, severity, code,
                          fpt_str_from(run->input_name), 0, 0, "%s", text);
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/*
 * Up to eight digits at once. They are put side by side in a word, the last one
 * in the highest byte and zeros before the first; then neighbours are added up
 * as tens and ones, hundreds, ten thousands.
 */
static inline bool short_number(fpt_str text, double *out)
{
    uint64_t word = 0;
    if (text.len - 1 > 7) return false; /* also when it is empty */
    const size_t spare = 8 * (8 - text.len);
    if (text.len >= 4) {
        uint32_t first, last;
        memcpy(&first, text.data, 4);
        memcpy(&last, text.data + text.len - 4, 4);
        word = (uint64_t)last << 32 |
               (((uint64_t)first << spare) & UINT64_C(0xFFFFFFFF));
    } else {
        /* First, middle and last, of which some are the same. */
        const size_t middle = text.len / 2, end = text.len - 1;
        const unsigned char *c = (const unsigned char *)text.data;
        word = (uint64_t)c[0] << spare |
               (uint64_t)c[middle] << (56 - 8 * (end - middle)) |
               (uint64_t)c[end] << 56;
    }
    const uint64_t zeros = UINT64_C(0x3030303030303030);
    if (spare > 0) word |= zeros & ((UINT64_C(1) << spare) - 1);
    /* Every byte is 0x30 .. 0x39: its high half is 3, also with 6 more. */
    const uint64_t high = UINT64_C(0xF0F0F0F0F0F0F0F0);
    if (((word & high) ^ zeros) != 0 ||
        (((word + UINT64_C(0x0606060606060606)) & high) ^ zeros) != 0)
        return false;
    word -= zeros;
    word = (word * 10 + (word >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
    word = (word * 100 + (word >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
    word = (word * 10000 + (word >> 32)) & UINT64_C(0xFFFFFFFF);
    *out = (double)word;
    return true;
}
#else
static inline bool short_number(fpt_str text, double *out)
{
    (void)text;
    (void)out;
    return false;
}
#endif

/* Up to 15 digits with or without a point: most of what there is. The digits
 * and the power of ten are exact, so the one rounding is the right one. */
static bool decimal_number(fpt_str text, double *out)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3, 1e4,  1e5,
                                   1e6,  1e7,  1e8,  1e9, 1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15};
    if (text.len > 16) return false;
    uint64_t digits = 0;
    size_t point = text.len, count = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned digit = (unsigned)(text.data[i] - '0');
        if (digit <= 9) {
            digits = digits * 10 + digit;
            count++;
        } else if (text.data[i] == '.' && point == text.len) {
            point = i;
        } else {
            return false;
        }
    }
    if (count == 0 || count > 15) return false;
    const size_t decimals = point == text.len ? 0 : text.len - point - 1;
    *out = (double)digits / power[decimals];
    return true;
}

static inline bool plain_number(fpt_str text, double *out)
{
    return short_number(text, out) || decimal_number(text, out);
}

fpt_state fpti_cell_number(fpt_str text, double *out)
{
    if (plain_number(text, out)) return FPT_STATE_OK;
    *out = (double)NAN;
    text = fpt_str_trim(text);
    if (text.len == 0 || fpt_str_equal(text, FPT_STR("NA")))
        return FPT_STATE_MISSING;
    if (fpt_str_equal(text, FPT_STR("*")) || fpt_str_equal(text, FPT_STR("c")))
        return FPT_STATE_SUPPRESSED;
    double value;
    if (!fpt_parse_double(text, &value)) return FPT_STATE_INVALID;
    *out = value;
    return FPT_STATE_OK;
}

/* Why a number cannot stand in its column, or NULL. */
static const char *number_fault(fpti_rule rule, double x)
{
    if (rule == FPTI_COUNT && x < 0.0) return "is negative";
    if (rule == FPTI_COUNT && x > FPT_MOST_COUNT)
        return "is above 2^53, where doubles no longer hold whole numbers";
    if (fabs(x) > 1e100) return "is too large";
    return NULL;
}

static fpt_status bad_cell(fpti_run *run, const fpti_slot *slot, fpt_str text,
                           fpt_error *err)
{
    return fpti_invalid(run, run->line, slot->name, err,
                        "\"" FPT_STR_FMT
                        "\" is no number; expected one such as 1234.5, or an "
                        "empty cell for a missing one, * for a suppressed one",
                        FPT_STR_ARG(fpt_str_slice(text, 0, 40)));
}

static fpt_status read_slot(fpti_run *run, size_t s, const fpt_csv *csv,
                            fpt_error *err)
{
    const fpti_slot *slot = &run->slot[s];
    const fpt_str text = csv->field[slot->column];
    fpt_state state = fpti_cell_number(text, &run->cell[s]);
    if (state == FPT_STATE_OK) {
        const char *fault = number_fault(slot->rule, run->cell[s]);
        if (fault == NULL) return FPT_OK;
        FPT_TRY(fpti_invalid(run, run->line, slot->name, err,
                             FPT_STR_FMT " %s; correct it, or keep the row as "
                                         "INVALID with --keep-going",
                             FPT_STR_ARG(text), fault));
        state = FPT_STATE_INVALID;
    } else if (state == FPT_STATE_INVALID) {
        FPT_TRY(bad_cell(run, slot, text, err));
    } else if (state == FPT_STATE_MISSING && (int)s == run->zero_slot) {
        run->cell[s] = 0.0;
        run->cell[run->assumed_slot] = 1.0;
        return FPT_OK;
    } else if (state == FPT_STATE_MISSING && slot->optional) {
        return FPT_OK;
    }
    run->cell[s] = (double)NAN;
    run->row_state = fpt_state_worst(run->row_state, state);
    return FPT_OK;
}

/* No number of the row may be used: kernels must not see them either. */
static void spoil(fpti_run *run, fpt_state state)
{
    run->row_state = fpt_state_worst(run->row_state, state);
    for (size_t s = 0; s < run->slot_count; s++)
        if ((int)s != run->assumed_slot) run->cell[s] = (double)NAN;
}

fpt_status fpti_row_read(fpti_run *run, const fpt_csv *csv, fpt_error *err)
{
    run->line = csv->line;
    run->row_state = FPT_STATE_OK;
    if (run->assumed_slot != FPTI_NONE) run->cell[run->assumed_slot] = 0.0;
    for (size_t s = 0; s < run->slot_count; s++) {
        if ((int)s == run->assumed_slot) continue;
        /* What is plain is good under every rule. */
        if (!plain_number(csv->field[run->slot[s].column], &run->cell[s]))
            FPT_TRY(read_slot(run, s, csv, err));
    }
    for (size_t t = 0; t < run->text_count; t++)
        run->cell_text[t] = fpt_str_trim(csv->field[run->text[t].column]);
    if (run->status_column != SIZE_MAX) {
        const fpt_str word = fpt_str_trim(csv->field[run->status_column]);
        if (fpt_str_equal(word, FPT_STR("c")) ||
            fpt_str_equal(word, FPT_STR("SUPPRESSED")))
            spoil(run, FPT_STATE_SUPPRESSED);
    }
    if (run->work->fault == NULL) return FPT_OK;
    int slot = FPTI_NONE;
    const char *fault = run->work->fault(run, &slot);
    if (fault == NULL) return FPT_OK;
    spoil(run, FPT_STATE_INVALID);
    return fpti_invalid(run, run->line,
                        slot == FPTI_NONE ? NULL : run->slot[slot].name, err,
                        "%s; correct it, or keep the row as INVALID with "
                        "--keep-going",
                        fault);
}
