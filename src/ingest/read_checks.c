/*
 * Do the numbers add up? Sums of what was taken against what a file prints, in
 * whole numbers, with the tolerance that the pack states.
 */
#include <stdio.h>

#include "read_i.h"

void reader_add_sum(struct reader *r, int column, int64_t value)
{
    r->summed[column] = true;
    if (__builtin_add_overflow(r->sum[column], value, &r->sum[column]))
        r->overflow = true;
}

/* A row of totals: keep what it prints for each column that is summed. */
fpt_status reader_total_row(struct reader *r, fpt_error *err)
{
    (void)err;
    for (size_t f = 0; f < r->facts; f++) {
        const struct prepared *p = &r->fact[f];
        if (!p->usable || p->fact->kind != FPTI_FACT_DATUM || p->many > 0)
            continue;
        fpti_fault ignored;
        const fpti_cell *cell = reader_cell(r, p->fact->value, &ignored);
        if (cell->status != FPTI_CELL_OK) continue;
        r->printed[p->fact->value] = cell->whole;
        r->has_printed[p->fact->value] = true;
    }
    return FPT_OK;
}

/* How far two numbers are apart, as far as a number can tell. */
static int64_t apart_by(int64_t a, int64_t b)
{
    int64_t apart;
    if (__builtin_sub_overflow(a, b, &apart) || apart == INT64_MIN)
        return INT64_MAX;
    return apart < 0 ? -apart : apart;
}

/* False when it is more than a number can hold. */
static bool sum_of_many(const struct reader *r, int column, int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < r->binding->many[column]; i++)
        if (r->many[column][i].status == FPTI_CELL_OK &&
            __builtin_add_overflow(*sum, r->many[column][i].whole, sum))
            return false;
    return true;
}

fpt_status reader_check_record(struct reader *r, fpt_error *err)
{
    (void)err;
    for (size_t t = 0; t < r->tallies; t++) {
        struct tally *tally = &r->tally[t];
        const fpti_check *check = tally->check;
        if (check->kind != FPTI_CHECK_CELLS_SUM) continue;
        if (r->many_of[check->column] != r->record ||
            r->binding->first[check->to] < 0)
            continue;
        fpti_fault ignored;
        const fpti_cell *whole = reader_cell(r, check->to, &ignored);
        if (whole->status != FPTI_CELL_OK) continue;
        int64_t sum;
        tally->checked++;
        if (!sum_of_many(r, check->column, &sum) ||
            apart_by(sum, whole->whole) > check->tolerance) {
            if (tally->failed == 0) tally->first_line = r->csv.line;
            tally->failed++;
        }
    }
    return FPT_OK;
}

fpt_status reader_note_dates(struct reader *r)
{
    for (size_t i = 0; i < r->source->latest.count; i++) {
        const int column = r->source->latest_column[i];
        if (r->binding->first[column] < 0) continue;
        fpti_fault ignored;
        const fpti_cell *cell = reader_cell(r, column, &ignored);
        if (cell->status != FPTI_CELL_OK || cell->date.days <= r->latest.days)
            continue;
        r->latest = cell->date;
        r->latest_line = r->csv.line;
    }
    return FPT_OK;
}

/* Of another month than it is said to be: it knows of later days. */
static fpt_status check_latest(const struct reader *r, fpt_error *err)
{
    if (r->latest_line == 0 || r->load->vintage_day.days == FPT_DATE_MAX_DAYS)
        return FPT_OK;
    if (r->latest.days <
        r->load->vintage_period.to.days + r->source->grace_days)
        return FPT_OK;
    char date[FPT_DATE_BYTES];
    fpt_date_print(r->latest, date);
    return fpt_fail(err, FPT_ERR_INPUT,
                    "%s:%lld: knows of %s, so it cannot be of " FPT_STR_FMT
                    "; is it of a later month?",
                    r->load->path, (long long)r->latest_line, date,
                    FPT_STR_ARG(r->load->vintage));
}

static fpt_status total_rows(struct reader *r, const fpti_check *check,
                             fpt_error *err)
{
    for (size_t c = 0; c < r->source->columns; c++) {
        if (!r->has_printed[c] || !r->summed[c]) continue;
        char id[96], text[200], sum[FPT_NUMBER_BYTES],
            printed[FPT_NUMBER_BYTES];
        snprintf(id, sizeof id, FPT_STR_FMT "/" FPT_STR_FMT,
                 FPT_STR_ARG(check->id), FPT_STR_ARG(r->source->column[c].id));
        fpt_print_grouped(r->sum[c], sum);
        fpt_print_grouped(r->printed[c], printed);
        snprintf(text, sizeof text,
                 "its rows sum to %s, its total row prints %s", sum, printed);
        FPT_TRY(fpti_quality(r->load, id, apart_by(r->sum[c], r->printed[c]),
                             r->printed[c], check->tolerance,
                             fpt_str_from(text), err));
    }
    return FPT_OK;
}

static fpt_status finish_one(struct reader *r, struct tally *tally,
                             fpt_error *err)
{
    const fpti_check *check = tally->check;
    const fpt_load_result *result = r->load->result;
    char id[96], text[240], a[FPT_NUMBER_BYTES], b[FPT_NUMBER_BYTES];
    snprintf(id, sizeof id, FPT_STR_FMT, FPT_STR_ARG(check->id));
    /* What is known of the published file says nothing of a made-up one. */
    if (r->load->synthetic &&
        (check->kind == FPTI_CHECK_ROWS || check->kind == FPTI_CHECK_SUM))
        return fpti_quality_not_asked(
            r->load, id,
            FPT_STR("made-up data are not held against the published file"),
            err);
    switch (check->kind) {
    case FPTI_CHECK_TOTAL_ROW:
        return total_rows(r, check, err);
    case FPTI_CHECK_ROWS:
        fpt_print_grouped(result->rows_taken, a);
        fpt_print_grouped(check->expected, b);
        snprintf(text, sizeof text,
                 "%s records were taken, %s are known to be "
                 "in it",
                 a, b);
        return fpti_quality(
            r->load, id, apart_by(result->rows_taken, check->expected),
            check->expected, check->tolerance, fpt_str_from(text), err);
    case FPTI_CHECK_SUM:
        fpt_print_grouped(r->sum[check->column], a);
        fpt_print_grouped(check->expected, b);
        snprintf(text, sizeof text,
                 "the sum of %.*s is %s, the published one "
                 "%s",
                 FPT_STR_ARG(r->source->column[check->column].id), a, b);
        return fpti_quality(
            r->load, id, apart_by(r->sum[check->column], check->expected),
            check->expected, check->tolerance, fpt_str_from(text), err);
    case FPTI_CHECK_CELLS_SUM:
        snprintf(text, sizeof text,
                 "the parts do not sum to the whole in %lld of %lld records",
                 (long long)tally->failed, (long long)tally->checked);
        if (tally->failed > 0)
            FPT_TRY(fpti_finding(r->load, FPT_WARNING, "cells-sum",
                                 tally->first_line,
                                 "the first record whose parts do not sum to "
                                 "its whole (%s)",
                                 id));
        return fpti_quality(r->load, id, tally->failed, tally->checked, 0,
                            fpt_str_from(text), err);
    }
    return FPT_OK;
}

fpt_status reader_finish_checks(struct reader *r, fpt_error *err)
{
    FPT_TRY(check_latest(r, err));
    if (r->overflow)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: the sum of a column does not fit in 64 bits: its "
                        "numbers cannot be right",
                        r->load->path);
    for (size_t t = 0; t < r->tallies; t++)
        FPT_TRY(finish_one(r, &r->tally[t], err));
    return FPT_OK;
}
