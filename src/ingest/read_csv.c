/*
 * One file, record by record. A record either gives all its facts or, if any
 * cell that they need is bad, is set aside whole with the reason.
 */
#include <stdio.h>

#include "read_i.h"

enum { RECORD_SHOWN = 1000 };

/* ---- cells of the record at hand ---- */

static fpt_str raw_cell(const struct reader *r, int column)
{
    const int at = r->binding->first[column];
    if (at < 0 || (size_t)at >= r->csv.count) return (fpt_str){"", 0};
    return r->csv.field[at];
}

/* The quarter that ends with a month of a financial year. */
static void make_quarter(struct reader *r, const fpti_column *column,
                         fpti_cell *out, fpti_fault *fault)
{
    const fpti_cell *year = reader_cell(r, column->year, fault);
    const fpt_str name = fpt_str_trim(raw_cell(r, column->month));
    const int month = fpt_month_number(name);
    *out = (fpti_cell){.text = name};
    fpt_period fy;
    if (year->status == FPTI_CELL_BAD || month == 0 || month % 3 != 0 ||
        !fpt_fy_parse(year->text, &fy)) {
        out->status = FPTI_CELL_BAD;
        fault->reason = "bad-period";
        snprintf(fault->text, sizeof fault->text,
                 "found \"%.*s\" of \"%.*s\", expected the last month of a "
                 "quarter and a financial year",
                 FPT_STR_ARG(name), FPT_STR_ARG(year->text));
        return;
    }
    int start, m, d;
    fpt_date_split(fy.from, &start, &m, &d);
    out->period = fpt_quarter(start, ((month + 8) % 12) / 3 + 1);
}

const fpti_cell *reader_cell(struct reader *r, int column, fpti_fault *fault)
{
    fpti_cell *cell = &r->cell[column];
    /* A bad one is read again, so that whoever asks hears what is wrong. */
    if (r->cell_of[column] == r->record && cell->status != FPTI_CELL_BAD)
        return cell;
    r->cell_of[column] = r->record;
    const fpti_column *about = &r->source->column[column];
    if (about->type == FPTI_QUARTER)
        make_quarter(r, about, cell, fault);
    else
        fpti_cell_read(about, raw_cell(r, column), cell, fault);
    if (cell->status == FPTI_CELL_BAD) r->fault_column = column;
    return cell;
}

/* ---- conditions ---- */

static bool holds(struct reader *r, const fpti_condition *condition)
{
    const fpt_str text = fpt_str_trim(raw_cell(r, condition->column));
    if (condition->not_empty) return text.len > 0;
    if (condition->is.count > 0) return fpti_texts_hold(&condition->is, text);
    if (condition->matches.count > 0)
        return fpti_texts_match(&condition->matches, text);
    fpti_fault ignored;
    const fpti_cell *cell = reader_cell(r, condition->column, &ignored);
    if (cell->status != FPTI_CELL_OK) return false;
    if (condition->has_since && cell->date.days < condition->since.days)
        return false;
    return !condition->has_before || cell->date.days < condition->before.days;
}

static bool any_holds(struct reader *r, size_t count,
                      const fpti_condition *conditions)
{
    for (size_t i = 0; i < count; i++)
        if (holds(r, &conditions[i])) return true;
    return false;
}

static bool all_hold(struct reader *r, const fpti_fact *fact)
{
    for (size_t i = 0; i < fact->conditions; i++)
        if (!holds(r, &fact->when[i])) return false;
    return true;
}

/* ---- rejecting ---- */

static fpt_status reject(struct reader *r, size_t field, const char *reason,
                         const char *text, fpt_error *err)
{
    fpt_strbuf record = fpt_strbuf_make(&r->scratch);
    for (size_t i = 0; i < r->csv.count && record.len < RECORD_SHOWN; i++) {
        if (i > 0) fpt_strbuf_add_char(&record, ',');
        fpt_strbuf_add(&record, r->csv.field[i]);
    }
    if (record.failed)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    fpt_str shown = fpt_strbuf_view(&record);
    if (shown.len > RECORD_SHOWN) {
        shown.len = RECORD_SHOWN;
        while (shown.len > 0 &&
               ((unsigned char)shown.data[shown.len] & 0xC0) == 0x80)
            shown.len--;
    }
    const int64_t number[] = {r->load->number, r->csv.line, (int64_t)field};
    const fpt_str words[] = {fpt_str_from(reason), fpt_str_from(text), shown};
    const fpt_status status = fpti_batch_row(r->load->session, FPTI_T_REJECT, 3,
                                             number, 3, words, err);
    fpt_arena_reset(&r->scratch);
    r->load->result->rows_rejected++;
    if (r->load->result->rows_rejected == 1)
        snprintf(r->first_reject, sizeof r->first_reject,
                 "line %lld, field %zu: %s", (long long)r->csv.line, field,
                 text);
    return status;
}

static bool is_blank(const fpt_csv *csv)
{
    for (size_t i = 0; i < csv->count; i++)
        if (fpt_str_trim(csv->field[i]).len > 0) return false;
    return true;
}

/* ---- a record ---- */

/* A number without a period is of no use, and less than nothing is no share. */
static bool is_of_use(struct reader *r, const fpti_fact *fact, int column,
                      const fpti_cell *cell, fpti_fault *fault)
{
    const bool no_period =
        column == fact->period && cell->status != FPTI_CELL_OK;
    const bool no_share = column == fact->share &&
                          cell->status == FPTI_CELL_OK && cell->whole < 0;
    if (!no_period && !no_share) return true;
    r->fault_column = column;
    fault->reason = no_period ? "missing" : "bad-share";
    snprintf(fault->text, sizeof fault->text, "found \"%.*s\", expected %s",
             FPT_STR_ARG(fpt_str_slice(cell->text, 0, 60)),
             no_period ? "a period" : "a share from 0 to 1");
    return false;
}

/* Read every cell that the fact needs; false when one is bad. */
static bool read_cells(struct reader *r, const struct prepared *p,
                       fpti_fault *fault)
{
    for (size_t i = 0; i < p->needs; i++) {
        const fpti_cell *cell = reader_cell(r, p->need[i], fault);
        if (cell->status == FPTI_CELL_BAD ||
            !is_of_use(r, p->fact, p->need[i], cell, fault))
            return false;
    }
    if (p->many == 0) return true;
    const fpti_column *about = &r->source->column[p->fact->value];
    const int *field = r->binding->fields[p->fact->value];
    if (r->many_of[p->fact->value] == r->record) return true;
    r->many_of[p->fact->value] = r->record;
    for (size_t i = 0; i < p->many; i++) {
        fpti_cell_read(about, r->csv.field[field[i]],
                       &r->many[p->fact->value][i], fault);
        if (r->many[p->fact->value][i].status != FPTI_CELL_BAD) continue;
        r->fault_column = -1;
        r->fault_field = (size_t)field[i] + 1;
        return false;
    }
    return true;
}

static fpt_status take_record(struct reader *r, fpt_error *err)
{
    fpt_load_result *result = r->load->result;
    fpti_fault fault = {0};
    size_t active = 0;
    for (size_t f = 0; f < r->facts; f++) {
        struct prepared *p = &r->fact[f];
        p->active = p->usable && all_hold(r, p->fact);
        if (!p->active) continue;
        active++;
        if (read_cells(r, p, &fault)) continue;
        const size_t field =
            r->fault_column >= 0
                ? (size_t)(r->binding->first[r->fault_column] + 1)
                : r->fault_field;
        return reject(r, field, fault.reason, fault.text, err);
    }
    const int64_t before = result->facts;
    for (size_t f = 0; f < r->facts && active > 0; f++)
        if (r->fact[f].active) FPT_TRY(reader_emit(r, &r->fact[f], err));
    if (result->facts > before)
        result->rows_taken++;
    else
        result->rows_skipped++;
    FPT_TRY(reader_check_record(r, err));
    return reader_note_dates(r);
}

static fpt_status one_record(struct reader *r, fpt_error *err)
{
    fpt_load_result *result = r->load->result;
    r->record++;
    result->rows_read++;
    if (r->csv.fault != NULL)
        return reject(r, r->csv.fault_field + 1, "bad-quoting", r->csv.fault,
                      err);
    if (is_blank(&r->csv)) {
        result->rows_skipped++;
        return FPT_OK;
    }
    if (r->csv.count != r->binding->width) {
        char text[120];
        snprintf(text, sizeof text, "found %zu fields, expected %zu",
                 r->csv.count, r->binding->width);
        return reject(r, 0, "wrong-width", text, err);
    }
    if (any_holds(r, r->source->skips, r->source->skip)) {
        result->rows_skipped++;
        return FPT_OK;
    }
    if (any_holds(r, r->source->totals, r->source->total)) {
        result->rows_skipped++;
        return reader_total_row(r, err);
    }
    return take_record(r, err);
}

static fpt_status read_records(struct reader *r, fpt_error *err)
{
    size_t header = r->binding->header_records;
    while (fpt_csv_next(&r->csv)) {
        if (header > 0) {
            header--;
            continue;
        }
        FPT_TRY(one_record(r, err));
    }
    fpt_error why = {0};
    const fpt_status status = fpt_csv_status(&r->csv, &why);
    if (status != FPT_OK && err != NULL) *err = why;
    FPT_TRY(status);
    if (r->load->result->rows_taken == 0)
        return fpt_fail(err, FPT_ERR_INPUT,
                        "%s: none of its %lld records could be used%s%s",
                        r->load->path, (long long)r->load->result->rows_read,
                        r->first_reject[0] != '\0' ? "; the first: " : "",
                        r->first_reject);
    FPT_TRY(reader_write_coverage(r, err));
    return reader_finish_checks(r, err);
}

fpt_status fpti_read_csv(fpti_load *load, const char *file,
                         fpti_binding *binding, fpt_error *err)
{
    fpt_arena arena, scratch;
    FPT_TRY(fpt_arena_init(&arena, NULL));
    fpt_status status = fpt_arena_init(&scratch, NULL);
    fpt_input *input = NULL;
    struct reader r = {.load = load,
                       .source = load->source,
                       .binding = binding,
                       .arena = &arena};
    if (status == FPT_OK) {
        r.scratch = scratch;
        /* The first chunk is taken now, so that a reset has one to go to. */
        if (FPT_NEW(&r.scratch, char, 1) == NULL) status = FPT_ERR_MEMORY;
    }
    if (status == FPT_OK) status = fpt_input_open(&arena, file, &input, err);
    if (status == FPT_OK)
        status = fpt_csv_open(&arena, input, &load->source->csv, &r.csv, err);
    if (status == FPT_OK) status = reader_prepare(&r, &arena, err);
    if (status == FPT_OK) status = read_records(&r, err);
    fpt_input_close(input);
    fpt_arena_clear(&r.scratch);
    fpt_arena_clear(&arena);
    return status;
}
