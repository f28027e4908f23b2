/*
 * What is loaded: every series with the files and periods that speak of it, asked
 * once. Of several files that speak of the same series and period the one
 * published last counts; a source whose files hold a part of the places each is
 * settled place by place.
 */
#include "measure_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to measure");
}

struct reader {
    fpt_measure *m;
    fpt_intern sources;
    size_t series_room, room;
};

/* Rows come series by series; the first of one makes it. */
static bool take_row(struct reader *in, const fpt_rows *rows, size_t i)
{
    fpt_measure *m = in->m;
    const int64_t number = rows->column[0].whole[i];
    if (m->loaded_count == 0 ||
        m->loaded[m->loaded_count - 1].number != number) {
        if (!FPT_RESERVE(&m->arena, m->loaded, m->loaded_count,
                         in->series_room))
            return false;
        fpti_loaded *made = &m->loaded[m->loaded_count++];
        *made = (fpti_loaded){
            .name = fpt_str_keep(&m->arena, rows->column[1].text[i]),
            .number = number,
            .decimals = (int)rows->column[2].whole[i]};
        if (made->name.data == NULL) return false;
        in->room = 0;
    }
    fpti_loaded *s = &m->loaded[m->loaded_count - 1];
    if (!FPT_RESERVE(&m->arena, s->candidate, s->candidates, in->room))
        return false;
    fpti_candidate *added = &s->candidate[s->candidates++];
    *added = (fpti_candidate){
        .period = {{(int32_t)rows->column[3].whole[i]},
                   {(int32_t)rows->column[4].whole[i]}},
        .load = rows->column[5].whole[i],
        .source = fpt_intern_add(&in->sources, rows->column[6].text[i]),
        .by_place = rows->column[7].whole[i] != 0};
    return added->source != FPT_INTERN_NONE;
}

/* In each period the first (the last published) counts, and with it, when its
 * source is settled place by place, the others of that source. */
static void rank(fpti_loaded *s)
{
    size_t top = 0;
    for (size_t i = 0; i < s->candidates; i++) {
        fpti_candidate *c = &s->candidate[i];
        const fpti_candidate *first = &s->candidate[top];
        if (!fpt_period_equal(first->period, c->period)) top = i;
        first = &s->candidate[top];
        if (i == top ||
            (first->by_place && c->by_place && first->source == c->source))
            c->rank = FPTI_FIRST_RANK - (int)(i - top);
    }
}

static bool keep_periods(fpt_arena *arena, fpti_loaded *s)
{
    s->period = FPT_NEW(arena, fpt_period, s->candidates);
    s->load = FPT_NEW(arena, int64_t, s->candidates);
    if (s->period == NULL || s->load == NULL) return false;
    for (size_t i = 0; i < s->candidates; i++) {
        fpti_candidate *c = &s->candidate[i];
        if (c->rank == 0) continue;
        s->counting++;
        if (s->periods == 0 ||
            !fpt_period_equal(s->period[s->periods - 1], c->period))
            s->period[s->periods++] = c->period;
        c->slot = (uint32_t)s->periods - 1;
        bool known = false;
        for (size_t k = 0; k < s->loads && !known; k++)
            known = s->load[k] == c->load;
        if (!known) s->load[s->loads++] = c->load;
    }
    return true;
}

static fpt_status read_rows(struct reader *in, fpt_arena *scratch,
                            fpt_error *err)
{
    fpt_rows rows;
    bool good = true;
    FPT_TRY(fpt_store_query(
        in->m->warehouse, scratch,
        "SELECT c.series, s.name, s.decimals, c.period_from, c.period_to, "
        "c.load, l.source, l.by_place FROM coverage c JOIN series s ON "
        "s.series = c.series JOIN load l ON l.load = c.load ORDER BY c.series, "
        "c.period_from, c.period_to, l.known_from DESC, c.load DESC",
        0, NULL, &rows, err));
    while (good && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good; i++)
            good = take_row(in, &rows, i);
    FPT_TRY(fpt_rows_close(&rows, err));
    return good ? FPT_OK : no_memory(err);
}

fpt_status fpti_loaded_read(fpt_measure *m, fpt_error *err)
{
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    struct reader in = {.m = m, .sources = fpt_intern_make(&scratch)};
    fpt_status status = read_rows(&in, &scratch, err);
    for (size_t i = 0; i < m->loaded_count && status == FPT_OK; i++) {
        rank(&m->loaded[i]);
        if (!keep_periods(&m->arena, &m->loaded[i])) status = no_memory(err);
    }
    fpt_arena_clear(&scratch);
    return status;
}

static const fpti_loaded *find(const fpt_measure *m, fpt_str series)
{
    for (size_t i = 0; i < m->loaded_count; i++)
        if (fpt_str_equal(m->loaded[i].name, series)) return &m->loaded[i];
    return NULL;
}

fpt_status fpti_loaded_get(const fpt_measure *m, fpt_str series,
                           const fpti_loaded **out, fpt_error *err)
{
    *out = find(m, series);
    if (*out != NULL) return FPT_OK;
    return fpt_fail(err, FPT_ERR_NOT_FOUND,
                    "the series " FPT_STR_FMT " is not loaded",
                    FPT_STR_ARG(series));
}

bool fpt_measure_has(const fpt_measure *measure, fpt_str series, int *decimals)
{
    const fpti_loaded *loaded = find(measure, series);
    if (loaded == NULL) return false;
    *decimals = loaded->decimals;
    return true;
}
