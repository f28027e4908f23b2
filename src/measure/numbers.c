/*
 * Numbers out of the warehouse: one series under one filter, summed by place and
 * period, whole numbers throughout. Of several files that speak of the same
 * series and period the one published last counts; a source whose files hold a
 * part of the places each is settled place by place.
 */
#include <stdlib.h>

#include "measure_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to measure");
}

/* ---- which files count for which period ---- */

struct candidate {
    fpt_period period;
    int64_t load, known;
    fpt_str source;
    bool by_place;
    int rank; /* 0: does not count; else higher wins */
};

struct candidates {
    size_t count, capacity;
    struct candidate *list;
};

static fpt_status read_candidates(fpt_measure *m, fpt_arena *arena,
                                  fpt_str series, struct candidates *out,
                                  fpt_error *err)
{
    fpt_rows rows;
    const fpt_bind bind = fpt_bind_text(series);
    FPT_TRY(fpt_store_query(
        m->warehouse, arena,
        "SELECT c.period_from, c.period_to, c.load, l.known_from, l.source, "
        "l.by_place FROM coverage c JOIN series s ON s.series = c.series JOIN "
        "load l ON l.load = c.load WHERE s.name = $1 ORDER BY c.period_from, "
        "c.period_to, l.known_from DESC, c.load DESC",
        1, &bind, &rows, err));
    bool good = true;
    while (good && fpt_rows_next(&rows))
        for (size_t i = 0; i < rows.count && good; i++) {
            good = FPT_RESERVE(arena, out->list, out->count, out->capacity);
            if (!good) break;
            struct candidate *added = &out->list[out->count++];
            *added = (struct candidate){
                .period = {{(int32_t)rows.column[0].whole[i]},
                           {(int32_t)rows.column[1].whole[i]}},
                .load = rows.column[2].whole[i],
                .known = rows.column[3].whole[i],
                .source = fpt_str_keep(arena, rows.column[4].text[i]),
                .by_place = rows.column[5].whole[i] != 0};
            good = added->source.data != NULL;
        }
    FPT_TRY(fpt_rows_close(&rows, err));
    if (!good) return no_memory(err);
    if (out->count == 0)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "the series " FPT_STR_FMT " is not loaded",
                        FPT_STR_ARG(series));
    return FPT_OK;
}

/* In each period the first (the last published) counts, and with it, when its
 * source is settled place by place, the others of that source. */
static void rank_candidates(struct candidates *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const bool first = i == 0 || !fpt_period_equal(c->list[i].period,
                                                       c->list[i - 1].period);
        size_t top = i;
        while (top > 0 &&
               fpt_period_equal(c->list[top - 1].period, c->list[i].period))
            top--;
        if (first)
            c->list[i].rank = 1000;
        else if (c->list[top].by_place && c->list[i].by_place &&
                 fpt_str_equal(c->list[top].source, c->list[i].source))
            c->list[i].rank = 1000 - (int)(i - top);
    }
}

static int rank_of(const struct candidates *c, fpt_period period, int64_t load)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->list[i].load == load &&
            fpt_period_equal(c->list[i].period, period))
            return c->list[i].rank;
    return 0;
}

/* ---- the question ---- */

/* Text of a pack as SQL has it. */
static void add_quoted(fpt_strbuf *sql, fpt_str text)
{
    fpt_strbuf_add_char(sql, '\'');
    for (size_t k = 0; k < text.len; k++) {
        if (text.data[k] == '\'') fpt_strbuf_add_char(sql, '\'');
        fpt_strbuf_add_char(sql, text.data[k]);
    }
    fpt_strbuf_add_char(sql, '\'');
}

static void add_where(fpt_strbuf *sql, const fpt_where *w)
{
    fpt_strbuf_add(sql,
                   FPT_STR(" AND d.stratum IN (SELECT stratum FROM stratum "
                           "WHERE dimension = "));
    add_quoted(sql, w->dimension);
    if (w->values > 0) {
        fpt_strbuf_add(sql, FPT_STR(" AND value IN ("));
        for (size_t i = 0; i < w->values; i++) {
            if (i > 0) fpt_strbuf_add(sql, FPT_STR(", "));
            add_quoted(sql, w->value[i]);
        }
        fpt_strbuf_add_char(sql, ')');
    }
    if (w->has_low)
        fpt_strbuf_print(sql, " AND low >= %lld", (long long)w->low);
    if (w->has_high)
        fpt_strbuf_print(sql, " AND high IS NOT NULL AND high <= %lld",
                         (long long)w->high);
    fpt_strbuf_add_char(sql, ')');
}

static fpt_str sql_of(fpt_arena *arena, const fpt_term *term)
{
    fpt_strbuf sql = fpt_strbuf_make(arena);
    fpt_strbuf_add(
        &sql, FPT_STR("SELECT d.place, d.period_from, d.period_to, d.load, "));
    if (term->count && term->has_most)
        fpt_strbuf_print(
            &sql,
            "CAST(sum(CASE WHEN d.value <= %lld THEN 1 ELSE 0 END) "
            "AS BIGINT)",
            (long long)term->most);
    else if (term->count)
        fpt_strbuf_add(&sql, FPT_STR("CAST(count(d.value) AS BIGINT)"));
    else
        fpt_strbuf_add(&sql, FPT_STR("CAST(coalesce(sum(d.value), 0) AS "
                                     "BIGINT)"));
    fpt_strbuf_add(
        &sql,
        FPT_STR(", CAST(sum(CASE WHEN d.status = 1 THEN 1 ELSE 0 END) AS "
                "BIGINT), CAST(sum(CASE WHEN d.status = 2 THEN 1 ELSE 0 END) "
                "AS BIGINT), CAST(sum(CASE WHEN d.status = 3 THEN 1 ELSE 0 "
                "END) AS BIGINT), CAST(min(d.stratum) AS BIGINT), "
                "CAST(max(d.stratum) AS BIGINT) FROM datum d WHERE d.series = "
                "(SELECT series FROM series WHERE name = $1)"));
    if (term->whole) fpt_strbuf_add(&sql, FPT_STR(" AND d.stratum = 0"));
    for (size_t i = 0; i < term->wheres; i++)
        add_where(&sql, &term->where[i]);
    fpt_strbuf_add(&sql,
                   FPT_STR(" GROUP BY d.place, d.period_from, d.period_to, "
                           "d.load ORDER BY d.place, d.period_from, "
                           "d.period_to, d.load"));
    return sql.failed ? (fpt_str){NULL, 0} : fpt_strbuf_view(&sql);
}

/* ---- reading ---- */

static bool same_slot(const fpti_number *a, uint32_t place, fpt_period period)
{
    return a->place == place && fpt_period_equal(a->period, period);
}

static fpt_status take_rows(fpt_measure *m, fpt_rows *rows,
                            const struct candidates *c, const fpt_term *term,
                            fpti_numbers *out, fpt_error *err)
{
    size_t capacity = 0;
    int rank_kept = 0;
    while (fpt_rows_next(rows))
        for (size_t i = 0; i < rows->count; i++) {
            const fpt_period period = {{(int32_t)rows->column[1].whole[i]},
                                       {(int32_t)rows->column[2].whole[i]}};
            const int rank = rank_of(c, period, rows->column[3].whole[i]);
            if (rank == 0) continue;
            if (!term->whole && term->wheres == 0 &&
                rows->column[8].whole[i] == 0 && rows->column[9].whole[i] > 0)
                return fpt_fail(err, FPT_ERR_INPUT,
                                "the series " FPT_STR_FMT " has numbers of the "
                                "whole and of its parts; an indicator must say "
                                "\"take: whole\", or \"where\"",
                                FPT_STR_ARG(term->series));
            const uint32_t place = (uint32_t)rows->column[0].whole[i];
            FPT_REQUIRE(place < m->places);
            /* Rows of one place and period follow one another: of several
             * files' the higher rank stays. */
            if (out->count > 0 &&
                same_slot(&out->number[out->count - 1], place, period)) {
                if (rank < rank_kept) continue;
                out->count--;
            }
            if (!FPT_RESERVE(&m->arena, out->number, out->count, capacity))
                return no_memory(err);
            rank_kept = rank;
            out->number[out->count++] =
                (fpti_number){.place = place,
                              .period = period,
                              .value = rows->column[4].whole[i],
                              .missing = rows->column[5].whole[i],
                              .suppressed = rows->column[6].whole[i],
                              .suspect = rows->column[7].whole[i]};
        }
    return FPT_OK;
}

static fpt_status keep_periods(fpt_measure *m, const struct candidates *c,
                               fpti_numbers *out, fpt_error *err)
{
    out->period = FPT_NEW(&m->arena, fpt_period, c->count);
    out->load = FPT_NEW(&m->arena, int64_t, c->count);
    if (out->period == NULL || out->load == NULL) return no_memory(err);
    for (size_t i = 0; i < c->count; i++) {
        if (c->list[i].rank == 0) continue;
        if (out->periods == 0 ||
            !fpt_period_equal(out->period[out->periods - 1], c->list[i].period))
            out->period[out->periods++] = c->list[i].period;
        bool known = false;
        for (size_t k = 0; k < out->loads && !known; k++)
            known = out->load[k] == c->list[i].load;
        if (!known) out->load[out->loads++] = c->list[i].load;
    }
    return FPT_OK;
}

static fpt_status read_numbers(fpt_measure *m, fpt_arena *scratch,
                               const fpt_term *term, fpt_str sql,
                               fpti_numbers *out, fpt_error *err)
{
    struct candidates c = {0};
    fpt_rows rows;
    int64_t decimals;
    const fpt_bind bind = fpt_bind_text(term->series);
    FPT_TRY(read_candidates(m, scratch, term->series, &c, err));
    rank_candidates(&c);
    FPT_TRY(keep_periods(m, &c, out, err));
    FPT_TRY(fpt_store_ask_int(m->warehouse,
                              "SELECT decimals FROM series WHERE name = $1", 1,
                              &bind, 0, &decimals, err));
    out->decimals = term->count ? 0 : (int)decimals;
    FPT_TRY(
        fpt_store_query(m->warehouse, scratch, sql.data, 1, &bind, &rows, err));
    const fpt_status status = take_rows(m, &rows, &c, term, out, err);
    const fpt_status closed =
        fpt_rows_close(&rows, status == FPT_OK ? err : NULL);
    return status != FPT_OK ? status : closed;
}

fpt_status fpti_numbers_get(fpt_measure *m, const fpt_term *term,
                            const fpti_numbers **out, fpt_error *err)
{
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    const fpt_str sql = sql_of(&scratch, term);
    const fpt_str key =
        sql.data == NULL
            ? sql
            : fpt_str_print(&scratch, FPT_STR_FMT " " FPT_STR_FMT,
                            FPT_STR_ARG(term->series), FPT_STR_ARG(sql));
    fpt_status status = key.data != NULL ? FPT_OK : no_memory(err);
    const fpti_numbers *found = NULL;
    for (fpti_numbers *n = m->numbers; n != NULL && status == FPT_OK;
         n = n->next)
        if (fpt_str_equal(n->key, key)) found = n;
    if (status == FPT_OK && found == NULL) {
        fpti_numbers *made = FPT_NEW(&m->arena, fpti_numbers, 1);
        if (made == NULL) {
            status = no_memory(err);
        } else {
            made->key = fpt_str_keep(&m->arena, key);
            made->series = fpt_str_keep(&m->arena, term->series);
            status = made->key.data == NULL || made->series.data == NULL
                         ? no_memory(err)
                         : read_numbers(m, &scratch, term, sql, made, err);
        }
        if (status == FPT_OK) {
            made->next = m->numbers;
            m->numbers = made;
            found = made;
        }
    }
    fpt_arena_clear(&scratch);
    if (status == FPT_OK) *out = found;
    return status;
}
