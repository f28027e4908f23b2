/*
 * Numbers out of the warehouse: one series under one filter, summed by place and
 * period, whole numbers throughout. Which files count is known beforehand
 * (loaded.c), so that the rows of others are not read where that is easily said.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "measure_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory to measure");
}

/* The file and period of a row; NULL: it does not count. Rows of a place come in
 * the order of the candidates, so that the next is mostly near the last. */
static const fpti_candidate *candidate_of(const fpti_loaded *s,
                                          fpt_period period, int64_t load,
                                          size_t *near)
{
    for (size_t i = 0, at = *near; i < s->candidates; i++, at++) {
        if (at == s->candidates) at = 0;
        const fpti_candidate *c = &s->candidate[at];
        if (c->load != load || !fpt_period_equal(c->period, period)) continue;
        *near = at;
        return c->rank > 0 ? c : NULL;
    }
    return NULL;
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

static void add_value(fpt_strbuf *sql, const fpt_term *term)
{
    if (term->count && term->has_most)
        fpt_strbuf_print(sql, "count(*) FILTER (WHERE d.value <= %lld)",
                         (long long)term->most);
    else if (term->count)
        fpt_strbuf_add(sql, FPT_STR("count(d.value)"));
    else
        fpt_strbuf_add(sql,
                       FPT_STR("CAST(coalesce(sum(d.value), 0) AS BIGINT)"));
}

/* A whole of one series may have numbers of its parts beside it: where a term does
 * not say which it takes, it must not have both. */
static bool asks_parts(const fpt_term *term)
{
    return !term->whole && term->wheres == 0;
}

static const fpti_candidate *only_one(const fpti_loaded *s)
{
    size_t i = 0;
    if (s->counting != 1) return NULL;
    while (s->candidate[i].rank == 0)
        i++;
    return &s->candidate[i];
}

/* Where all comes of one file and is for one period these need not be read from
 * every row, nor be grouped by. */
static fpt_str sql_of(fpt_arena *arena, const fpt_term *term,
                      const fpti_loaded *s)
{
    const fpti_candidate *only = only_one(s);
    fpt_strbuf sql = fpt_strbuf_make(arena);
    char from[FPT_DATE_BYTES], to[FPT_DATE_BYTES];
    if (only != NULL) {
        fpt_date_print(only->period.from, from);
        fpt_date_print(only->period.to, to);
        fpt_strbuf_print(&sql,
                         "SELECT d.place, DATE '%s', DATE '%s', "
                         "%" PRId64 ", ",
                         from, to, only->load);
    } else {
        fpt_strbuf_add(
            &sql,
            FPT_STR("SELECT d.place, d.period_from, d.period_to, d.load, "));
    }
    add_value(&sql, term);
    fpt_strbuf_add(&sql, FPT_STR(", count(*) FILTER (WHERE d.status = 1), "
                                 "count(*) FILTER (WHERE d.status = 2), "
                                 "count(*) FILTER (WHERE d.status = 3)"));
    if (asks_parts(term))
        fpt_strbuf_add(&sql, FPT_STR(", count(*) FILTER (WHERE d.stratum = 0)"
                                     ", count(*)"));
    fpt_strbuf_print(&sql, " FROM datum d WHERE d.series = %" PRId64,
                     s->number);
    if (only != NULL)
        fpt_strbuf_print(&sql,
                         " AND d.load = %" PRId64 " AND d.period_from = "
                         "DATE '%s' AND d.period_to = DATE '%s'",
                         only->load, from, to);
    if (term->whole) fpt_strbuf_add(&sql, FPT_STR(" AND d.stratum = 0"));
    for (size_t i = 0; i < term->wheres; i++)
        add_where(&sql, &term->where[i]);
    fpt_strbuf_add(
        &sql, only != NULL
                  ? FPT_STR(" GROUP BY d.place ORDER BY d.place")
                  : FPT_STR(" GROUP BY d.place, d.period_from, d.period_to, "
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
                            const fpti_loaded *s, const fpt_term *term,
                            fpti_numbers *out, fpt_error *err)
{
    size_t capacity = 0, near = 0;
    int rank_kept = 0;
    while (fpt_rows_next(rows))
        for (size_t i = 0; i < rows->count; i++) {
            const fpt_period period = {{(int32_t)rows->column[1].whole[i]},
                                       {(int32_t)rows->column[2].whole[i]}};
            const fpti_candidate *c =
                candidate_of(s, period, rows->column[3].whole[i], &near);
            if (c == NULL) continue;
            if (asks_parts(term) && rows->column[8].whole[i] > 0 &&
                rows->column[8].whole[i] < rows->column[9].whole[i])
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
                if (c->rank < rank_kept) continue;
                out->count--;
            }
            if (!FPT_RESERVE(&m->arena, out->number, out->count, capacity))
                return no_memory(err);
            rank_kept = c->rank;
            out->number[out->count++] =
                (fpti_number){.place = place,
                              .period = period,
                              .slot = c->slot,
                              .value = rows->column[4].whole[i],
                              .missing = rows->column[5].whole[i],
                              .suppressed = rows->column[6].whole[i],
                              .suspect = rows->column[7].whole[i]};
        }
    return FPT_OK;
}

static bool index_by_slot(fpt_measure *m, fpti_numbers *n)
{
    n->first = FPT_NEW(&m->arena, uint32_t, n->loaded->periods + 2);
    n->by_slot = FPT_NEW(&m->arena, uint32_t, n->count);
    if (n->first == NULL || n->by_slot == NULL) return false;
    /* first[s + 2] counts; after the sums first[s + 1] is where s begins, and
     * moves on to where it ends. */
    for (size_t i = 0; i < n->count; i++)
        n->first[n->number[i].slot + 2]++;
    for (size_t s = 2; s < n->loaded->periods + 2; s++)
        n->first[s] += n->first[s - 1];
    for (size_t i = 0; i < n->count; i++)
        n->by_slot[n->first[n->number[i].slot + 1]++] = (uint32_t)i;
    return true;
}

static fpt_status read_numbers(fpt_measure *m, fpt_arena *scratch,
                               const fpt_term *term, fpt_str sql,
                               fpti_numbers *out, fpt_error *err)
{
    fpt_rows rows;
    FPT_TRY(
        fpt_store_query(m->warehouse, scratch, sql.data, 0, NULL, &rows, err));
    const fpt_status status = take_rows(m, &rows, out->loaded, term, out, err);
    const fpt_status closed =
        fpt_rows_close(&rows, status == FPT_OK ? err : NULL);
    FPT_TRY(status);
    FPT_TRY(closed);
    return index_by_slot(m, out) ? FPT_OK : no_memory(err);
}

static fpt_status get(fpt_measure *m, fpt_arena *scratch, const fpt_term *term,
                      const fpti_numbers **out, fpt_error *err)
{
    const fpti_loaded *loaded;
    FPT_TRY(fpti_loaded_get(m, term->series, &loaded, err));
    const fpt_str sql = sql_of(scratch, term, loaded);
    if (sql.data == NULL) return no_memory(err);
    for (const fpti_numbers *n = m->numbers; n != NULL; n = n->next)
        if (fpt_str_equal(n->sql, sql)) {
            *out = n;
            return FPT_OK;
        }
    fpti_numbers *made = FPT_NEW(&m->arena, fpti_numbers, 1);
    if (made == NULL) return no_memory(err);
    made->sql = fpt_str_keep(&m->arena, sql);
    made->loaded = loaded;
    if (made->sql.data == NULL) return no_memory(err);
    FPT_TRY(read_numbers(m, scratch, term, sql, made, err));
    made->next = m->numbers;
    m->numbers = made;
    *out = made;
    return FPT_OK;
}

fpt_status fpti_numbers_get(fpt_measure *m, const fpt_term *term,
                            const fpti_numbers **out, fpt_error *err)
{
    fpt_arena scratch;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    const fpt_status status = get(m, &scratch, term, out, err);
    fpt_arena_clear(&scratch);
    return status;
}
