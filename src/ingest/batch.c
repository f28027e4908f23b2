/*
 * Rows gathered for each table until there are enough to hand over by columns.
 *
 * A row is given as its whole numbers and its texts, each in the order in which
 * the table has them; which column is which is read off the schema, so that a
 * table can change without a line here.
 */
#include "ingest_i.h"

enum { BATCH_ROWS = 4096, MOST_COLUMNS = 24 };

struct fpti_table_batch {
    const fpt_table *table;
    fpt_appender *appender;
    size_t rows;
    int64_t *whole[MOST_COLUMNS];
    fpt_str *text[MOST_COLUMNS];
    uint8_t *valid[MOST_COLUMNS];
    bool any_missing[MOST_COLUMNS];
};

struct fpti_batch {
    fpt_arena texts; /* of the rows that are gathered */
    struct fpti_table_batch of[FPTI_T_COUNT];
};

static const char *const table_name[FPTI_T_COUNT] = {
    "datum",      "name",         "alias",    "relation", "role",
    "succession", "point",        "boundary", "reject",   "finding",
    "quality",    "unknown_code", "coverage"};

fpt_status fpti_batch_open(fpti_session *session, fpt_error *err)
{
    session->batch = FPT_NEW(&session->arena, fpti_batch, 1);
    if (session->batch == NULL)
        return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
    for (size_t t = 0; t < FPTI_T_COUNT; t++) {
        session->batch->of[t].table = fpt_table_find(table_name[t]);
        FPT_REQUIRE(session->batch->of[t].table != NULL);
    }
    return fpt_arena_init(&session->batch->texts, NULL);
}

void fpti_batch_close(fpti_session *session)
{
    if (session->batch == NULL) return;
    for (size_t t = 0; t < FPTI_T_COUNT; t++) {
        /* After a failure the rest is thrown away with the transaction. */
        fpt_error ignored;
        if (session->batch->of[t].appender != NULL &&
            fpt_append_close(session->batch->of[t].appender, &ignored) !=
                FPT_OK)
            continue;
    }
    fpt_arena_clear(&session->batch->texts);
    session->batch = NULL;
}

/* Room and an appender, when the table is first used. */
static fpt_status begin(fpti_session *session, struct fpti_table_batch *b,
                        fpt_error *err)
{
    fpt_arena *arena = &session->arena;
    FPT_REQUIRE(b->table->columns <= MOST_COLUMNS);
    for (size_t c = 0; c < b->table->columns; c++) {
        const fpt_type type = b->table->column[c].type;
        if (type == FPT_TYPE_TEXT || type == FPT_TYPE_BLOB) {
            b->text[c] = FPT_NEW(arena, fpt_str, BATCH_ROWS);
            if (b->text[c] == NULL) return FPT_ERR_MEMORY;
        } else {
            b->whole[c] = FPT_NEW(arena, int64_t, BATCH_ROWS);
            b->valid[c] = FPT_NEW(arena, uint8_t, BATCH_ROWS / 8);
            if (b->whole[c] == NULL || b->valid[c] == NULL)
                return FPT_ERR_MEMORY;
            memset(b->valid[c], 0xFF, BATCH_ROWS / 8);
        }
    }
    return fpt_append_open(session->workspace->warehouse, arena, b->table->name,
                           &b->appender, err);
}

static fpt_status hand_over(struct fpti_table_batch *b, fpt_error *err)
{
    if (b->rows == 0) return FPT_OK;
    fpt_column column[MOST_COLUMNS];
    for (size_t c = 0; c < b->table->columns; c++)
        column[c] =
            (fpt_column){.type = b->table->column[c].type,
                         .whole = b->whole[c],
                         .text = b->text[c],
                         .valid = b->any_missing[c] ? b->valid[c] : NULL};
    FPT_TRY(
        fpt_append_rows(b->appender, b->rows, b->table->columns, column, err));
    b->rows = 0;
    for (size_t c = 0; c < b->table->columns; c++) {
        if (!b->any_missing[c]) continue;
        memset(b->valid[c], 0xFF, BATCH_ROWS / 8);
        b->any_missing[c] = false;
    }
    return FPT_OK;
}

/* All tables at once: their texts live in one arena. */
static fpt_status hand_over_all(fpti_batch *batch, fpt_error *err)
{
    for (size_t t = 0; t < FPTI_T_COUNT; t++)
        FPT_TRY(hand_over(&batch->of[t], err));
    if (batch->texts.chunk != NULL) fpt_arena_reset(&batch->texts);
    return FPT_OK;
}

fpt_status fpti_batch_flush(fpti_session *session, fpt_error *err)
{
    fpti_batch *batch = session->batch;
    FPT_TRY(hand_over_all(batch, err));
    for (size_t t = 0; t < FPTI_T_COUNT; t++) {
        fpt_appender *appender = batch->of[t].appender;
        batch->of[t].appender = NULL;
        if (appender != NULL) FPT_TRY(fpt_append_close(appender, err));
    }
    return FPT_OK;
}

fpt_status fpti_batch_row(fpti_session *session, fpti_table table,
                          size_t numbers, const int64_t *number, size_t texts,
                          const fpt_str *text, fpt_error *err)
{
    struct fpti_table_batch *b = &session->batch->of[table];
    if (b->whole[0] == NULL && b->text[0] == NULL) {
        FPT_TRY(begin(session, b, err));
    } else if (b->appender == NULL) {
        FPT_TRY(fpt_append_open(session->workspace->warehouse, &session->arena,
                                b->table->name, &b->appender, err));
    }
    if (b->rows == BATCH_ROWS) FPT_TRY(hand_over_all(session->batch, err));

    const size_t row = b->rows;
    size_t n = 0, t = 0;
    for (size_t c = 0; c < b->table->columns; c++) {
        if (b->text[c] != NULL) {
            FPT_ASSERT(t < texts);
            fpt_str kept = text[t++];
            if (kept.data != NULL) {
                kept = fpt_str_keep(&session->batch->texts, kept);
                if (kept.data == NULL)
                    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to load");
            }
            b->text[c][row] = kept;
        } else {
            FPT_ASSERT(n < numbers);
            const int64_t value = number[n++];
            b->whole[c][row] = value == FPTI_NULL ? 0 : value;
            if (value == FPTI_NULL) {
                b->valid[c][row / 8] &= (uint8_t) ~(1u << (row % 8));
                b->any_missing[c] = true;
            }
        }
    }
    FPT_ASSERT(n == numbers && t == texts);
    (void)numbers;
    (void)texts;
    b->rows++;
    return FPT_OK;
}
