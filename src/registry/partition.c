/*
 * Areas as sets of atoms: which atom is in which area on a day, how many people
 * live in it, and how the areas of one day cross those of another.
 */
#include <stdlib.h>

#include "registry_i.h"

static fpt_status no_memory(fpt_error *err)
{
    return fpt_fail(err, FPT_ERR_MEMORY, "no memory for the registry");
}

/* The last day on which anything about areas changed. */
static int32_t epoch_of(const fpt_registry *r, fpt_date on)
{
    size_t low = 0, high = r->epochs; /* below low: begun by then */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (r->epoch[middle] <= on.days)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? r->epoch[low - 1] : FPT_DATE_MIN_DAYS;
}

static fpt_status find_distinct(fpt_registry *r, fpt_partition *p,
                                fpt_error *err)
{
    bool *seen = FPT_NEW(&r->arena, bool, r->codes.count);
    fpt_body *distinct = FPT_NEW(&r->arena, fpt_body, p->atoms);
    if (seen == NULL || distinct == NULL) return no_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < p->atoms; i++) {
        const fpt_body object = p->object[i];
        if (!fpt_body_is(object) || seen[object.id]) continue;
        seen[object.id] = true;
        distinct[count++] = object;
    }
    FPT_TRY(fpti_sort_bodies(r, count, distinct, err));
    p->distinct = distinct;
    p->objects = count;
    return FPT_OK;
}

fpt_status fpt_reg_partition(fpt_registry *registry, fpt_str kind, fpt_date on,
                             const fpt_partition **out, fpt_error *err)
{
    fpt_registry *r = registry;
    const int32_t epoch = epoch_of(r, on);
    for (struct kept_partition *k = r->partitions; k != NULL; k = k->next)
        if (k->partition.epoch.days == epoch &&
            fpt_str_equal(k->partition.kind, kind)) {
            *out = &k->partition;
            return FPT_OK;
        }
    struct kept_partition *kept = FPT_NEW(&r->arena, struct kept_partition, 1);
    fpt_body *object = FPT_NEW(&r->arena, fpt_body, r->atoms);
    fpt_arena scratch;
    if (kept == NULL || object == NULL ||
        fpt_arena_init(&scratch, NULL) != FPT_OK)
        return no_memory(err);
    struct memo memo = {FPT_NEW(&scratch, struct remembered, r->codes.count)};
    if (memo.of == NULL) {
        fpt_arena_clear(&scratch);
        return no_memory(err);
    }
    r->memo = &memo;
    const uint16_t word = fpti_word(r, kind);
    for (size_t i = 0; i < r->atoms; i++)
        object[i] = word == UINT16_MAX
                        ? (fpt_body){FPT_NOBODY}
                        : fpti_home_of_atom(r, r->atom[i], word, on);
    r->memo = NULL;
    fpt_arena_clear(&scratch);
    kept->partition = (fpt_partition){.kind = fpt_str_keep(&r->arena, kind),
                                      .epoch = {epoch},
                                      .atoms = r->atoms,
                                      .atom = r->atom,
                                      .object = object};
    if (kept->partition.kind.data == NULL) return no_memory(err);
    FPT_TRY(find_distinct(r, &kept->partition, err));
    kept->next = r->partitions;
    r->partitions = kept;
    *out = &kept->partition;
    return FPT_OK;
}

static bool has_object(const fpt_partition *p, fpt_body body)
{
    for (size_t i = 0; i < p->objects; i++)
        if (p->distinct[i].id == body.id) return true;
    return false;
}

fpt_status fpt_reg_partition_with(fpt_registry *registry, fpt_str kind,
                                  fpt_body body, fpt_date on,
                                  const fpt_partition **out, fpt_error *err)
{
    fpt_registry *r = registry;
    const fpt_partition *p;
    *out = NULL;
    /* An area that never had a member of its own has no day. */
    if (r->of_member.first[body.id] == r->of_member.first[body.id + 1])
        return FPT_OK;
    FPT_TRY(fpt_reg_partition(r, kind, on, &p, err));
    if (has_object(p, body)) {
        *out = p;
        return FPT_OK;
    }
    int64_t nearest = INT64_MAX;
    for (size_t i = 0; i < r->epochs; i++) {
        const int64_t apart = r->epoch[i] > on.days
                                  ? (int64_t)r->epoch[i] - on.days
                                  : (int64_t)on.days - r->epoch[i];
        if (apart >= nearest) continue;
        FPT_TRY(fpt_reg_partition(r, kind, (fpt_date){r->epoch[i]}, &p, err));
        if (!has_object(p, body)) continue;
        nearest = apart;
        *out = p;
    }
    return FPT_OK;
}

/* ---- people ---- */

/* All estimates of residents, by the first day; of two of one period the one
 * published last is kept. */
static fpt_status read_estimates(fpt_registry *r, fpt_error *err)
{
    fpt_arena scratch;
    fpt_rows rows;
    size_t capacity = 0;
    const fpt_bind binds[] = {fpt_bind_text(r->tiers->population),
                              fpt_bind_date(r->as_of)};
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpt_status status = fpt_store_query(
        r->warehouse, &scratch,
        "SELECT c.period_from, c.period_to, c.load, c.series FROM coverage c "
        "JOIN series s ON s.series = c.series JOIN load l ON l.load = c.load "
        "WHERE s.name = $1 AND l.known_from <= $2 "
        "ORDER BY c.period_from, l.known_from, c.load",
        2, binds, &rows, err);
    if (status == FPT_OK) {
        bool good = true;
        while (good && fpt_rows_next(&rows))
            for (size_t i = 0; i < rows.count && good; i++) {
                const struct estimate e = {
                    .of = {{(int32_t)rows.column[0].whole[i]},
                           {(int32_t)rows.column[1].whole[i]}},
                    .load = rows.column[2].whole[i],
                    .series = rows.column[3].whole[i]};
                if (r->estimates > 0 &&
                    fpt_period_equal(r->estimate[r->estimates - 1].of, e.of))
                    r->estimates--;
                good =
                    FPT_RESERVE(&r->arena, r->estimate, r->estimates, capacity);
                if (good) r->estimate[r->estimates++] = e;
            }
        status = fpt_rows_close(&rows, err);
        if (status == FPT_OK && !good) status = no_memory(err);
    }
    fpt_arena_clear(&scratch);
    r->estimates_read = status == FPT_OK;
    return status;
}

/* The one nearest to a day, of two the earlier; NULL when there is none. */
static const struct estimate *nearest_estimate(const fpt_registry *r,
                                               fpt_date on)
{
    const struct estimate *best = NULL;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < r->estimates; i++) {
        const int64_t from = r->estimate[i].of.from.days;
        const int64_t apart = from > on.days ? from - on.days : on.days - from;
        if (apart >= least) continue;
        least = apart;
        best = &r->estimate[i];
    }
    return best;
}

/* Summed by the warehouse's number of a place, of which the millions of rows have
 * one each; only the sums are given their codes. */
static fpt_status read_people(fpt_registry *r, const struct estimate *e,
                              int64_t *people, fpt_error *err)
{
    size_t *index = FPT_NEW(&r->arena, size_t, r->codes.count);
    fpt_arena scratch;
    fpt_rows rows;
    const fpt_bind binds[] = {fpt_bind_int(e->series), fpt_bind_int(e->load),
                              fpt_bind_date(e->of.from)};
    if (index == NULL) return no_memory(err);
    for (size_t i = 0; i < r->atoms; i++)
        index[r->atom[i].id] = i + 1;
    FPT_TRY(fpt_arena_init(&scratch, NULL));
    fpt_status status = fpt_store_query(
        r->warehouse, &scratch,
        "SELECT p.code, t.people FROM (SELECT d.place, CAST(sum(d.value) AS "
        "BIGINT) AS people FROM datum d WHERE d.series = $1 AND d.load = $2 "
        "AND d.period_from = $3 GROUP BY d.place) t JOIN place p ON p.place = "
        "t.place",
        3, binds, &rows, err);
    if (status == FPT_OK) {
        while (fpt_rows_next(&rows))
            for (size_t i = 0; i < rows.count; i++) {
                const fpt_body body = fpt_reg_find(r, rows.column[0].text[i]);
                if (fpt_body_is(body) && index[body.id] > 0 &&
                    !rows.column[1].null[i])
                    people[index[body.id] - 1] = rows.column[1].whole[i];
            }
        status = fpt_rows_close(&rows, err);
    }
    fpt_arena_clear(&scratch);
    return status;
}

fpt_status fpt_reg_people(fpt_registry *registry, fpt_date on,
                          const int64_t **people, fpt_period *of,
                          fpt_error *err)
{
    fpt_registry *r = registry;
    if (!r->estimates_read) FPT_TRY(read_estimates(r, err));
    const struct estimate *e = nearest_estimate(r, on);
    if (e == NULL)
        return fpt_fail(err, FPT_ERR_NOT_FOUND,
                        "no estimate of residents (" FPT_STR_FMT
                        ") is loaded, so areas cannot be weighed",
                        FPT_STR_ARG(r->tiers->population));
    for (struct kept_people *k = r->people; k != NULL; k = k->next)
        if (fpt_period_equal(k->of, e->of)) {
            *people = k->people;
            *of = k->of;
            return FPT_OK;
        }
    struct kept_people *kept = FPT_NEW(&r->arena, struct kept_people, 1);
    int64_t *counts = FPT_NEW(&r->arena, int64_t, r->atoms);
    if (kept == NULL || counts == NULL) return no_memory(err);
    FPT_TRY(read_people(r, e, counts, err));
    *kept = (struct kept_people){e->of, counts, r->people};
    r->people = kept;
    *people = counts;
    *of = e->of;
    return FPT_OK;
}

/* ---- crosswalks ---- */

/* By body: which of the partition's areas it is; of others nothing is said. */
static size_t *number_objects(const fpt_registry *r, const fpt_partition *p,
                              fpt_arena *scratch)
{
    size_t *rank =
        fpt_arena_allocate_raw(scratch, r->codes.count, sizeof *rank);
    for (size_t i = 0; i < p->objects && rank != NULL; i++)
        rank[p->distinct[i].id] = i;
    return rank;
}

static bool cross(fpt_registry *r, const fpt_partition *a,
                  const fpt_partition *b, const int64_t *people,
                  fpt_arena *scratch, struct kept_crosswalk *out)
{
    const size_t *rank_a = number_objects(r, a, scratch);
    const size_t *rank_b = number_objects(r, b, scratch);
    const size_t rows = a->objects, columns = b->objects + 1;
    int64_t *matrix = FPT_NEW(scratch, int64_t, rows * columns);
    bool *touched = FPT_NEW(scratch, bool, rows *columns);
    if (rank_a == NULL || rank_b == NULL || matrix == NULL || touched == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < a->atoms; i++) {
        if (!fpt_body_is(a->object[i])) continue;
        const size_t column =
            fpt_body_is(b->object[i]) ? rank_b[b->object[i].id] : b->objects;
        const size_t at = rank_a[a->object[i].id] * columns + column;
        count += !touched[at];
        touched[at] = true;
        matrix[at] += people[i];
    }
    out->crossing = FPT_NEW(&r->arena, fpt_crossing, count);
    if (out->crossing == NULL) return false;
    for (size_t row = 0; row < rows; row++)
        for (size_t c = 0; c < columns; c++) {
            if (!touched[row * columns + c]) continue;
            out->crossing[out->count++] = (fpt_crossing){
                .from = a->distinct[row],
                .to = c < b->objects ? b->distinct[c] : (fpt_body){FPT_NOBODY},
                .people = matrix[row * columns + c]};
        }
    return true;
}

fpt_status fpt_reg_crosswalk(fpt_registry *registry, fpt_str from_kind,
                             fpt_date from_on, fpt_str to_kind, fpt_date to_on,
                             size_t *count, const fpt_crossing **out,
                             fpt_error *err)
{
    fpt_registry *r = registry;
    const fpt_partition *a, *b;
    const int64_t *people;
    fpt_period of;
    FPT_TRY(fpt_reg_partition(r, from_kind, from_on, &a, err));
    FPT_TRY(fpt_reg_partition(r, to_kind, to_on, &b, err));
    FPT_TRY(fpt_reg_people(r, to_on, &people, &of, err));
    for (struct kept_crosswalk *k = r->crosswalks; k != NULL; k = k->next)
        if (k->from_epoch == a->epoch.days && k->to_epoch == b->epoch.days &&
            k->people_of == of.from.days &&
            fpt_str_equal(k->from_kind, from_kind) &&
            fpt_str_equal(k->to_kind, to_kind)) {
            *count = k->count;
            *out = k->crossing;
            return FPT_OK;
        }
    struct kept_crosswalk *kept = FPT_NEW(&r->arena, struct kept_crosswalk, 1);
    fpt_arena scratch;
    if (kept == NULL || fpt_arena_init(&scratch, NULL) != FPT_OK)
        return no_memory(err);
    const bool made = cross(r, a, b, people, &scratch, kept);
    fpt_arena_clear(&scratch);
    if (!made) return no_memory(err);
    kept->from_kind = a->kind;
    kept->to_kind = b->kind;
    kept->from_epoch = a->epoch.days;
    kept->to_epoch = b->epoch.days;
    kept->people_of = of.from.days;
    kept->next = r->crosswalks;
    r->crosswalks = kept;
    *count = kept->count;
    *out = kept->crossing;
    return FPT_OK;
}
