/*
 * CSV out. Most of the time of a filter goes into printing doubles, so the rows
 * of a batch are printed in a few blocks at once, each into its own memory, and
 * put together in their order.
 *
 * The first megabytes are held back: an input that turns out to be wrong on its
 * second line must not leave half an answer in somebody's file.
 */
#include "filter_i.h"

enum {
    HELD_BYTES = 1 << 22,
    ROWS_WORTH_SPLITTING = 512,
    SLICE_ROWS = 1 << 14, /* printed at a time */
    NUMBER_ROOM = FPT_NUMBER_BYTES + 1
};

/* ---- a buffer that a task prints into ---- */

static bool make_room(fpti_printer *p, size_t more)
{
    if (p->failed) return false;
    if (more <= p->capacity - p->len) return true;
    size_t larger = p->capacity == 0 ? 1 << 16 : 2 * p->capacity;
    while (larger - p->len < more)
        larger *= 2;
    char *data = fpt_arena_grow(&p->arena, p->data, p->capacity, larger, 1);
    if (data == NULL) {
        p->failed = true;
        return false;
    }
    p->data = data;
    p->capacity = larger;
    return true;
}

static void add(fpti_printer *p, const char *text, size_t len)
{
    if (!make_room(p, len)) return;
    if (len > 0) memcpy(p->data + p->len, text, len);
    p->len += len;
}

/* A cell as RFC 4180 has it. */
static void add_cell(fpti_printer *p, fpt_str text)
{
    bool quote = false;
    for (size_t i = 0; i < text.len && !quote; i++)
        quote = text.data[i] == ',' || text.data[i] == '"' ||
                text.data[i] == '\n' || text.data[i] == '\r';
    if (!quote) {
        add(p, text.data, text.len);
        return;
    }
    add(p, "\"", 1);
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"') add(p, "\"", 1);
        add(p, text.data + i, 1);
    }
    add(p, "\"", 1);
}

static void add_number(fpti_printer *p, double x)
{
    /* Nothing is written where there is no number, and no minus before 0. */
    if (!isfinite(x) || !make_room(p, NUMBER_ROOM)) return;
    p->len += fpt_print_double(x == 0.0 ? 0.0 : x, p->data + p->len);
}

static void add_result(fpti_printer *p, const fpti_result *r, size_t at)
{
    const char *word = NULL;
    switch (r->kind) {
    case FPTI_IS_NUMBER:
        add_number(p, r->as.number[at]);
        return;
    case FPTI_IS_FLAG:
        if (r->as.flag[at] >= 0) add(p, r->as.flag[at] > 0 ? "1" : "0", 1);
        return;
    case FPTI_IS_WORD:
        word = r->as.word[at];
        break;
    case FPTI_IS_SAME:
        word = r->as.same;
        break;
    }
    if (word != NULL) add(p, word, strlen(word));
}

/* ---- rows ---- */

struct rows {
    fpti_run *run;
    size_t first, count, each; /* of this slice */
};

static void print_key(const fpti_run *run, fpti_printer *p, size_t g)
{
    for (size_t i = 0; i < run->by_count; i++) {
        if (i > 0) add(p, ",", 1);
        add_cell(p, run->groups.group[g].key[i]);
    }
}

static fpt_status print_block(size_t block, void *context)
{
    const struct rows *rows = context;
    const fpti_run *run = rows->run;
    const fpti_batch *b = &run->batch;
    fpti_printer *p = &rows->run->printer[block];
    const size_t from = rows->first + block * rows->each;
    const size_t end = rows->first + rows->count;
    const size_t to = end - from < rows->each ? end : from + rows->each;
    const bool any_before = run->rows_out || run->by_count > 0;
    for (size_t i = from; i < to; i++) {
        size_t at = i;
        if (run->rows_out) {
            add(p, b->raw[i].data, b->raw[i].len);
            if (run->attach) at = b->group[i];
        } else {
            print_key(run, p, b->group_of != NULL ? b->group_of[i] : i);
        }
        for (size_t k = 0; k < run->result_count; k++) {
            if (k > 0 || any_before) add(p, ",", 1);
            add_result(p, &run->result[k], at);
        }
        add(p, "\n", 1);
    }
    return p->failed ? FPT_ERR_MEMORY : FPT_OK;
}

static void pass_on(fpti_sink *sink)
{
    fpt_output_add(sink->out, (fpt_str){sink->held, sink->len});
    sink->len = 0;
    sink->passing = true;
}

static fpt_status sink_add(fpti_sink *sink, fpt_str text, fpt_error *err)
{
    if (!sink->passing && sink->len + text.len > HELD_BYTES) pass_on(sink);
    if (sink->passing) {
        fpt_output_add(sink->out, text);
        return FPT_OK;
    }
    if (text.len > sink->capacity - sink->len) {
        size_t larger = sink->capacity == 0 ? 1 << 16 : 2 * sink->capacity;
        while (larger - sink->len < text.len)
            larger *= 2;
        char *held =
            fpt_arena_grow(&sink->arena, sink->held, sink->capacity, larger, 1);
        if (held == NULL) return fpti_no_memory(err);
        sink->held = held;
        sink->capacity = larger;
    }
    if (text.len > 0) memcpy(sink->held + sink->len, text.data, text.len);
    sink->len += text.len;
    return FPT_OK;
}

static fpt_status print_slice(struct rows *rows, fpt_error *err)
{
    fpti_run *run = rows->run;
    size_t blocks = rows->count < ROWS_WORTH_SPLITTING ? 1 : FPTI_PRINTERS;
    rows->each = (rows->count + blocks - 1) / blocks;
    blocks = (rows->count + rows->each - 1) / rows->each;
    for (size_t i = 0; i < blocks; i++)
        run->printer[i].len = 0;
    if (fpt_parallel(blocks, run->threads, print_block, rows) != FPT_OK)
        return fpti_no_memory(err);
    for (size_t i = 0; i < blocks; i++)
        FPT_TRY(sink_add(&run->sink,
                         (fpt_str){run->printer[i].data, run->printer[i].len},
                         err));
    return FPT_OK;
}

fpt_status fpti_print_batch(fpti_run *run, fpt_error *err)
{
    const size_t all = run->rows_out ? run->batch.rows : run->batch.results;
    struct rows rows = {.run = run};
    for (; rows.first < all; rows.first += rows.count) {
        rows.count =
            all - rows.first < SLICE_ROWS ? all - rows.first : SLICE_ROWS;
        FPT_TRY(print_slice(&rows, err));
    }
    return FPT_OK;
}

/* ---- header and records ---- */

fpt_status fpti_print_header(fpti_run *run, fpt_error *err)
{
    fpti_printer *p = &run->printer[0];
    p->len = 0;
    bool first = true;
    const size_t before = run->rows_out ? run->header_count : run->by_count;
    for (size_t i = 0; i < before; i++) {
        const size_t column = run->rows_out ? i : run->by_column[i];
        if (run->rows_out && run->dropped[column]) continue;
        if (!first) add(p, ",", 1);
        first = false;
        add_cell(p, run->header[column]);
    }
    for (size_t i = 0; i < run->result_count; i++) {
        if (!first) add(p, ",", 1);
        first = false;
        add_cell(p, run->result[i].name);
    }
    add(p, "\n", 1);
    if (p->failed) return fpti_no_memory(err);
    return sink_add(&run->sink, (fpt_str){p->data, p->len}, err);
}

/* Where no cell was quoted the record lies in one piece, commas and all. Of one
 * cell alone its place does not tell. */
static bool lies_in_one_piece(const fpt_csv *csv, fpt_str *out)
{
    if (csv->count == 1) return false;
    const fpt_str last = csv->field[csv->count - 1];
    const char *from = csv->field[0].data;
    size_t cells = csv->count - 1;
    for (size_t i = 0; i < csv->count; i++)
        cells += csv->field[i].len;
    if (last.data < from || (size_t)(last.data + last.len - from) != cells)
        return false;
    *out = (fpt_str){from, cells};
    return cells == 0 || (memchr(from, '"', cells) == NULL &&
                          memchr(from, '\r', cells) == NULL);
}

fpt_str fpti_raw_record(const fpti_run *run, const fpt_csv *csv,
                        fpt_arena *arena)
{
    fpt_str whole;
    if (!run->drops && lies_in_one_piece(csv, &whole)) {
        char *copy = fpt_arena_allocate_raw(arena, whole.len + 1, 1);
        if (copy == NULL) return (fpt_str){NULL, 0};
        memcpy(copy, whole.data, whole.len);
        return (fpt_str){copy, whole.len};
    }
    /* At worst every byte is a quotation mark. */
    size_t most = 0;
    for (size_t i = 0; i < csv->count; i++)
        most += 2 * csv->field[i].len + 3;
    fpti_printer p = {.data = fpt_arena_allocate_raw(arena, most, 1),
                      .capacity = most};
    if (p.data == NULL) return (fpt_str){NULL, 0};
    bool first = true;
    for (size_t i = 0; i < csv->count; i++) {
        if (run->dropped[i]) continue;
        if (!first) add(&p, ",", 1);
        first = false;
        add_cell(&p, csv->field[i]);
    }
    return (fpt_str){p.data, p.len};
}

/* ---- opening and closing ---- */

fpt_status fpti_print_open(fpti_run *run, fpt_output *out, fpt_error *err)
{
    run->sink = (fpti_sink){.out = out};
    if (fpt_arena_init_like(&run->sink.arena, run->arena) != FPT_OK)
        return fpti_no_memory(err);
    for (size_t i = 0; i < FPTI_PRINTERS; i++) {
        run->printer[i] = (fpti_printer){0};
        if (fpt_arena_init_like(&run->printer[i].arena, run->arena) != FPT_OK)
            return fpti_no_memory(err);
    }
    return FPT_OK;
}

fpt_status fpti_sink_end(fpti_run *run, fpt_error *err)
{
    (void)err;
    pass_on(&run->sink);
    return FPT_OK;
}

void fpti_print_close(fpti_run *run)
{
    fpt_arena_clear(&run->sink.arena);
    for (size_t i = 0; i < FPTI_PRINTERS; i++)
        fpt_arena_clear(&run->printer[i].arena);
}
