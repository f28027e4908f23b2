/*
 * Figures into the warehouse: all tiers, grains and views of an indicator, in the
 * place of what was stored of it before.
 */
#include "measure_i.h"

enum { BATCH = 4096 };

struct rows {
    size_t count;
    fpt_str text[6][BATCH];
    int64_t whole[5][BATCH];
    double real[3][BATCH];
    uint8_t has_top[BATCH / 8], has_bottom[BATCH / 8];
};

static fpt_status hand_over(struct rows *r, fpt_appender *appender,
                            fpt_error *err)
{
    const fpt_column column[] = {
        {.type = FPT_TYPE_TEXT, .text = r->text[0]},
        {.type = FPT_TYPE_TEXT, .text = r->text[1]},
        {.type = FPT_TYPE_TEXT, .text = r->text[2]},
        {.type = FPT_TYPE_TEXT, .text = r->text[3]},
        {.type = FPT_TYPE_TEXT, .text = r->text[4]},
        {.type = FPT_TYPE_DATE, .whole = r->whole[0]},
        {.type = FPT_TYPE_DATE, .whole = r->whole[1]},
        {.type = FPT_TYPE_INT, .whole = r->whole[2], .valid = r->has_top},
        {.type = FPT_TYPE_INT, .whole = r->whole[3], .valid = r->has_bottom},
        {.type = FPT_TYPE_DOUBLE, .real = r->real[0]},
        {.type = FPT_TYPE_DOUBLE, .real = r->real[1]},
        {.type = FPT_TYPE_DOUBLE, .real = r->real[2]},
        {.type = FPT_TYPE_INT, .whole = r->whole[4]},
        {.type = FPT_TYPE_TEXT, .text = r->text[5]},
    };
    const fpt_status status =
        fpt_append_rows(appender, r->count, 14, column, err);
    r->count = 0;
    memset(r->has_top, 0, sizeof r->has_top);
    memset(r->has_bottom, 0, sizeof r->has_bottom);
    return status;
}

static fpt_status keep_figures(struct rows *r, fpt_appender *appender,
                               const fpt_indicator *in, fpt_str view,
                               fpt_str tier, size_t count,
                               const fpt_figure *figures, fpt_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const fpt_figure *f = &figures[i];
        const size_t at = r->count++;
        r->text[0][at] = in->id;
        r->text[1][at] = in->version;
        r->text[2][at] = view;
        r->text[3][at] = tier;
        r->text[4][at] = f->code;
        r->text[5][at] = f->status;
        r->whole[0][at] = f->period.from.days;
        r->whole[1][at] = f->period.to.days;
        r->whole[2][at] = f->numerator;
        r->whole[3][at] = f->denominator;
        r->whole[4][at] = f->estimated;
        r->real[0][at] = f->value;
        r->real[1][at] = f->lower;
        r->real[2][at] = f->upper;
        if (f->has_numerator) r->has_top[at / 8] |= (uint8_t)(1u << (at % 8));
        if (f->has_denominator)
            r->has_bottom[at / 8] |= (uint8_t)(1u << (at % 8));
        if (r->count == BATCH) FPT_TRY(hand_over(r, appender, err));
    }
    return FPT_OK;
}

static fpt_status keep_view(fpt_measure *m, const fpt_indicator *in,
                            struct rows *r, fpt_appender *appender, bool then,
                            fpt_date on, int64_t *stored, fpt_error *err)
{
    char date[FPT_DATE_BYTES];
    fpt_date_print(on, date);
    const fpt_str view = then ? FPT_STR("then") : fpt_str_from(date);
    for (size_t t = 0; t < in->tiers; t++) {
        /* The nation and organisations are the same on any footprints. */
        const bool anywhere =
            fpt_str_equal(in->tier[t], FPT_STR("nation")) ||
            fpt_str_equal(in->tier[t], FPT_STR("organisation"));
        if (anywhere && !then) continue;
        fpt_arena scratch;
        size_t count;
        fpt_figure *figures;
        const fpt_measure_ask ask = {.indicator = in,
                                     .tier = in->tier[t],
                                     .then = then,
                                     .on = on,
                                     .any_grain = true};
        FPT_TRY(fpt_arena_init(&scratch, NULL));
        fpt_status status =
            fpt_measure_figures(m, &scratch, &ask, &count, &figures, err);
        if (status == FPT_OK)
            status = keep_figures(r, appender, in, view, in->tier[t], count,
                                  figures, err);
        if (status == FPT_OK) status = hand_over(r, appender, err);
        fpt_arena_clear(&scratch);
        FPT_TRY(status);
        *stored += (int64_t)count;
    }
    return FPT_OK;
}

fpt_status fpt_measure_store(fpt_measure *measure,
                             const fpt_indicator *indicator, size_t views,
                             const fpt_date *view, int64_t *stored,
                             fpt_error *err)
{
    fpt_arena arena;
    const fpt_bind id = fpt_bind_text(indicator->id);
    *stored = 0;
    FPT_TRY(fpt_store_run(measure->warehouse,
                          "DELETE FROM observation WHERE measure = $1", 1, &id,
                          err));
    FPT_TRY(fpt_arena_init(&arena, NULL));
    struct rows *r = FPT_NEW(&arena, struct rows, 1);
    fpt_appender *appender = NULL;
    fpt_status status = r != NULL
                            ? fpt_append_open(measure->warehouse, &arena,
                                              "observation", &appender, err)
                            : fpt_fail(err, FPT_ERR_MEMORY, "no memory");
    if (status == FPT_OK) {
        status = keep_view(measure, indicator, r, appender, true,
                           fpt_date_open(), stored, err);
        for (size_t i = 0; i < views && status == FPT_OK; i++)
            status = keep_view(measure, indicator, r, appender, false, view[i],
                               stored, err);
        const fpt_status closed =
            fpt_append_close(appender, status == FPT_OK ? err : NULL);
        if (status == FPT_OK) status = closed;
    }
    fpt_arena_clear(&arena);
    return status;
}
