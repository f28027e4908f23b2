/*
 * Rows are gathered here until they are computed and written. Columns are
 * arrays, so that kernels can take them as they are; a table's rows are put in
 * the order of their groups first, unless they stand so already.
 */
#include "filter_i.h"

enum { FIRST_ROWS = 1 << 10 };

/* All arrays as they are for `capacity` rows. */
static bool grow_array(fpti_batch *batch, void **array, size_t larger,
                       size_t size)
{
    void *grown =
        fpt_arena_grow(&batch->arena, *array, batch->capacity, larger, size);
    if (grown == NULL) return false;
    *array = grown;
    return true;
}

static bool grow(fpti_run *run)
{
    fpti_batch *b = &run->batch;
    const size_t larger = b->capacity == 0 ? FIRST_ROWS : 2 * b->capacity;
    bool good = grow_array(b, (void **)&b->line, larger, sizeof *b->line) &&
                grow_array(b, (void **)&b->state, larger, sizeof *b->state) &&
                grow_array(b, (void **)&b->group, larger, sizeof *b->group);
    if (run->rows_out)
        good = good && grow_array(b, (void **)&b->raw, larger, sizeof *b->raw);
    for (size_t s = 0; s < run->slot_count && good; s++)
        good = grow_array(b, (void **)&b->number[s], larger, sizeof(double));
    for (size_t t = 0; t < run->text_count && good; t++)
        good = grow_array(b, (void **)&b->text[t], larger, sizeof(fpt_str));
    if (good) b->capacity = larger;
    return good;
}

fpt_status fpti_filter_keep(fpti_run *run, const fpt_csv *csv, uint32_t group,
                            fpt_error *err)
{
    fpti_batch *b = &run->batch;
    if (b->rows == b->capacity && !grow(run)) return fpti_no_memory(err);
    const size_t i = b->rows;
    b->line[i] = run->line;
    b->state[i] = run->row_state;
    b->group[i] = group;
    for (size_t s = 0; s < run->slot_count; s++)
        b->number[s][i] = run->cell[s];
    b->bytes += 32 + run->slot_count * sizeof(double);
    for (size_t t = 0; t < run->text_count; t++) {
        b->text[t][i] = fpt_str_keep(&b->arena, run->cell_text[t]);
        if (b->text[t][i].data == NULL) return fpti_no_memory(err);
        b->bytes += 16 + b->text[t][i].len;
    }
    if (run->rows_out) {
        b->raw[i] = fpti_raw_record(run, csv, &b->arena);
        if (b->raw[i].data == NULL) return fpti_no_memory(err);
        b->bytes += 16 + b->raw[i].len;
    }
    b->rows++;
    return FPT_OK;
}

/* ---- results ---- */

fpt_status fpti_results_make(fpti_run *run, size_t rows, fpt_error *err)
{
    fpt_arena *arena = &run->batch.arena;
    run->batch.results = rows;
    for (size_t i = 0; i < run->result_count; i++) {
        fpti_result *r = &run->result[i];
        bool good = true;
        switch (r->kind) {
        case FPTI_IS_NUMBER:
            r->as.number = fpt_arena_allocate_raw(arena, rows, sizeof(double));
            good = r->as.number != NULL;
            for (size_t k = 0; good && k < rows; k++)
                r->as.number[k] = (double)NAN;
            break;
        case FPTI_IS_FLAG:
            r->as.flag = fpt_arena_allocate_raw(arena, rows, 1);
            good = r->as.flag != NULL;
            if (good && rows > 0) memset(r->as.flag, -1, rows);
            break;
        case FPTI_IS_WORD:
            r->as.word = FPT_NEW(arena, const char *, rows);
            good = r->as.word != NULL;
            break;
        case FPTI_IS_SAME:
            break;
        }
        if (!good) return fpti_no_memory(err);
    }
    return FPT_OK;
}

void fpti_put_limits(fpti_run *run, int result, size_t at,
                     const fpt_limits *limits)
{
    for (size_t k = 0; k < run->level_count; k++) {
        fpti_put(run, result + 2 * (int)k, at, limits[k].lower);
        fpti_put(run, result + 2 * (int)k + 1, at, limits[k].upper);
    }
}

/* ---- tables ---- */

/* Counting sort by group, which keeps the order of rows within each. */
static fpt_status order_by_group(fpti_run *run, fpt_error *err)
{
    fpti_batch *b = &run->batch;
    const size_t groups = run->groups.count;
    b->start = FPT_NEW(&b->arena, size_t, groups + 1);
    if (b->start == NULL) return fpti_no_memory(err);
    b->identity = true;
    for (size_t i = 0; i < b->rows; i++) {
        b->start[b->group[i] + 1]++;
        if (i > 0 && b->group[i] < b->group[i - 1]) b->identity = false;
    }
    for (size_t g = 0; g < groups; g++)
        b->start[g + 1] += b->start[g];
    if (b->identity) return FPT_OK;
    b->row = fpt_arena_allocate_raw(&b->arena, b->rows, sizeof *b->row);
    size_t *next = fpt_arena_allocate_raw(&b->arena, groups, sizeof *next);
    if (b->row == NULL || next == NULL) return fpti_no_memory(err);
    for (size_t g = 0; g < groups; g++)
        next[g] = b->start[g];
    for (size_t i = 0; i < b->rows; i++)
        b->row[next[b->group[i]]++] = i;
    return FPT_OK;
}

const double *fpti_in_groups(fpti_run *run, int slot)
{
    fpti_batch *b = &run->batch;
    if (b->identity) return b->number[slot];
    double *gathered =
        fpt_arena_allocate_raw(&b->arena, b->rows, sizeof *gathered);
    if (gathered == NULL) return NULL;
    for (size_t i = 0; i < b->rows; i++)
        gathered[i] = b->number[slot][b->row[i]];
    return gathered;
}

/* ---- sums ---- */

/* Rows that were kept only to be written again are added up now. */
static fpt_status add_rows(fpti_run *run, fpt_error *err)
{
    const fpti_batch *b = &run->batch;
    for (size_t i = 0; i < b->rows; i++) {
        run->line = b->line[i];
        run->row_state = b->state[i];
        for (size_t s = 0; s < run->slot_count; s++)
            run->cell[s] = b->number[s][i];
        for (size_t t = 0; t < run->text_count; t++)
            run->cell_text[t] = b->text[t][i];
        FPT_TRY(run->work->add(run, run->groups.group[b->group[i]].sums, err));
    }
    return FPT_OK;
}

static fpt_status finish_sums(fpti_run *run, fpt_error *err)
{
    if (run->attach) FPT_TRY(add_rows(run, err));
    FPT_TRY(fpti_results_make(run, run->groups.count, err));
    for (size_t g = 0; g < run->groups.count; g++)
        FPT_TRY(run->work->finish(run, run->groups.group[g].sums, g, err));
    return FPT_OK;
}

static void empty(fpti_batch *b)
{
    const fpt_arena arena = b->arena;
    *b = (fpti_batch){.arena = arena};
    fpt_arena_reset(&b->arena);
}

fpt_status fpti_filter_flush(fpti_run *run, fpt_error *err)
{
    fpt_status status = FPT_OK;
    switch (run->shape) {
    case FPTI_ROWS:
        FPT_TRY_DONE(fpti_results_make(run, run->batch.rows, err));
        FPT_TRY_DONE(run->work->solve(run, err));
        break;
    case FPTI_SUMS:
        FPT_TRY_DONE(finish_sums(run, err));
        break;
    case FPTI_TABLE:
        if (run->groups.count == 0) break; /* a header alone */
        FPT_TRY_DONE(order_by_group(run, err));
        FPT_TRY_DONE(run->work->solve(run, err));
        break;
    }
    status = fpti_print_batch(run, err);
done:
    empty(&run->batch);
    return status;
}
